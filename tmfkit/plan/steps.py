"""A plan: what is to be done with each item of a target, in which order, and what holds it back."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Any

from tmfkit.model.base import Key
from tmfkit.tmf.addresses import Address


class Action(StrEnum):
    """What is to be done with one item."""

    CREATE = "create"
    UPDATE = "update"
    RETIRE = "retire"
    """It is no longer wanted, and was once more than a draft: it stays, and says that it is retired."""
    REMOVE = "remove"
    """It is no longer wanted, and never was more than a draft: it is deleted."""
    ADOPT = "adopt"
    """The server has it, and tmfkit did not make it: it is in the way until it is adopted."""
    CONFLICT = "conflict"
    """The catalog and somebody on the server changed the same field."""
    NOTHING = "nothing"


class Brake(StrEnum):
    """Why a plan is not carried out until somebody says its name."""

    SHRINK = "shrink"
    PRICE_DROP = "price-drop"
    REMOVAL = "removal"
    """An offering that was launched leaves the catalog."""
    UNMANAGED = "unmanaged"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Field:
    """One attribute that changes, or a part of one; `foreign` says that somebody changed it on the server since it was published.

    The path begins with the name of the attribute; elements of a set are called by their id or name: `place/north`.
    None is what is not there.
    """

    path: str
    before: Any
    after: Any
    foreign: bool = False

    @property
    def attribute(self) -> str:
        """The attribute of the item that has to be written."""
        return self.path.partition("/")[0].replace("~1", "/")


@dataclass(frozen=True, slots=True)
class Step:
    """What is done with one item; steps of a level do not need each other.

    `server_id` is empty until the server has given one. Where a step that creates has one, the server has made the item by itself: it is
    taken over and brought into the form that is wanted. An update without fields only records that an item has another id in the catalog.
    `needs` are the steps without which this one cannot be done.
    """

    action: Action
    address: Address
    key: Key | None
    name: str
    level: int = 0
    server_id: str = ""
    fields: tuple[Field, ...] = ()
    needs: tuple[Address, ...] = ()
    later: tuple[str, ...] = ()
    """Attributes that close a circle of references: they are written in a second pass, when all of the circle exist."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Stop:
    """A brake that holds, the fact behind it, and the items that it is about; `lifted` when somebody named it."""

    brake: Brake
    message: str
    addresses: tuple[Address, ...] = ()
    lifted: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that publishing would do.

    `wanted`, `known` and `live` are fingerprints of the three states that it was made from. `troubles` are facts that no brake lifts,
    `notes` facts that hold nothing back. `apis` are the base addresses of the target by dialect, filled in by whoever plans for a server.
    `steps` has none of `Action.NOTHING`; `unchanged` counts those items of the catalog that need none.
    """

    target: str
    release: str
    steps: tuple[Step, ...]
    stops: tuple[Stop, ...]
    troubles: tuple[str, ...]
    unchanged: int
    wanted: str
    known: str
    live: str
    notes: tuple[str, ...] = ()
    apis: tuple[tuple[str, str], ...] = ()

    @property
    def pending(self) -> bool:
        """Whether there is anything to do."""
        return bool(self.steps)

    @property
    def held(self) -> bool:
        """Whether something keeps it from being carried out."""
        return bool(self.troubles) or any(not stop.lifted for stop in self.stops)

    @property
    def allowed(self) -> frozenset[Brake]:
        """The brakes that hold no more because somebody named them."""
        return frozenset(stop.brake for stop in self.stops if stop.lifted)

    @property
    def levels(self) -> tuple[tuple[Step, ...], ...]:
        """The steps in the order of their levels."""
        return tuple(tuple(steps) for _, steps in groupby(self.steps, key=lambda step: step.level))
