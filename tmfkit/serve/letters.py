"""Dead letters: events that a listener did not take, kept until somebody sends them again or throws them away."""

from http import HTTPStatus

import orjson
from sqlalchemy import ColumnElement, Row, Select, and_, delete, func, select, update

from tmfkit.serve.errors import bad, missing
from tmfkit.serve.event_tables import deliveries, hubs
from tmfkit.serve.exchange import Answer, Body, Call
from tmfkit.serve.listing import query_of
from tmfkit.serve.service import Service

PATH = "/tmfkit/dead-letters"
"""Where they are, outside the APIs: TM Forum knows no such thing."""

PAGE = 100
"""Letters in an answer unless more are asked for: each holds a whole item."""

_COLUMNS = (deliveries.c.place, hubs.c.id, hubs.c.dialect, deliveries.c.type, deliveries.c.tries, deliveries.c.error, deliveries.c.event)
_JOINED = deliveries.join(hubs, deliveries.c.hub == hubs.c.place)


def letters(service: Service, call: Call) -> Answer:
    """All of them or those of one `hub`, in the order in which they were written."""
    query, where = query_of(call), _chosen(call)
    limit = PAGE if query.limit is None else min(query.limit, service.settings.limits.page)
    with service.store.reading() as connection:
        total = connection.execute(select(func.count()).select_from(_JOINED).where(where)).scalar_one()
        part = select(*_COLUMNS).select_from(_JOINED).where(where).order_by(deliveries.c.place).offset(query.offset).limit(limit)
        found = [_shown(row) for row in connection.execute(part)]
    return Answer(HTTPStatus.OK, found, {"X-Total-Count": str(total), "X-Result-Count": str(len(found))})


def letter(service: Service, call: Call) -> Answer:
    """One of them."""
    with service.store.reading() as connection:
        row = connection.execute(select(*_COLUMNS).select_from(_JOINED).where(_chosen(call))).first()
    if row is None:
        raise _none(call)
    return Answer(HTTPStatus.OK, _shown(row))


def send_again(service: Service, call: Call) -> Answer:
    """Puts one, those of a `hub`, or all back where they stood: before everything that came later."""
    chosen = _places(call)
    with service.store.writing() as connection:
        listening = select(deliveries.c.hub).where(deliveries.c.place.in_(chosen)).distinct()
        waiting = sorted(connection.execute(listening).scalars())
        connection.execute(select(hubs.c.place).where(hubs.c.place.in_(waiting)).order_by(hubs.c.place).with_for_update()).all()
        back = connection.execute(update(deliveries).where(deliveries.c.place.in_(chosen)).values(dead=False, tries=0)).rowcount
        connection.execute(update(hubs).where(hubs.c.place.in_(waiting)).values(failures=0, due=0.0))
    if call.id and not back:
        raise _none(call)
    service.wake()
    return Answer(HTTPStatus.ACCEPTED, {"sentAgain": back})


def discard(service: Service, call: Call) -> Answer:
    """Throws one, those of a `hub`, or all away for good."""
    with service.store.writing() as connection:
        gone = connection.execute(delete(deliveries).where(deliveries.c.place.in_(_places(call)))).rowcount
    if call.id and not gone:
        raise _none(call)
    return Answer(HTTPStatus.NO_CONTENT)


def _places(call: Call) -> Select[int]:
    return select(deliveries.c.place).select_from(_JOINED).where(_chosen(call))


def _chosen(call: Call) -> ColumnElement[bool]:
    chosen: list[ColumnElement[bool]] = [deliveries.c.dead.is_(True)]
    if call.id:
        if not (call.id.isascii() and call.id.isdigit() and len(call.id) < 19):
            raise _none(call)
        chosen.append(deliveries.c.place == int(call.id))
    for name, value in call.parameters:
        if name == "hub":
            chosen.append(hubs.c.id == value)
        elif name not in ("offset", "limit"):
            raise bad("invalidQuery", f"`{name[:40]}` says nothing here: `hub`, `offset` and `limit` do")
    return and_(*chosen)


def _none(call: Call) -> Exception:
    return missing(f"there is no dead letter `{call.id}`")


def _shown(row: Row[int, str, str, str, int, str, str]) -> Body:
    place, hub, api, type, tries, error, event = row
    return {"id": str(place), "hub": hub, "api": api, "eventType": type, "tries": tries, "error": error, "event": orjson.loads(event)}
