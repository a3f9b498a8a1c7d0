"""The bodies of the embedded catalog in its OpenAPI description: items, changes, hubs, jobs, events and errors."""

from __future__ import annotations

from typing import Any, TypeAlias

from tmfkit.serve.tables import ID, VERSION
from tmfkit.tmf.attributes import declared
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.rest import JOB_STATES, REST, Served

Schema: TypeAlias = dict[str, Any]

TEXT: Schema = {"type": "string"}
OBJECT: Schema = {"type": "object"}
_FORMS: dict[str, Schema] = {"serviceSpecification": OBJECT, "priceType": TEXT, "url": TEXT}
"""What has to be there beside texts that every item has; no other attribute is looked into."""
_HEAD: dict[str, Schema] = {
    "id": {
        "type": "string",
        "minLength": 1,
        "maxLength": ID,
        "pattern": r"^[^\u0000-\u001f\u007f/\\?#]+$",
        "not": {"anyOf": [{"enum": [".", ".."]}, {"pattern": r":\(version=[^()]*\)$"}]},
    },
    "name": TEXT,
    "version": {"type": "string", "maxLength": VERSION, "pattern": "^[^()]*$"},
    "lifecycleStatus": TEXT,
    "lastUpdate": {"type": "string", "description": "A moment as in RFC 3339; that of the server's clock where it is not sent."},
    "@type": TEXT,
    "@baseType": TEXT,
}
_OPERATION: Schema = {
    "type": "object",
    "required": ["op", "path"],
    "properties": {
        "op": {"enum": ["add", "remove", "replace", "move", "copy", "test"]},
        "path": TEXT,
        "from": TEXT,
        "value": True,
    },
}
OPERATIONS: Schema = {"type": "array", "items": _OPERATION}
"""A JSON patch (RFC 6902), or one whose paths select elements of lists: `/place?id=2807`."""


def name_of(dialect: Dialect, type: str) -> str:
    """The name of a schema among those of all APIs."""
    return f"{dialect}.{type}"


def reference(dialect: Dialect, type: str) -> Schema:
    """Where a body is described."""
    return {"$ref": f"#/components/schemas/{name_of(dialect, type)}"}


def schemas(dialect: Dialect) -> dict[str, Schema]:
    """The bodies of one API by name."""
    rest = REST[dialect]
    found: dict[str, Schema] = {"Error": _error(dialect), "Hub": _hub(dialect), "NewHub": _new_hub(dialect), "Event": OBJECT}
    for row in rest.resources:
        found |= {row.type: _item(dialect, row), f"New{row.type}": _new_item(dialect, row), f"Changed{row.type}": _changed(dialect, row)}
    for row in rest.jobs:
        found |= {row.type: _job(dialect, row), f"New{row.type}": _new_job(row)}
    return {name_of(dialect, name): schema for name, schema in found.items()}


def _item(dialect: Dialect, row: Served) -> Schema:
    """With `fields`, an answer may have as little as its address."""
    return {
        "type": "object",
        "description": "Without `fields`, always with `id`, `href`, `name`, `lifecycleStatus` and `lastUpdate`.",
        "required": list(REST[dialect].selected),
        "properties": {**_HEAD, **_further(dialect, row), "href": TEXT},
    }


def _new_item(dialect: Dialect, row: Served) -> Schema:
    return {
        "type": "object",
        "description": "Attributes beside those that have a type here are kept as they are sent; `href` is the server's.",
        "required": list(row.required),
        "properties": {**_HEAD, **_further(dialect, row), **{name: _HEAD.get(name) or _FORMS[name] for name in row.required}},
    }


def _changed(dialect: Dialect, row: Served) -> Schema:
    """A merge patch (RFC 7386): null takes an attribute away, except one that every item has."""
    kept = {name: schema for name, schema in _HEAD.items() if name not in ("id", "name", "version", "@baseType")}
    taken_away = {name: {"anyOf": [_HEAD[name], {"type": "null"}]} for name in ("version", "@baseType")}
    return {"type": "object", "properties": {"name": TEXT, **kept, **taken_away, **_further(dialect, row)}}


def _further(dialect: Dialect, row: Served) -> dict[str, Schema]:
    return {name: {} for name in sorted(declared(dialect, row.path) - _HEAD.keys())}


def _job(dialect: Dialect, row: Served) -> Schema:
    texts = ("id", "href", "url", "path", "query", "contentType", "errorLog", "creationDate", "completionDate")
    return {
        "type": "object",
        "required": list(REST[dialect].selected),
        "properties": {**dict.fromkeys(texts, TEXT), "status": {"enum": list(JOB_STATES)}},
    }


def _new_job(row: Served) -> Schema:
    return {
        "type": "object",
        "required": list(row.required),
        "properties": dict.fromkeys(("@type", "url", "path", "query", "contentType"), TEXT),
    }


def _hub(dialect: Dialect) -> Schema:
    return {
        "type": "object",
        "required": ["id", "callback", *(["@type"] if REST[dialect].typed else [])],
        "properties": dict.fromkeys(("id", "href", "callback", "query", "@type"), TEXT),
    }


def _new_hub(dialect: Dialect) -> Schema:
    return {
        "type": "object",
        "description": "`callback` is an http or https address of a host that the server may call; `query` are conditions on the events.",
        "required": [*(["@type"] if REST[dialect].typed else []), "callback"],
        "properties": {"callback": TEXT, "query": TEXT, "@type": TEXT},
    }


def _error(dialect: Dialect) -> Schema:
    names = ("code", "reason", "message", "status", "referenceError", "@type")
    required = ["code", "reason", *(["@type"] if REST[dialect].typed else [])]
    return {"type": "object", "required": required, "properties": dict.fromkeys(names, TEXT)}
