"""Writes one catalog item as the JSON body that a dialect of a TM Forum API takes, and tells what the dialect cannot say.

For every shape and dialect a plan is made once; rendering an item only follows it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple, TypeAlias, assert_never
from urllib.parse import quote

from tmfkit.tmf.common import Further, Item, Ref
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.plain import camel, is_empty, is_exact, moment, number, plain
from tmfkit.tmf.shapes import SHAPES, Kind, Row
from tmfkit.tmf.versions import APIS, NO_FIELD, NOT_WHOLE, TOO_LONG, TYPED_VALUES, Absent, Elsewhere, address, place, resource

EXTENSION = "x-tmfkit"
"""The one property, outside the official files, that carries what a dialect has no place for.

It maps a path to a plain JSON value. A path is made of the words' own field names; an item of a list is named by its id, name, value or
category, else by its position: `characteristics[downstream].values[500].label`. Should two paths be equal, the later one ends in `#n`.
"""


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A field that the dialect has no place for: where it stands, its value as plain JSON, and why it is not said."""

    path: str
    field: str
    value: Any
    reason: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A body ready to be sent, and what it can say only in its extension."""

    body: dict[str, Any]
    unsaid: tuple[Unsaid, ...]


class At(NamedTuple):
    """Where the renderer stands: a field inside its parent and, in a list, the item."""

    parent: At | None
    field: str
    item: Any = None
    position: int = -1


Lost: TypeAlias = list[tuple[At, Any, Absent]]
Put: TypeAlias = Callable[[Any, At, Lost], Any]
Encode: TypeAlias = Callable[[Any, At | None, Lost], dict[str, Any]]


def render(noun: Item, dialect: Dialect) -> Rendered:
    """The body with which `noun` is created in `dialect`; a ValueError when another API keeps such items."""
    lost: Lost = []
    body = _root(type(noun).__name__, dialect)(noun, None, lost)
    if not lost:
        return Rendered(body, ())
    unsaid = tuple(_unsaid(lost))
    body[EXTENSION] = {entry.path: entry.value for entry in unsaid}
    return Rendered(body, unsaid)


@cache
def _root(noun: str, dialect: Dialect) -> Encode:
    entry = resource(noun, dialect)
    if entry is None:
        raise ValueError(f"{APIS[dialect].title} keeps no {noun}")
    return _encoder(noun, dialect, entry.type)


@cache
def _encoder(name: str, dialect: Dialect, root_type: str = "") -> Encode:
    """The function that writes one shape in one dialect."""
    shape = SHAPES[name]
    type_name = root_type or (shape.type if APIS[dialect].nested_types else "")
    steps = tuple(step for row in shape.rows for step in _steps(name, shape.target, row, dialect))

    def encode(noun: Any, at: At | None, lost: Lost) -> dict[str, Any]:
        body: dict[str, Any] = {"@type": type_name} if type_name else {}
        for field, get, key, put, default in steps:
            value = get(noun)
            if not value and is_empty(value):
                if default:
                    body[key] = default
            elif put is None:
                body[key] = value
            elif (said := put(value, At(at, field), lost)) is None:
                continue
            elif key:
                body[key] = said
            else:
                body.update(said)
        return body

    return encode


class Step(NamedTuple):
    """One row of a plan: read the field, write it under the key; no key means that several properties are written."""

    field: str
    get: Callable[[Any], Any]
    key: str
    put: Put | None
    default: str


def _steps(shape: str, target: str, row: Row, dialect: Dialect) -> Iterator[Step]:
    get = attrgetter(row.field) if row.field else _itself
    match place(dialect, shape, row):
        case Elsewhere():
            return
        case Absent() as gone:
            yield Step(camel(row.field), get, row.name, _losing(gone), "")
        case Row() as said:
            key = "" if said.kind in _SPREADING else said.name
            yield Step(camel(row.field), get, key, _put(said, target, dialect), said.default)


def _itself(noun: Any) -> Any:
    return noun


_SPREADING = (Kind.INLINE, Kind.TYPED_VALUE)


def _put(row: Row, target: str, dialect: Dialect) -> Put | None:
    """How the value of a row is written, or None when it is written as it is."""
    match row.kind:
        case Kind.PLAIN:
            return None
        case Kind.WORD:
            return _put_word
        case Kind.NUMBER:
            return _put_number
        case Kind.WHOLE:
            return _put_whole
        case Kind.TIME:
            return _put_moment
        case Kind.ID:
            return _put_id
        case Kind.VALUE:
            return _put_value
        case Kind.TYPED_VALUE:
            return _put_typed_value
        case Kind.FURTHER:
            return _put_further
        case Kind.HREF:
            return _href(address(target, dialect))
        case Kind.ONE | Kind.INLINE:
            return _one(row.shape, dialect)
        case Kind.MANY:
            return _many(row.shape, dialect)
        case _:
            assert_never(row.kind)


def _losing(gone: Absent) -> Put:
    def put(value: Any, at: At, lost: Lost) -> None:
        lost.append((at, value, gone))

    return put


def _on_demand(shape: str, dialect: Dialect) -> Callable[[], Encode]:
    """The encoder of a nested shape, made at its first use: groups of a bundle hold groups."""
    return cache(lambda: _encoder(shape, dialect))


def _one(shape: str, dialect: Dialect) -> Put:
    encoder = _on_demand(shape, dialect)

    def put(value: Any, at: At, lost: Lost) -> dict[str, Any] | None:
        return encoder()(value, at, lost) or None

    return put


def _many(shape: str, dialect: Dialect) -> Put:
    encoder = _on_demand(shape, dialect)

    def put(values: tuple[Any, ...], at: At, lost: Lost) -> list[dict[str, Any]] | None:
        encode = encoder()
        items = [encode(value, At(at.parent, at.field, value, position), lost) for position, value in enumerate(values)]
        return [item for item in items if item] or None

    return put


def _href(path: str | None) -> Put:
    def put(ref: Ref, at: At, lost: Lost) -> str | None:
        if ref.href or path is None or ref.outside:
            return ref.href or None
        return path + (ref.id if ref.id.isalnum() and ref.id.isascii() else quote(ref.id, safe=""))

    return put


def _put_word(value: StrEnum, at: At, lost: Lost) -> str:
    return str(value.value)


def _put_number(value: Decimal | int, at: At, lost: Lost) -> float | int:
    if not is_exact(value):
        lost.append((at, value, TOO_LONG))
    return number(value)


def _put_whole(value: Decimal | int, at: At, lost: Lost) -> int | None:
    if value == (whole := int(value)):
        return whole
    lost.append((at, value, NOT_WHOLE))
    return None


def _put_moment(value: Any, at: At, lost: Lost) -> str:
    return moment(value)


def _put_id(value: Ref, at: At, lost: Lost) -> str:
    return value.id


def _put_value(value: str | bool | int | Decimal, at: At, lost: Lost) -> Any:
    return _put_number(value, at, lost) if isinstance(value, Decimal) else value


def _put_typed_value(value: str | bool | int | Decimal, at: At, lost: Lost) -> dict[str, Any]:
    typed = TYPED_VALUES[type(value)]
    if typed.as_text:
        return {"@type": typed.type, "valueType": typed.as_text, "value": str(value).lower()}
    return {"@type": typed.type, "value": _put_value(value, at, lost)}


def _put_further(values: tuple[Further, ...], at: At, lost: Lost) -> None:
    lost.extend((At(None, value.name), value.value, NO_FIELD) for value in values)


def _unsaid(lost: Lost) -> Iterator[Unsaid]:
    """What was lost, under paths that are unique; items are named in them, so that their order does not matter."""
    taken: set[str] = set()
    for at, value, gone in lost:
        path = first = _path(at)
        while path in taken:
            path = f"{first}#{len(taken)}"
        taken.add(path)
        yield Unsaid(path, at.field, plain(value), gone.reason)


def _path(at: At) -> str:
    here = at.field if at.item is None else f"{at.field}[{_label(at.item, at.position)}]"
    return f"{_path(at.parent)}.{here}" if at.parent else here


def _label(item: Any, position: int) -> str:
    """What an item of a list is called: its id, name, value or range, else its position."""
    item = getattr(item, "ref", item)
    for field in ("id", "name", "value", "category"):
        if not is_empty(said := getattr(item, field, None)):
            return str(said).lower() if isinstance(said, bool) else str(plain(said))
    return str(position)
