"""What every operation of the embedded catalog works with: the database, the settings, the clock, and who hears of changes."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeAlias

from sqlalchemy import Connection

from tmfkit.serve.exchange import Body
from tmfkit.serve.settings import Settings
from tmfkit.serve.shelf import Shelf
from tmfkit.serve.store import Store


@dataclass(frozen=True, slots=True)
class Written:
    """One change of one item: `before` is None for a new one, `after` for one that is gone; both have their address."""

    shelf: Shelf
    before: Body | None
    after: Body | None
    moment: datetime


Recorder: TypeAlias = Callable[[Connection, Sequence[Written]], bool]
"""Hears of changes at the end of their transaction, and notes there what follows from them; says whether anything does."""


def unrecorded(connection: Connection, written: Sequence[Written]) -> bool:
    """For a catalog whose changes nobody hears of."""
    return False


def unheard() -> None:
    """For a catalog in which nobody waits for work."""


def now() -> datetime:
    """The clock of the machine."""
    return datetime.now(UTC)


def minted() -> str:
    """An id for an item that came without one."""
    return str(uuid.uuid4())


@dataclass(frozen=True, slots=True)
class Service:
    """The embedded catalog without its network; `wake` is called when a transaction is confirmed from which something follows."""

    store: Store
    settings: Settings = field(default_factory=Settings)
    clock: Callable[[], datetime] = now
    mint: Callable[[], str] = minted
    record: Recorder = unrecorded
    wake: Callable[[], None] = unheard


def stamp(moment: datetime) -> str:
    """A moment as the APIs write it, in UTC and to the millisecond."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
