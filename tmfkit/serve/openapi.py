"""What the embedded catalog offers, as an OpenAPI 3.1 description: every address, what it takes and what it answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from http import HTTPStatus

from tmfkit import __version__
from tmfkit.serve.exchange import Answer, Call
from tmfkit.serve.letters import PATH as DEAD_LETTERS
from tmfkit.serve.openapi_schemas import OBJECT, OPERATIONS, TEXT, Schema, reference, schemas
from tmfkit.serve.query import MOST_DIGITS, NAMED
from tmfkit.serve.service import Service
from tmfkit.serve.settings import Settings
from tmfkit.serve.terms import Operator
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.rest import HUB, JSON_PATCH, LISTENER, MERGE_PATCH, PLAIN_JSON, QUERY_PATCH, REST, Served
from tmfkit.tmf.versions import APIS

PATH = "openapi.json"
"""Where the description is: at the root, and below the base address of each API."""

_WORD = r"[@A-Za-z][A-Za-z0-9]*"
_PATH = rf"{_WORD}(\.{_WORD})?"
_SUFFIXES = "|".join(operator for operator in Operator if operator is not Operator.PATTERN)
_READS = ("get", "head", "options")
_TAG: Schema = {"schema": TEXT, "description": "Stands for this state of the item; send it back as `If-Match`."}
_COUNTED: Schema = {
    "X-Total-Count": {"schema": {"type": "integer"}, "required": True, "description": "How many items there are in all."},
    "X-Result-Count": {"schema": {"type": "integer"}, "required": True, "description": "How many of them are in this answer."},
}
_PARTED: Schema = {
    **_COUNTED,
    "Link": {"schema": TEXT, "description": "Where the first, previous, next and last parts of a longer list are."},
}
_PARAMETERS: dict[str, Schema] = {
    "id": {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "minLength": 1, "maxLength": 255}},
    "version": {
        "name": "version",
        "in": "query",
        "description": "The version of the item that is meant; without it, the newest. The same as `:(version=…)` behind the id.",
        "schema": {"type": "string", "maxLength": 100},
    },
    "fields": {
        "name": "fields",
        "in": "query",
        "description": "The attributes to show, separated by commas; `none` for the address alone.",
        "schema": {"type": "string", "maxLength": 500, "pattern": rf"^{_PATH}(,{_PATH})*$"},
    },
    "sort": {
        "name": "sort",
        "in": "query",
        "description": "The attributes to sort by, separated by commas; `-` in front turns the order round.",
        "schema": {"type": "string", "maxLength": 200, "pattern": rf"^-?{_PATH}(,-?{_PATH}){{0,3}}$"},
    },
    "hub": {"name": "hub", "in": "query", "description": "The id of a listener.", "schema": TEXT},
    "offset": {"name": "offset", "in": "query", "schema": {"type": "integer", "minimum": 0, "maximum": 10**MOST_DIGITS - 1}},
    "limit": {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 0, "maximum": 10**MOST_DIGITS - 1}},
    "filter": {
        "name": "attributes",
        "in": "query",
        "style": "form",
        "explode": True,
        "description": (
            "Conditions, all of which have to hold: an attribute or a path such as `validFor.startDateTime`, and a value or several "
            f"separated by commas. Behind the attribute may stand .{', .'.join(Operator)}; `.regex` takes a pattern in the syntax of RE2."
        ),
        "schema": {
            "type": "object",
            "maxProperties": 10,
            "propertyNames": {"maxLength": 60, "pattern": rf"^{_PATH}(\.({_SUFFIXES}))?$", "not": {"enum": [*NAMED, "filter"]}},
            "additionalProperties": {"type": "string", "maxLength": 200},
        },
    },
}


def description(service: Service, call: Call) -> Answer:
    """The description of one API at its own address, and of all of them at the root."""
    return Answer(body=_kept(service.settings, tuple(Dialect) if call.dialect is None else (call.dialect,)))


def described(settings: Settings, dialects: Iterable[Dialect] = tuple(Dialect)) -> Schema:
    """The description of a server, or of some of its APIs; addresses begin at the root of the server."""
    spoken = tuple(dialects)
    paths = {path: item for dialect in spoken for path, item in _paths(dialect).items()}
    if spoken == tuple(Dialect):
        paths |= _letters()
    components: Schema = {
        "parameters": _PARAMETERS,
        "schemas": {name: schema for dialect in spoken for name, schema in schemas(dialect).items()},
    }
    if settings.guarded:
        components["securitySchemes"] = {"bearer": {"type": "http", "scheme": "bearer"}}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Embedded catalog",
            "version": __version__,
            "description": f"TM Forum catalog APIs: {', '.join(APIS[dialect].title for dialect in spoken)}.",
        },
        "servers": [{"url": settings.public.rstrip("/") or "/"}],
        "tags": [{"name": dialect.value, "description": APIS[dialect].title} for dialect in spoken],
        "paths": _readable(paths) if settings.read_only else paths,
        "components": components,
        **({"security": [{"bearer": []}]} if settings.guarded else {}),
    }


@lru_cache(maxsize=16)
def _kept(settings: Settings, dialects: tuple[Dialect, ...]) -> Schema:
    return described(settings, dialects)


def _readable(paths: Schema) -> Schema:
    kept = {path: {method: told for method, told in item.items() if method in _READS} for path, item in paths.items()}
    return {path: item for path, item in kept.items() if item}


def _paths(dialect: Dialect) -> Schema:
    rest = REST[dialect]
    found: Schema = {}
    for row in (*rest.resources, *rest.jobs):
        found[row.path] = {"get": _list(dialect, row), "post": _create(dialect, row)}
        found[f"{row.path}/{{id}}"] = dict(_one(dialect, row))
    found[f"{rest.jobs[-1].path}/{{id}}/content"] = {"get": _told(dialect, "retrieveContent", 200, {}, parameters=("id",))}
    found[HUB] = {"get": _told(dialect, "listHub", 200, _many(dialect, "Hub"), headers=_COUNTED), "post": _register(dialect)}
    found[f"{HUB}/{{id}}"] = {
        "get": _told(dialect, "retrieveHub", 200, reference(dialect, "Hub"), parameters=("id",)),
        "delete": _told(dialect, "unregisterListener", 204, None, parameters=("id",)),
    }
    heard = None if rest.heard == HTTPStatus.NO_CONTENT else OBJECT
    for listener in rest.listeners:
        found[f"{LISTENER}/{listener}"] = {"post": _told(dialect, f"listenTo-{listener}", rest.heard, heard, body=_json(OBJECT))}
    return {f"{APIS[dialect].base_path}{path}": item for path, item in found.items()}


def _letters() -> Schema:
    """Events that no listener took: outside the APIs, so only in the description of the whole server."""
    error = {"description": "Refused", "content": {PLAIN_JSON: {"schema": OBJECT}}}

    def told(verb: str, status: int, answer: Schema | None, *parameters: str) -> Schema:
        success: Schema = {"description": "Done", **({"content": {PLAIN_JSON: {"schema": answer}}} if answer else {})}
        listed = {"parameters": [{"$ref": f"#/components/parameters/{name}"} for name in parameters]} if parameters else {}
        return {"operationId": f"{verb}DeadLetter", "tags": ["tmfkit"], **listed, "responses": {str(status): success, "4XX": error}}

    many: Schema = {"type": "array", "items": OBJECT}
    return {
        DEAD_LETTERS: {
            "get": told("list", 200, many, "hub", "offset", "limit"),
            "post": told("sendEvery", 202, OBJECT, "hub"),
            "delete": told("discardEvery", 204, None, "hub"),
        },
        f"{DEAD_LETTERS}/{{id}}": {
            "get": told("retrieve", 200, OBJECT, "id"),
            "post": told("send", 202, OBJECT, "id"),
            "delete": told("discard", 204, None, "id"),
        },
    }


def _list(dialect: Dialect, row: Served) -> Schema:
    parameters = ("fields", "sort", "offset", "limit", "filter")
    return _told(dialect, f"list{row.type}", 200, _many(dialect, row.type), parameters=parameters, headers=_PARTED)


def _create(dialect: Dialect, row: Served) -> Schema:
    told = _told(
        dialect,
        f"create{row.type}",
        201,
        reference(dialect, row.type),
        parameters=() if row.job else ("fields",),
        headers={"Location": {"schema": TEXT, "required": True}},
        body=_json(reference(dialect, f"New{row.type}")),
    )
    told["responses"]["201"]["links"] = {
        verb: {"operationId": f"{dialect}-{verb}{row.type}", "parameters": {"id": "$response.body#/id"}}
        for verb in ("retrieve", *(() if row.job else ("patch",)), "delete")
    }
    return told


def _one(dialect: Dialect, row: Served) -> Iterator[tuple[str, Schema]]:
    meant = ("id",) if row.job else ("id", "version")
    selected = (*meant, "fields")
    tag = {} if row.job else {"ETag": _TAG}
    item = reference(dialect, row.type)
    yield "get", _told(dialect, f"retrieve{row.type}", 200, item, parameters=selected, headers=tag)
    if not row.job:
        body = _json(reference(dialect, f"Changed{row.type}"), MERGE_PATCH, PLAIN_JSON)
        body["content"] |= {media: {"schema": OPERATIONS} for media in (JSON_PATCH, QUERY_PATCH)}
        yield "patch", _told(dialect, f"patch{row.type}", 200, item, parameters=selected, headers=tag, body=body)
    yield "delete", _told(dialect, f"delete{row.type}", 204, None, parameters=meant)


def _register(dialect: Dialect) -> Schema:
    body = _json(reference(dialect, "NewHub"))
    return _told(dialect, "registerListener", 201, reference(dialect, "Hub"), body=body)


def _told(
    dialect: Dialect,
    operation: str,
    status: int,
    answer: Schema | None,
    *,
    parameters: tuple[str, ...] = (),
    headers: Schema | None = None,
    body: Schema | None = None,
) -> Schema:
    success: Schema = {"description": "Done", **({"headers": headers} if headers else {})}
    if answer is not None:
        success["content"] = {PLAIN_JSON: {"schema": answer}}
    refusal = {"description": "Refused", "content": {PLAIN_JSON: {"schema": reference(dialect, "Error")}}}
    return {
        "operationId": f"{dialect}-{operation}",
        "tags": [dialect.value],
        **({"parameters": [{"$ref": f"#/components/parameters/{name}"} for name in parameters]} if parameters else {}),
        **({"requestBody": body} if body else {}),
        "responses": {str(status): success, "4XX": refusal, "503": refusal},
    }


def _many(dialect: Dialect, type: str) -> Schema:
    return {"type": "array", "items": reference(dialect, type)}


def _json(schema: Schema, *media: str) -> Schema:
    return {"required": True, "content": {name: {"schema": schema} for name in media or (PLAIN_JSON,)}}
