"""What listeners are still to be told: written in the same transaction as the change itself, so that neither is there without the other."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from urllib.parse import parse_qsl

from sqlalchemy import Connection, Row, bindparam, insert, select

from tmfkit.compile.encode import compact
from tmfkit.serve.errors import bad
from tmfkit.serve.event_tables import deliveries, hubs
from tmfkit.serve.events import Event, events_of
from tmfkit.serve.exchange import Body
from tmfkit.serve.query import Query, Unanswerable, asked
from tmfkit.serve.service import Written
from tmfkit.tmf.dialects import Dialect

SHOWN = ("eventId", "eventType")
"""What a listener that selects `fields` receives all the same."""

_LISTENING = (
    select(hubs.c.place, hubs.c.dialect, hubs.c.query)
    .where(hubs.c.dialect.in_(bindparam("dialects", expanding=True)))
    .order_by(hubs.c.place)
    .with_for_update()
)
"""Made once: every change of every item asks this."""


def record_all(connection: Connection, changes: Sequence[Written]) -> bool:
    """Notes what listeners are to be told about changes that were made together; whether there is anything to tell.

    It comes last in a transaction: from here on the listeners are held, which makes the order of their events that in which transactions
    are confirmed, however many servers write.
    """
    listening = _listening(connection, {written.shelf.dialect for written in changes}) if changes else []
    events = events_of(changes) if listening else []
    rows = [row for hub in listening for row in _rows(hub, events)]
    if rows:
        connection.execute(insert(deliveries), rows)
    return bool(rows)


@lru_cache(maxsize=512)
def wanted(query: str) -> Query:
    """What a listener or a job asks for; raises `Unanswerable`, or `ValueError` where there are far too many conditions."""
    return asked(parse_qsl(query, keep_blank_values=True, max_num_fields=200))


def checked(query: str, *, fields: bool) -> None:
    """Refuses a `query` that cannot be answered, or that wants more than conditions and perhaps `fields`."""
    try:
        asked_for = wanted(query)
    except Unanswerable as error:
        raise bad("invalidQuery", str(error)) from None
    except ValueError:
        raise bad("invalidQuery", "`query` has too many conditions") from None
    if asked_for.sort or asked_for.offset or asked_for.limit is not None or (asked_for.fields is not None and not fields):
        raise bad("invalidQuery", f"`query` has conditions{' and `fields`' if fields else ', no `fields`'}, and no order or part")


def _listening(connection: Connection, dialects: Iterable[Dialect]) -> Sequence[Row[int, str, str]]:
    """In one order for all, so that two transactions never wait for each other."""
    return connection.execute(_LISTENING, {"dialects": [dialect.value for dialect in dialects]}).all()


def _rows(hub: Row[int, str, str], events: Iterable[Event]) -> Iterable[Body]:
    place, dialect, query = hub
    asked_for = wanted(query)
    for event in events:
        if event.dialect.value == dialect and asked_for.accepts(event.body):
            text = compact(asked_for.shown(event.body, SHOWN)).decode()
            yield {"hub": place, "type": event.type, "event": text, "tries": 0, "dead": False, "error": ""}
