"""Which part each catalog word plays when a catalog is published: what is sold, what it costs, what only shelves or wraps something."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import Enum, auto
from functools import cache
from typing import Any, NamedTuple

from tmfkit.model.units import decimals_of
from tmfkit.tmf.addresses import Address
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.references import form, noun
from tmfkit.tmf.shapes import SHAPES

OFFERING = "ProductOffering"
PRICE = "ProductOfferingPrice"
CANDIDATES = frozenset(("ServiceCandidate", "ResourceCandidate"))
"""Words that only put a specification on the shelves; some servers make them together with it."""

STATUS = "lifecycleStatus"
RETIRED = "Retired"
LAUNCHED = frozenset(("active", "launched", "retired", "obsolete"))
"""States, in small letters, of what is or was more than a draft: others may stand on it."""

OVER = frozenset(("retired", "obsolete"))
"""States, in small letters, of what nobody can buy or use any more."""

_ORDER = (
    "ResourceCatalog",
    "ResourceCategory",
    "ServiceCatalog",
    "ServiceCategory",
    "Catalog",
    "Category",
    "ResourceSpecification",
    "ResourceCandidate",
    "ServiceSpecification",
    "ServiceCandidate",
    "ProductSpecification",
    "ProductOfferingPrice",
    "ProductOffering",
)


class Link(Enum):
    """How an attribute points at other items."""

    SINGLE = auto()
    LIST = auto()
    RELATION = auto()
    """A list of relationships: what is related can exist without."""


class Amount(NamedTuple):
    """What a price costs."""

    value: Decimal
    unit: str

    def __str__(self) -> str:
        usual = format(self.value, f".{decimals_of(self.unit)}f")
        text = usual if Decimal(usual) == self.value else format(self.value, "f")
        return f"{text} {self.unit}".rstrip()


def called(address: Address) -> str:
    """How people call an item: `ProductOffering fibre-home`."""
    return f"{noun(address.dialect, address.resource)} {address.id}"


def rank(dialect: Dialect, resource: str) -> int:
    """Where a resource stands in the order of making: what lists others comes before them, and its list is completed afterwards."""
    return _ORDER.index(noun(dialect, resource))


@cache
def link(dialect: Dialect, resource: str, attribute: str) -> Link:
    """How an attribute of a resource points at other items."""
    nest = form(dialect, noun(dialect, resource)).nests[attribute]
    if not nest.is_list:
        return Link.SINGLE
    relates = any(row.name == "relationshipType" for row in SHAPES[nest.shape].rows)
    return Link.RELATION if relates else Link.LIST


def amount_of(body: Mapping[str, Any]) -> Amount | None:
    """The amount of a price; None where it has none, such as one in percent."""
    price = body.get("price")
    value = price.get("value") if isinstance(price, Mapping) else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return Amount(Decimal(str(value)), str(price.get("unit", ""))) if isinstance(price, Mapping) else None


def status_of(body: Mapping[str, Any]) -> str:
    """The state of an item in small letters: servers write it in many ways."""
    return str(body.get(STATUS) or "").casefold()
