"""Reads amounts back from the payloads of TMF620: what each price costs, from when until when, and which offerings have it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tmfkit.tmf.dialects import Dialect

PRICED_DIALECTS = (Dialect.TMF620_V4, Dialect.TMF620_V5)
"""The dialects in which prices are published; both write an amount in the same way."""

OFFERING = "productOffering"
PRICE = "productOfferingPrice"
"""The two resources of TMF620 that are read here."""


@dataclass(frozen=True, slots=True)
class PublishedAmount:
    """The amount of one price: an exact decimal as text, its currency, and when it holds (RFC 3339; empty is open)."""

    amount: str
    currency: str
    begins: str = ""
    ends: str = ""


def amount_of(price: dict[str, Any]) -> PublishedAmount | None:
    """What the payload of a price costs; None for a percentage or an allowance, which have no amount of their own."""
    money, valid = price.get("price"), price.get("validFor") or {}
    if not isinstance(money, dict) or money.get("value") is None:
        return None
    amount = format(Decimal(str(money["value"])), "f")
    return PublishedAmount(amount, str(money.get("unit", "")), valid.get("startDateTime", ""), valid.get("endDateTime", ""))


def prices_of(offering: dict[str, Any]) -> tuple[str, ...]:
    """The ids of the prices that the payload of an offering refers to."""
    return tuple(str(reference["id"]) for reference in offering.get(PRICE, ()) if isinstance(reference, dict) and "id" in reference)


def amount_line(text: str) -> int:
    """The line of a price's file on which its amount stands; its first line where there is none."""
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        inside = inside or line.startswith('  "price": {')
        if inside and '"value":' in line:
            return number
    return 1
