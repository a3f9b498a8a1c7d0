"""Import and export jobs: asked for here, carried out behind the answers, and looked up until they are done."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import orjson
from sqlalchemy import ColumnElement, Connection, Row, and_, delete, func, insert, select
from sqlalchemy.exc import IntegrityError

from tmfkit.serve.callbacks import allowed_hosts, refusal
from tmfkit.serve.errors import Fault, bad, missing, not_allowed, taken
from tmfkit.serve.event_tables import jobs
from tmfkit.serve.exchange import Answer, Body, Call
from tmfkit.serve.json_text import parsed
from tmfkit.serve.listing import query_of
from tmfkit.serve.outbox import wanted
from tmfkit.serve.query import Unanswerable
from tmfkit.serve.service import Service, Written, stamp
from tmfkit.serve.shapes import address, fit
from tmfkit.serve.shelf import Shelf
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.rest import JOB_STATES, PLAIN_JSON, REST
from tmfkit.tmf.versions import APIS

EXPORT, IMPORT = "exportJob", "importJob"
CONTENT = "/content"
"""What follows the address of an export that this server keeps; TM Forum names no place for it."""

NOT_STARTED, RUNNING, SUCCEEDED, FAILED = JOB_STATES

MOST_WAITING = 100
_CODE = "invalidBody"
_TEXTS = ("@type", "@baseType", "@schemaLocation", "contentType", "path", "query", "url")
"""What a client decides about a job; everything else is what became of it."""


def create_job(service: Service, call: Call) -> Answer:
    """Puts a job in the queue; who reads it again learns what became of it."""
    shelf, moment = _shelf(call), service.clock()
    body = _asked(service, call, parsed(call.body, service.settings.limits.depth))
    body |= {"status": NOT_STARTED, "creationDate": stamp(moment)}
    values = {"id": body["id"], "dialect": shelf.dialect.value, "resource": shelf.resource, "body": orjson.dumps(body).decode()}
    with service.store.writing() as connection:
        waiting = select(func.count()).select_from(jobs).where(jobs.c.done.is_(False))
        if connection.execute(waiting).scalar_one() >= MOST_WAITING:
            raise Fault(HTTPStatus.TOO_MANY_REQUESTS, "busy", f"{MOST_WAITING} jobs wait already: try again", {"Retry-After": "10"})
        try:
            with connection.begin_nested():
                connection.execute(insert(jobs).values(**values, done=False, holder="", held_until=0.0))
        except IntegrityError:
            raise taken(f"{shelf.resource} `{body['id']}` is there already") from None
        shown = told(service, shelf, body)
        service.record(connection, [Written(shelf, None, shown, moment)])
    service.wake()
    return Answer(HTTPStatus.CREATED, shown, {"Location": shown["href"]})


def list_jobs(service: Service, call: Call) -> Answer:
    """The jobs of an API that a client asks for, in the order in which they came unless another is asked for."""
    shelf, query, limits = _shelf(call), query_of(call), service.settings.limits
    limit = limits.page if query.limit is None else min(query.limit, limits.page)
    with service.store.reading() as connection:
        rows = connection.execute(select(jobs.c.body).where(_on(shelf)).order_by(jobs.c.place)).scalars().all()
    found = query.arranged(body for row in rows if query.accepts(body := told(service, shelf, orjson.loads(row))))
    part = [query.shown(body, REST[call.api].selected) for body in found[query.offset : query.offset + limit]]
    return Answer(HTTPStatus.OK, part, {"X-Total-Count": str(len(found)), "X-Result-Count": str(len(part))})


def read_job(service: Service, call: Call) -> Answer:
    """One job, or what an export made and this server keeps."""
    shelf, id = _shelf(call), call.id.removesuffix(CONTENT)
    with service.store.reading() as connection:
        row = _row(connection, shelf, id)
    if id == call.id:
        return Answer(HTTPStatus.OK, query_of(call).shown(told(service, shelf, orjson.loads(row.body)), REST[call.api].selected))
    if row.content is None:
        raise missing(f"{shelf.resource} `{id}` keeps nothing here, or not yet: see its `status`")
    return Answer(HTTPStatus.OK, row.content.encode())


def remove_job(service: Service, call: Call) -> Answer:
    """Takes a job away with all that it keeps; one that runs is undone."""
    shelf = _shelf(call)
    if call.id.endswith(CONTENT):
        raise not_allowed("what an export made goes with its job: remove that", "GET", "HEAD")
    with service.store.writing() as connection:
        row = _row(connection, shelf, call.id, hold=True)
        connection.execute(delete(jobs).where(jobs.c.place == row.place))
        service.record(connection, [Written(shelf, told(service, shelf, orjson.loads(row.body)), None, service.clock())])
    service.wake()
    return Answer(HTTPStatus.NO_CONTENT)


def told(service: Service, shelf: Shelf, body: Body) -> Body:
    """A job as it is answered, with its address behind its id."""
    return {"id": body["id"], "href": address(shelf, body["id"], service.settings.public), **body}


def resource_of(dialect: Dialect, path: str) -> str:
    """The resource that the `path` of a job names; empty where it names none, which means all of them."""
    name = urlsplit(path).path.strip("/").rpartition("/")[2]
    if not name or f"/{name}/" == APIS[dialect].base_path[-len(name) - 2 :]:
        return ""
    if any(row.path == name for row in REST[dialect].resources):
        return name
    offered = ", ".join(f"`{row.path}`" for row in REST[dialect].resources)
    raise bad(_CODE, f"`path` names no resource of this API: it ends in one of {offered}, or is left out")


def kept_export(service: Service, dialect: Dialect, url: str, host: str) -> str:
    """The id of the export job of this server whose content an address names; empty where it is another address."""
    base = f"{APIS[dialect].base_path}{EXPORT}/"
    path = urlsplit(url).path if _own(service, url, host) else ""
    return path.removeprefix(base).removesuffix(CONTENT) if path.startswith(base) and path.endswith(CONTENT) else ""


def _asked(service: Service, call: Call, sent: Any) -> Body:
    if not isinstance(sent, dict):
        raise bad(_CODE, "a job is an object")
    row = REST[call.api].served(call.resource)
    for name in row.required if row else ():
        if sent.get(name) is None:
            raise bad("missingAttribute", f"`{name}` is missing: every new {call.resource} has it")
    body: Body = {"id": service.mint() if sent.get("id") is None else sent["id"]}
    for name in _TEXTS:
        if (value := sent.get(name)) is None:
            continue
        if not isinstance(value, str):
            raise bad(_CODE, f"`{name}` is a text")
        body[name] = value
    fit(body)
    _check_terms(call, body)
    body["url"] = _destination(service, call, body) if call.resource == EXPORT else _origin(service, call, body["url"])
    return body


def _check_terms(call: Call, body: Mapping[str, Any]) -> None:
    if body.get("contentType", PLAIN_JSON).partition(";")[0].strip().lower() != PLAIN_JSON:
        raise bad(_CODE, f"`contentType` is {PLAIN_JSON}: files of another kind are not read or written")
    resource_of(call.api, body.get("path", ""))
    try:
        query = wanted(body.get("query", ""))
    except ValueError as error:
        raise bad("invalidQuery", str(error) if isinstance(error, Unanswerable) else "`query` is not understood") from None
    if query.sort or query.offset or query.limit is not None or query.fields is not None:
        raise bad("invalidQuery", "`query` of a job has conditions, and no order, part or `fields`")


def _destination(service: Service, call: Call, body: Mapping[str, Any]) -> str:
    """Where an export goes: to a host that may be called, or it is kept here when the address is that of this server."""
    if _own(service, body["url"], call.headers.get("host", "")):
        return address(_shelf(call), body["id"], service.settings.public) + CONTENT
    return _checked(service, body["url"])


def _origin(service: Service, call: Call, url: str) -> str:
    """Where an import comes from: a host that may be called, or an export that is kept here."""
    if not _own(service, url, call.headers.get("host", "")):
        return _checked(service, url)
    export = kept_export(service, call.api, url, call.headers.get("host", ""))
    if not export:
        raise bad(
            "callbackRefused", f"`url` is not taken: of this server itself, only the content of an {EXPORT} of the same API is imported"
        )
    return address(Shelf(call.api, EXPORT), export, service.settings.public) + CONTENT


def _checked(service: Service, url: str) -> str:
    reason = refusal(url, allowed_hosts(service.settings.callbacks))
    if reason:
        raise bad("callbackRefused", f"`url` is not taken: {reason}")
    return url


def _own(service: Service, url: str, host: str) -> bool:
    """Whether an address leads to this server: a path alone, the name under which it was called, or its public address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    if not parts.scheme and not parts.netloc:
        return url.startswith("/")
    public = urlsplit(service.settings.public).netloc
    return parts.scheme in ("http", "https") and parts.netloc.lower() in {name.lower() for name in (host, public) if name}


def _shelf(call: Call) -> Shelf:
    return Shelf(call.api, call.resource)


def _row(connection: Connection, shelf: Shelf, id: str, *, hold: bool = False) -> Row[int, str, str | None]:
    query = select(jobs.c.place, jobs.c.body, jobs.c.content).where(_on(shelf), jobs.c.id == id)
    row = connection.execute(query.with_for_update() if hold else query).first()
    if row is None:
        raise missing(f"there is no {shelf.resource} `{id}`")
    return row


def _on(shelf: Shelf) -> ColumnElement[bool]:
    return and_(jobs.c.dialect == shelf.dialect.value, jobs.c.resource == shelf.resource)
