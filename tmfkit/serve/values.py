"""How a word of a query compares with what an item says: numbers and moments as such, all else as text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

_NUMBER = re.compile(r"[+-]?[0-9]{1,400}(\.[0-9]{1,400})?([eE][+-]?[0-9]{1,4})?", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d([Tt ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?([Zz]|[+ -]\d\d:?\d\d)?)?", re.ASCII)
_OFFSET = re.compile(r" (?=\d\d:?\d\d$)")


def number(text: str) -> Decimal | None:
    """The exact number that a text writes, or None; infinite ones are none."""
    return Decimal(text) if _NUMBER.fullmatch(text) else None


def moment(text: str) -> datetime | None:
    """The instant that a text writes, in UTC, or None.

    Without a zone it is taken for UTC, and a date for its midnight. A `+` that came as a blank, as it does in an address where it is not
    escaped, is read as a `+`.
    """
    if not _MOMENT.fullmatch(text):
        return None
    try:
        read = datetime.fromisoformat(_OFFSET.sub("+", text).upper())
        return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def exact(value: float | int) -> Decimal | None:
    """A JSON number as it was written, or None where no number can be made of it."""
    found = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    return found if found.is_finite() else None


@dataclass(frozen=True, slots=True)
class Words:
    """Texts of which a query asks for any, as everything that they may mean, so that a value is looked up once however many they are."""

    texts: frozenset[str]
    numbers: frozenset[Decimal]
    moments: frozenset[datetime]

    def has(self, value: Any) -> bool:
        """Whether the value of an attribute is what one of the texts writes."""
        match value:
            case bool():
                return ("true" if value else "false") in self.texts
            case int() | float():
                return exact(value) in self.numbers
            case str():
                return value in self.texts or (bool(self.moments) and moment(value) in self.moments)
            case _:
                return False


def words(texts: Iterable[str]) -> Words:
    """Texts, and the numbers and moments among them."""
    known = frozenset(texts)
    numbers = frozenset(found for text in known if (found := number(text)) is not None)
    moments = frozenset(when for text in known if (when := moment(text)) is not None)
    return Words(known, numbers, moments)


def compared(value: Any, text: str) -> int | None:
    """Below, at or above zero as the value of an attribute is less than, equal to or more than `text`; None where neither can be said."""
    match value:
        case bool():
            return None
        case int() | float():
            return _order(exact(value), number(text))
        case str():
            return _order_of_texts(value, text)
        case _:
            return None


def _order_of_texts(value: str, text: str) -> int | None:
    """Both are numbers, or both are moments; a word among numbers has no place."""
    by_number = _order(number(value), number(text))
    if by_number is not None:
        return by_number
    by_moment = _order(moment(value), moment(text))
    if by_moment is not None:
        return by_moment
    return None if number(text) is not None or moment(text) is not None else (value > text) - (value < text)


def _order(one: Any, other: Any) -> int | None:
    return None if one is None or other is None else int(one > other) - int(one < other)
