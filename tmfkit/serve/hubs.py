"""Listeners of events: who registers an address here is told what happens, until it is taken away again."""

import hashlib
from http import HTTPStatus
from typing import Any

from sqlalchemy import Row, delete, func, insert, select
from sqlalchemy.exc import IntegrityError

from tmfkit.serve.callbacks import allowed_hosts, refusal
from tmfkit.serve.errors import Fault, bad, missing, taken
from tmfkit.serve.event_tables import hubs
from tmfkit.serve.exchange import Answer, Body, Call
from tmfkit.serve.json_text import parsed
from tmfkit.serve.outbox import checked
from tmfkit.serve.service import Service
from tmfkit.serve.shapes import address
from tmfkit.serve.shelf import Shelf
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.rest import HUB, REST

MOST = 100
"""Listeners of one API: each of them costs every change a little."""

_CODE = "invalidBody"
_COLUMNS = (hubs.c.id, hubs.c.dialect, hubs.c.callback, hubs.c.query)


def subscribe(service: Service, call: Call) -> Answer:
    """Registers a listener; the same address with the same query is registered once."""
    callback, query = _asked(service, call)
    id, dialect = service.mint(), call.api.value
    told = hashlib.sha256("\n".join((dialect, callback, query)).encode()).hexdigest()
    values = {"id": id, "dialect": dialect, "callback": callback, "query": query, "print": told}
    with service.store.writing() as connection:
        if connection.execute(select(func.count()).select_from(hubs).where(hubs.c.dialect == dialect)).scalar_one() >= MOST:
            raise Fault(HTTPStatus.CONFLICT, "tooMany", f"this API has {MOST} listeners already: remove one first")
        try:
            with connection.begin_nested():
                connection.execute(insert(hubs).values(**values, failures=0, due=0.0, holder="", held_until=0.0))
        except IntegrityError:
            there = connection.execute(select(hubs.c.id).where(hubs.c.print == told)).scalar()
            raise taken(f"the listener is registered already, as {HUB} `{there}`") from None
    body = _body(service, call.api, id, callback, query)
    return Answer(HTTPStatus.CREATED, body, {"Location": _address(service, call.api, id)})


def subscriptions(service: Service, call: Call) -> Answer:
    """All listeners of an API, in the order in which they came."""
    with service.store.reading() as connection:
        rows = connection.execute(select(*_COLUMNS).where(hubs.c.dialect == call.api.value).order_by(hubs.c.place)).all()
    count = str(len(rows))
    return Answer(HTTPStatus.OK, [_shown(service, row) for row in rows], {"X-Total-Count": count, "X-Result-Count": count})


def subscription(service: Service, call: Call) -> Answer:
    """One listener."""
    with service.store.reading() as connection:
        row = connection.execute(select(*_COLUMNS).where(hubs.c.dialect == call.api.value, hubs.c.id == call.id)).first()
    if row is None:
        raise missing(f"there is no {HUB} `{call.id}`")
    return Answer(HTTPStatus.OK, _shown(service, row))


def unsubscribe(service: Service, call: Call) -> Answer:
    """Takes a listener away, and all that it was still to be told."""
    with service.store.writing() as connection:
        gone = connection.execute(delete(hubs).where(hubs.c.dialect == call.api.value, hubs.c.id == call.id))
        if not gone.rowcount:
            raise missing(f"there is no {HUB} `{call.id}`")
    return Answer(HTTPStatus.NO_CONTENT)


def _asked(service: Service, call: Call) -> tuple[str, str]:
    body = parsed(call.body, service.settings.limits.depth)
    if not isinstance(body, dict):
        raise bad(_CODE, "a listener is an object")
    if REST[call.api].typed and body.get("@type") is None:
        raise bad("missingAttribute", f"`@type` is missing: every new {HUB} has it")
    callback, query = _text(body, "callback"), _text(body, "query", "")
    reason = refusal(callback, allowed_hosts(service.settings.callbacks))
    if reason:
        raise bad("callbackRefused", f"`callback` is not taken: {reason}")
    checked(query, fields=True)
    return callback, query


def _text(body: dict[str, Any], name: str, default: str | None = None) -> str:
    value = body.get(name, default)
    if value is None:
        raise bad("missingAttribute", f"`{name}` is missing: every new {HUB} has it")
    if not isinstance(value, str):
        raise bad(_CODE, f"`{name}` is a text")
    return value


def _shown(service: Service, row: Row[str, str, str, str]) -> Body:
    return _body(service, Dialect(row.dialect), row.id, row.callback, row.query)


def _body(service: Service, dialect: Dialect, id: str, callback: str, query: str) -> Body:
    told: Body = {"id": id, "callback": callback, **({"query": query} if query else {})}
    return {"@type": "Hub", "href": _address(service, dialect, id), **told} if REST[dialect].typed else told


def _address(service: Service, dialect: Dialect, id: str) -> str:
    return address(Shelf(dialect, HUB), id, service.settings.public)
