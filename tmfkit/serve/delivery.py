"""Tells listeners what happened: each in its order, again until it is taken or given up, whichever server is stopped meanwhile."""

import random
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from http import HTTPStatus

from sqlalchemy import ColumnElement, and_, delete, exists, select, update

from tmfkit.serve.background import Worker, working
from tmfkit.serve.callbacks import Reply, Unanswered, ask
from tmfkit.serve.event_tables import deliveries, hubs
from tmfkit.serve.store import Store

FINAL = frozenset({400, 405, 406, 410, 411, 413, 414, 415, 422, 431, 501})
"""Answers that would be the same the next time: the event is given up at once."""

IN_A_ROW = 100
"""Events that a listener is told before another one has its turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How often and how long an event is tried; times are in seconds.

    The pause doubles from `first` up to `longest`. Who took nothing for `tries` times is not waited for any more: what follows is tried
    once, until something is taken. `lease` is how long a worker has a listener for itself without a sign of life, which is more than one
    call may take; `poll` is how long a worker sleeps that nobody wakes.
    """

    tries: int = 12
    first: float = 1.0
    longest: float = 300.0
    lease: float = 45.0
    poll: float = 1.0
    workers: int = 4

    def pause(self, failures: int) -> float:
        """How long to wait after so many failures in a row; partly by chance, so that not everybody comes back at once."""
        if failures >= self.tries:
            return self.first
        return min(self.longest, self.first * 2.0 ** (failures - 1)) * random.uniform(0.5, 1.0)


PACE = Pace()

Send = Callable[[str, bytes], Reply]
"""Posts a body to an address; raises `Unanswered`."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """All that a turn needs: the database, a way to the listeners, the pace and the clock (seconds since 1970)."""

    store: Store
    send: Send
    pace: Pace = PACE
    clock: Callable[[], float] = time.time


@dataclass(frozen=True, slots=True)
class _Hub:
    place: int
    callback: str
    holder: str

    @property
    def mine(self) -> ColumnElement[bool]:
        """Nobody else took it over meanwhile, and nobody took it away."""
        return and_(hubs.c.place == self.place, hubs.c.holder == self.holder)


@dataclass(frozen=True, slots=True)
class _Letter:
    place: int
    event: str
    tries: int


def delivering(store: Store, hosts: frozenset[str], pace: Pace = PACE) -> AbstractContextManager[Callable[[], None]]:
    """Tells listeners on `hosts` in the background for as long as it is open; what it gives wakes it after a change."""
    delivery = Delivery(store, lambda url, body: ask("POST", url, hosts, body=body, headers={"Content-Type": "application/json"}), pace)
    return working("events", lambda worker: deliver(delivery, worker), pace.workers, pace.poll)


def deliver(delivery: Delivery, worker: Worker) -> bool:
    """Tells one listener what it waits for; False where nobody waits for anything.

    The listener is taken for a while before the first call: no transaction is open while somebody else's server thinks.
    """
    hub = _claimed(delivery, worker)
    if hub is None:
        return False
    for _ in range(IN_A_ROW):
        letter = None if worker.stopping() else _next(delivery.store, hub)
        if letter is None or not _settled(delivery, hub, letter, _told(delivery.send, hub, letter)):
            break
    _let_go(delivery, hub)
    return True


def _claimed(delivery: Delivery, worker: Worker) -> _Hub | None:
    now = delivery.clock()
    waiting = exists().where(deliveries.c.hub == hubs.c.place, deliveries.c.dead.is_(False))
    due = select(hubs.c.place, hubs.c.callback).where(hubs.c.due <= now, hubs.c.held_until <= now, waiting)
    first = due.order_by(hubs.c.due, hubs.c.place).limit(1)
    with delivery.store.reading() as connection:
        if connection.execute(first).first() is None:
            return None
    with delivery.store.writing() as connection:
        row = connection.execute(first.with_for_update(skip_locked=True)).first()
        if row is None:
            return None
        hub = _Hub(row.place, row.callback, worker.name)
        taken = {"holder": hub.holder, "held_until": now + delivery.pace.lease}
        connection.execute(update(hubs).where(hubs.c.place == hub.place).values(taken))
    return hub


def _next(store: Store, hub: _Hub) -> _Letter | None:
    columns = select(deliveries.c.place, deliveries.c.event, deliveries.c.tries)
    mine = columns.where(deliveries.c.hub == hub.place, deliveries.c.dead.is_(False))
    with store.reading() as connection:
        row = connection.execute(mine.order_by(deliveries.c.place).limit(1)).first()
    return _Letter(*row) if row else None


def _told(send: Send, hub: _Hub, letter: _Letter) -> Reply | str:
    """The answer, or why there is none."""
    try:
        return send(hub.callback, letter.event.encode())
    except Unanswered as error:
        return error.message


def _settled(delivery: Delivery, hub: _Hub, letter: _Letter, outcome: Reply | str) -> bool:
    """Writes down what came of it; True where the same listener can be told the next event at once."""
    now, pace = delivery.clock(), delivery.pace
    with delivery.store.writing() as connection:
        failures = connection.execute(select(hubs.c.failures).where(hub.mine).with_for_update()).scalar()
        if failures is None:
            return False
        if isinstance(outcome, Reply) and HTTPStatus.OK <= outcome.status < HTTPStatus.MULTIPLE_CHOICES:
            connection.execute(delete(deliveries).where(deliveries.c.place == letter.place))
            connection.execute(update(hubs).where(hub.mine).values(failures=0, held_until=now + pace.lease))
            return True
        final = isinstance(outcome, Reply) and outcome.status in FINAL
        failures = 0 if final else failures + 1
        tries = letter.tries + 1
        values = {"tries": tries, "dead": final or tries >= pace.tries or failures > pace.tries, "error": _words(outcome)}
        connection.execute(update(deliveries).where(deliveries.c.place == letter.place).values(values))
        due = now if final else now + pace.pause(failures)
        connection.execute(update(hubs).where(hub.mine).values(failures=failures, due=due, held_until=now + pace.lease))
        return final


def _words(outcome: Reply | str) -> str:
    if isinstance(outcome, str):
        return outcome
    if HTTPStatus.MULTIPLE_CHOICES <= outcome.status < HTTPStatus.BAD_REQUEST:
        return f"the listener answers {outcome.status}: redirects are not followed"
    return f"the listener answers {outcome.status}"


def _let_go(delivery: Delivery, hub: _Hub) -> None:
    """Whoever waited longer comes first now."""
    with delivery.store.writing() as connection:
        connection.execute(update(hubs).where(hub.mine).values(holder="", held_until=0.0))
