"""Finds every place where an item of a catalog API points at another one, and writes other ids there.

What may point where is read off the tables of shapes and versions, once for each resource; following it is quick.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple, TypeAlias
from urllib.parse import quote

from tmfkit.tmf.addresses import Address
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.shapes import SHAPES, Kind, Row, Shape
from tmfkit.tmf.versions import APIS, place
from tmfkit.tmf.versions import resource as kept_as

Body: TypeAlias = dict[str, Any]
Renamed: TypeAlias = Callable[[Address], tuple[str, str] | None]
"""The new id and the new address of what a reference points at; None leaves the reference as it is, an empty address the address."""


class Pointer(NamedTuple):
    """One reference of a body: the way to it, and what it points at."""

    path: tuple[str | int, ...]
    target: Address

    @property
    def attribute(self) -> str:
        """The attribute of the item in which the reference stands."""
        return str(self.path[0])


class Place(NamedTuple):
    """Where an API keeps what is pointed at."""

    dialect: Dialect
    resource: str


@dataclass(frozen=True, slots=True)
class Nest:
    """A property of an object in which references may stand: an object of this shape or a list of them, or an id alone."""

    shape: str = ""
    place: Place | None = None
    is_list: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """What can point somewhere in one shape: the object itself, and some of its properties."""

    itself: Place | None
    nests: Mapping[str, Nest]


def references(dialect: Dialect, resource: str, body: Mapping[str, Any]) -> Iterator[Pointer]:
    """Every reference of a body to an item that this API or a neighbour keeps, wherever that item lives."""
    return _found(dialect, noun(dialect, resource), body, ())


def rewritten(dialect: Dialect, resource: str, body: Mapping[str, Any], renamed: Renamed) -> Body:
    """The same body with other ids in its references; the body itself stays as it is."""
    return _rewritten(dialect, noun(dialect, resource), body, renamed)


@cache
def noun(dialect: Dialect, resource: str) -> str:
    """The catalog word for what stands at the path of a resource; a ValueError where the API has no such resource."""
    for entry in APIS[dialect].resources:
        if entry.path == resource:
            return entry.noun
    raise ValueError(f"{APIS[dialect].title} has no resource {resource}")


@cache
def spoken_by(dialect: Dialect, dialects: frozenset[Dialect]) -> Dialect | None:
    """Which of some dialects is one of the same API: itself if it is among them; None where there is none."""
    if dialect in dialects:
        return dialect
    return next((other for other in sorted(dialects) if APIS[other].number == APIS[dialect].number), None)


def at_target(address: Address, dialects: frozenset[Dialect]) -> Address | None:
    """The same item in the version of its API that a target has; None where the target has no version of that API."""
    there = spoken_by(address.dialect, dialects)
    if there is None or there is address.dialect:
        return None if there is None else address
    moved = place_of(noun(address.dialect, address.resource), there)
    return Address(there, moved.resource, address.id) if moved else None


def location(root: str, resource: str, id: str) -> str:
    """The address of an item below the base address of its API."""
    return f"{root.rstrip('/')}/{resource}/{id if id.isalnum() and id.isascii() else quote(id, safe='')}"


@cache
def place_of(word: str, dialect: Dialect) -> Place | None:
    """Where a dialect, or the first neighbour that has it, keeps a catalog word."""
    for candidate in (dialect, *APIS[dialect].neighbours):
        if entry := kept_as(word, candidate):
            return Place(candidate, entry.path)
    return None


@cache
def rows(dialect: Dialect, shape: str) -> tuple[Row, ...]:
    """The properties of a shape as a dialect has them; those of a shape that is written into it included."""
    found: list[Row] = []
    for row in SHAPES[shape].rows:
        said = place(dialect, shape, row)
        if isinstance(said, Row):
            found += rows(dialect, said.shape) if said.kind is Kind.INLINE else [said]
    return tuple(found)


@cache
def target_of(shape: str) -> str:
    """The catalog word that objects of a shape point at, itself or by the shape that is written into it; empty for none."""
    inline = (target_of(row.shape) for row in SHAPES[shape].rows if row.kind is Kind.INLINE)
    return SHAPES[shape].target or next(inline, "")


@cache
def form(dialect: Dialect, shape: str) -> Form:
    """Where references may stand in a shape."""
    target = target_of(shape)
    nests = ((row.name, _nest(dialect, SHAPES[shape], row)) for row in rows(dialect, shape))
    return Form(place_of(target, dialect) if target else None, {name: nest for name, nest in nests if nest is not None})


def _nest(dialect: Dialect, shape: Shape, row: Row) -> Nest | None:
    if row.kind is Kind.ID:
        return Nest(place=place_of(target_of(row.shape) if row.shape else shape.name, dialect))
    if row.kind in (Kind.ONE, Kind.MANY) and _points(dialect, row.shape):
        return Nest(shape=row.shape, is_list=row.kind is Kind.MANY)
    return None


@cache
def _points(dialect: Dialect, shape: str) -> bool:
    """Whether a reference can stand anywhere in a shape."""
    reached, waiting = {shape}, [shape]
    while waiting:
        name = waiting.pop()
        if target_of(name) or any(row.kind is Kind.ID for row in rows(dialect, name)):
            return True
        below = {row.shape for row in rows(dialect, name) if row.kind in (Kind.ONE, Kind.MANY)} - reached
        reached |= below
        waiting += below
    return False


def _found(dialect: Dialect, shape: str, body: Mapping[str, Any], path: tuple[str | int, ...]) -> Iterator[Pointer]:
    where = form(dialect, shape)
    if where.itself and (id := body.get("id")):
        yield Pointer(path, Address(*where.itself, str(id)))
    for name, nest in where.nests.items():
        value = body.get(name)
        if not value:
            continue
        if nest.place is not None:
            if isinstance(value, str):
                yield Pointer((*path, name), Address(*nest.place, value))
        elif isinstance(value, Mapping):
            yield from _found(dialect, nest.shape, value, (*path, name))
        elif isinstance(value, list):
            for position, item in enumerate(value):
                if isinstance(item, Mapping):
                    yield from _found(dialect, nest.shape, item, (*path, name, position))


def _rewritten(dialect: Dialect, shape: str, body: Mapping[str, Any], renamed: Renamed) -> Body:
    where, made = form(dialect, shape), dict(body)
    if where.itself and (id := made.get("id")) and (other := renamed(Address(*where.itself, str(id)))):
        made["id"] = other[0]
        if other[1]:
            made["href"] = other[1]
    for name, nest in where.nests.items():
        if value := made.get(name):
            made[name] = _nested(dialect, nest, value, renamed)
    return made


def _nested(dialect: Dialect, nest: Nest, value: Any, renamed: Renamed) -> Any:
    if nest.place is not None:
        other = renamed(Address(*nest.place, value)) if isinstance(value, str) else None
        return other[0] if other else value
    if isinstance(value, Mapping):
        return _rewritten(dialect, nest.shape, value, renamed)
    if isinstance(value, list):
        return [_rewritten(dialect, nest.shape, item, renamed) if isinstance(item, Mapping) else item for item in value]
    return value
