"""Brings a body into the one form in which the catalog and a server can be compared: what says nothing, or only repeats, is gone.

Whatever a server may write in another way without meaning anything by it has one spelling here: numbers, moments, the order of sets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from hashlib import sha256
from typing import Any, TypeAlias

import orjson

from tmfkit.plan.packed import written
from tmfkit.tmf.addresses import Address
from tmfkit.tmf.attributes import declared
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.profile import Profile
from tmfkit.tmf.references import Place, form, noun, rows
from tmfkit.tmf.shapes import Kind, Row

Body: TypeAlias = dict[str, Any]
Ours: TypeAlias = Callable[[Address], str | None]
"""The id that the catalog gives to an item of the server; None where the item is not one of ours, or has the same id here and there."""

Clean: TypeAlias = Callable[[Any, Ours], Any]

UNCOMPARED = frozenset(("id", "href", "lastUpdate", "@baseType", "@schemaLocation"))
"""Attributes of an item that are the server's, or say what the address and the type say already."""

_TYPES = frozenset(("@type", "@baseType", "@schemaLocation", "@referredType"))
_REPEATED = frozenset((*_TYPES, "href", "name", "version"))
"""What a reference repeats of the item that it points at."""

_WORD_REPEATED = frozenset((*_TYPES, "href"))
"""A word of the vocabulary has no item of its own: its name stands in the reference alone."""

_EXACT = 2**53


def canonical(body: Mapping[str, Any], dialect: Dialect, resource: str, profile: Profile, ours: Ours) -> Body:
    """The form of a body that is compared; bringing it into that form again changes nothing.

    Attributes that the server does not take are left out.
    """
    taken = None if profile.unknown else declared(dialect, resource)
    puts = _puts(dialect, noun(dialect, resource))
    made: Body = {}
    for name, value in body.items():
        if name in UNCOMPARED or (taken is not None and name not in taken):
            continue
        said = puts.get(name, _anything)(value, ours)
        if not _is_nothing(said):
            made[name] = said
    return made


def same_ids(address: Address) -> str | None:
    """For bodies that speak of items by the ids of the catalog already."""
    return None


def fingerprint(*parts: Any) -> str:
    """A short text that two states share only when they are equal; the order of names does not matter, that of parts does."""
    digest = sha256()
    for part in parts:
        digest.update(orjson.dumps(part, written, orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS))
        digest.update(b"\n")
    return digest.hexdigest()[:32]


def label(item: Any) -> str:
    """What an element of a set is known by: its id, name, value or category; empty where it has none of them."""
    if not isinstance(item, Mapping):
        return str(item)
    for name in ("id", "name", "value", "taxCategory"):
        if (said := item.get(name)) is not None:
            return str(said).lower() if isinstance(said, bool) else str(said)
    return ""


@cache
def _puts(dialect: Dialect, shape: str) -> Mapping[str, Clean]:
    """How each property of a shape is brought into form."""
    return {row.name: _put(dialect, shape, row) for row in rows(dialect, shape) if row.name}


def _put(dialect: Dialect, shape: str, row: Row) -> Clean:
    match row.kind:
        case Kind.TIME:
            return _moment
        case Kind.NUMBER | Kind.WHOLE:
            return _exact
        case Kind.ONE:
            return _one(dialect, row.shape)
        case Kind.MANY:
            return _many(dialect, row.shape)
        case Kind.ID:
            return _id(form(dialect, shape).nests[row.name].place)
        case _:
            return _anything


@cache
def _object(dialect: Dialect, shape: str) -> Callable[[Mapping[str, Any], Ours], Body]:
    puts, target = _puts(dialect, shape), form(dialect, shape).itself
    is_reference = any(row.kind is Kind.HREF for row in rows(dialect, shape))
    dropped = _TYPES if not is_reference else _REPEATED if target else _WORD_REPEATED

    def clean(value: Mapping[str, Any], ours: Ours) -> Body:
        made: Body = {}
        for name, inner in value.items():
            if name not in dropped and not _is_nothing(said := puts.get(name, _anything)(inner, ours)):
                made[name] = said
        if target and "id" in made:
            made["id"] = ours(Address(*target, str(made["id"]))) or made["id"]
        return made

    return clean


def _one(dialect: Dialect, shape: str) -> Clean:
    def clean(value: Any, ours: Ours) -> Any:
        return _object(dialect, shape)(value, ours) if isinstance(value, Mapping) else _anything(value, ours)

    return clean


def _many(dialect: Dialect, shape: str) -> Clean:
    one = _one(dialect, shape)

    def clean(value: Any, ours: Ours) -> Any:
        if not isinstance(value, list):
            return one(value, ours)
        return _as_set(said for item in value if not _is_nothing(said := one(item, ours)))

    return clean


def _as_set(items: Iterable[Any]) -> list[Any]:
    """Elements in the order of what they are known by; where that is not enough, of all that they say."""
    found = list(items)
    if len(found) < 2:
        return found
    labels = [label(item) for item in found]
    if len(set(labels)) == len(labels):
        return [item for _, item in sorted(zip(labels, found, strict=True), key=lambda pair: pair[0])]
    return sorted(found, key=lambda item: (label(item), orjson.dumps(item, option=orjson.OPT_SORT_KEYS)))


def _id(place: Place | None) -> Clean:
    def clean(value: Any, ours: Ours) -> Any:
        if place is None or not isinstance(value, str):
            return _anything(value, ours)
        return ours(Address(*place, value)) or value

    return clean


def _anything(value: Any, ours: Ours) -> Any:
    """A value that no table knows: without what says nothing; the order of a list stays, because it may mean something."""
    if value is None or isinstance(value, (str, bool)):
        return value
    if isinstance(value, (int, float, Decimal)):
        return _number(value)
    if isinstance(value, Mapping):
        return {str(name): said for name, inner in value.items() if not _is_nothing(said := _anything(inner, ours))}
    if isinstance(value, (list, tuple)):
        return [said for inner in value if not _is_nothing(said := _anything(inner, ours))]
    return value


def _exact(value: Any, ours: Ours) -> Any:
    """A number; some servers give it back as text."""
    if not isinstance(value, str):
        return _anything(value, ours)
    try:
        read = Decimal(value)
    except InvalidOperation:
        return value
    return _number(read) if read.is_finite() else value


def _number(value: int | float | Decimal) -> int | float:
    """One form for each number: whole where it is whole and JSON holds it exactly, else the nearest that JSON has."""
    if isinstance(value, int) and -_EXACT < value < _EXACT:
        return value
    nearest = float(value)
    return int(nearest) if nearest.is_integer() and abs(nearest) < _EXACT else nearest


def _moment(value: Any, ours: Ours) -> Any:
    """A moment as UTC; one without a zone is nobody's moment and stays as it is."""
    if not isinstance(value, str):
        return _anything(value, ours)
    try:
        read = datetime.fromisoformat(value)
        return value if read.tzinfo is None else f"{read.astimezone(UTC).isoformat()[:-6]}Z"
    except (ValueError, OverflowError):
        return value


def _is_nothing(value: Any) -> bool:
    return not value and (value is None or not isinstance(value, (bool, int, float)))
