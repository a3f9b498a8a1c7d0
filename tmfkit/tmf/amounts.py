"""Reads amounts back from the payloads of TMF620: what each price costs, from when until when, and which offerings have it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from tmfkit.tmf.dialects import Dialect

PRICED_DIALECTS = (Dialect.TMF620_V4, Dialect.TMF620_V5)
"""The dialects in which prices are published; both write an amount in the same way."""

OFFERING = "productOffering"
PRICE = "productOfferingPrice"
"""The two resources of TMF620 that are read here."""

MOST_DIGITS = 40
"""Digits before or behind the point beyond which a number is no amount of money."""


@dataclass(frozen=True, slots=True)
class PublishedAmount:
    """The amount of one price: an exact decimal as text, its currency, and when it holds (RFC 3339; empty is open)."""

    amount: str
    currency: str
    begins: str = ""
    ends: str = ""


def amount_of(price: dict[str, Any]) -> PublishedAmount | None:
    """What the payload of a price costs; None for a percentage or an allowance, which have no amount of their own.

    What an `extra` of the catalog put there may be anything, so whatever is no number and no time span states nothing.
    """
    money, valid = price.get("price"), price.get("validFor")
    value = money.get("value") if isinstance(money, dict) else None
    number = _number(value)
    if number is None or not isinstance(money, dict):
        return None
    span = valid if isinstance(valid, dict) else {}
    return PublishedAmount(
        format(number, "f"), str(money.get("unit", "")), str(span.get("startDateTime", "")), str(span.get("endDateTime", ""))
    )


def _number(value: Any) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < MOST_DIGITS else None


def prices_of(offering: dict[str, Any]) -> tuple[str, ...]:
    """The ids of the prices that the payload of an offering refers to."""
    found = offering.get(PRICE)
    references = found if isinstance(found, list) else []
    return tuple(str(reference["id"]) for reference in references if isinstance(reference, dict) and "id" in reference)


def amount_line(text: str) -> int:
    """The line of a price's file on which its amount stands; its first line where there is none."""
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        inside = inside or line.startswith('  "price": {')
        if inside and '"value":' in line:
            return number
    return 1
