"""Lengths of time as payloads write them, in the words of the language."""

from decimal import Decimal
from typing import Any

from tmfkit.importer.identify import text_of
from tmfkit.importer.numbers import DIGITS

_UNITS = {
    "hour": (1, "hour"), "hourly": (1, "hour"), "h": (1, "hour"),
    "day": (1, "day"), "daily": (1, "day"), "d": (1, "day"),
    "week": (1, "week"), "weekly": (1, "week"), "w": (1, "week"), "biweekly": (2, "week"), "fortnight": (2, "week"),
    "month": (1, "month"), "monthly": (1, "month"), "m": (1, "month"), "mon": (1, "month"), "bimonthly": (2, "month"),
    "quarter": (3, "month"), "quarterly": (3, "month"), "halfyear": (6, "month"), "halfyearly": (6, "month"),
    "year": (1, "year"), "yearly": (1, "year"), "annual": (1, "year"), "annually": (1, "year"), "y": (1, "year"),
}  # fmt: skip


def length(number: int, unit: str) -> str:
    """A number of some unit, such as `3 months`; empty for a unit that is not known."""
    word = "".join(filter(str.isalpha, unit)).casefold()
    found = _UNITS.get(word) or _UNITS.get(word.removesuffix("s"))
    if found is None or number < 1:
        return ""
    total = number * found[0]
    return f"{total} {found[1]}{'' if total == 1 else 's'}"


def duration(value: Any) -> str:
    """A duration `{amount: 3, units: Month}`, where version 4.0 says `value` for the amount; empty for what is not understood."""
    if not isinstance(value, dict):
        return ""
    number = whole(value.get("amount", value.get("value")))
    return length(number, text_of(value.get("units", value.get("unit")))) if number else ""


def whole(value: Any) -> int:
    """A whole number, also one that is written as text; 0 for anything else, and for one beyond any use."""
    return whole_or_none(value) or 0


def whole_or_none(value: Any) -> int | None:
    """The same, where 0 is a number too."""
    text = text_of(value)
    if len(text) > DIGITS or not text.replace(".", "", 1).isdecimal() or not text.isascii():
        return None
    return int(Decimal(text)) if Decimal(text) == int(Decimal(text)) else None
