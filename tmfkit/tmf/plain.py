"""Turns exact numbers, moments and whole catalog words into plain JSON values, the same for every dialect."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any


def is_empty(value: Any) -> bool:
    """Whether a field says nothing; zero and `false` say something."""
    return value is None or value == "" or value == ()


def number(value: Decimal | int) -> float | int:
    """The nearest JSON number; whole numbers that are written as such stay whole."""
    return value if isinstance(value, int) else float(value)


def is_exact(value: Decimal | int) -> bool:
    """Whether the JSON number says the same as the exact one."""
    return isinstance(value, int) or Decimal(repr(float(value))) == value


def moment(value: datetime) -> str:
    """RFC 3339 text; a moment without a time zone is nobody's moment and raises a ValueError."""
    if value.tzinfo is None:
        raise ValueError(f"{value.isoformat()} has no time zone")
    text = value.isoformat()
    return f"{text[:-6]}Z" if text.endswith("+00:00") else text


def camel(field: str) -> str:
    """The JSON spelling of a field's name."""
    head, *tail = field.split("_")
    return head + "".join(word.capitalize() for word in tail)


@cache
def _names(noun: type) -> tuple[tuple[str, str], ...]:
    return tuple((field.name, camel(field.name)) for field in fields(noun))


def plain(value: Any) -> Any:
    """A field's value as plain JSON: words become mappings of their non-empty fields, inexact numbers stay text."""
    match value:
        case StrEnum():
            return value.value
        case Decimal():
            return number(value) if is_exact(value) else str(value)
        case datetime():
            return moment(value)
        case tuple():
            return [plain(item) for item in value]
    if not is_dataclass(value):
        return value
    kind: Any = type(value)
    return {name: plain(said) for field, name in _names(kind) if not is_empty(said := getattr(value, field))}
