"""The small words that every TM Forum catalog shares: references, money, periods, characteristics, relationships.

All of them are version-neutral: they say what is meant, and `render` knows how each dialect writes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class TimePeriod:
    """A half-open interval `[start, end)`; both ends carry a time zone, and an end that is None is open."""

    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount; `unit` is the ISO 4217 code of its currency."""

    value: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """An exact amount of something countable or measurable, such as 10 GB."""

    amount: Decimal | int
    units: str = ""


@dataclass(frozen=True, slots=True)
class Duration:
    """A whole number of time units, such as 24 months."""

    amount: int
    units: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ref:
    """A pointer to another item of a catalog.

    `href` is derived from the target's dialect and id unless it is given; what lives `outside` the catalog has none but a given one.
    `referred_type` is the usual type of the place where the reference stands unless it is given.
    """

    id: str
    name: str = ""
    version: str = ""
    referred_type: str = ""
    href: str = ""
    outside: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Relationship(Ref):
    """How one specification, offering or price depends on, excludes, replaces or alters another."""

    type: str
    role: str = ""
    valid_for: TimePeriod | None = None
    default_quantity: int | None = None
    minimum_quantity: int | None = None
    maximum_quantity: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CharacteristicValue:
    """One value, or one range of values, that a characteristic may take; `label` is how people read it."""

    value: str | bool | int | Decimal | None = None
    value_type: str = ""
    is_default: bool | None = None
    unit: str = ""
    value_from: int | Decimal | None = None
    value_to: int | Decimal | None = None
    range_interval: str = ""
    regex: str = ""
    valid_for: TimePeriod | None = None
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Characteristic:
    """A property of a specification and the values that it may take."""

    name: str
    value_type: str
    id: str = ""
    description: str = ""
    configurable: bool | None = None
    min_cardinality: int | None = None
    max_cardinality: int | None = None
    is_unique: bool | None = None
    extensible: bool | None = None
    regex: str = ""
    valid_for: TimePeriod | None = None
    values: tuple[CharacteristicValue, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CharacteristicUse:
    """The values of a specification's characteristic to which an offering or a price is narrowed."""

    name: str
    id: str = ""
    description: str = ""
    value_type: str = ""
    min_cardinality: int | None = None
    max_cardinality: int | None = None
    valid_for: TimePeriod | None = None
    values: tuple[CharacteristicValue, ...] = ()
    product_specification: Ref | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferingTerm:
    """A commitment under which an offering is sold."""

    name: str
    description: str = ""
    duration: Duration | None = None
    valid_for: TimePeriod | None = None


@dataclass(frozen=True, slots=True)
class BundleLimits:
    """How many of a bundle's member are taken: by default, at least and at most."""

    default: int | None = None
    lower: int | None = None
    upper: int | None = None


@dataclass(frozen=True, slots=True)
class BundledOffering:
    """An offering that is a member of a bundle."""

    ref: Ref
    default: int | None = None
    lower: int | None = None
    upper: int | None = None

    @property
    def limits(self) -> BundleLimits | None:
        """The three numbers as the one block that TMF620 keeps them in, or None when none is stated."""
        if self.default is None and self.lower is None and self.upper is None:
            return None
        return BundleLimits(self.default, self.lower, self.upper)


@dataclass(frozen=True, slots=True)
class BundledGroup:
    """A choice inside a bundle: from `lower` to `upper` of the members are taken."""

    name: str
    members: tuple[BundledOffering, ...]
    lower: int
    upper: int
    groups: tuple[BundledGroup, ...] = ()

    @property
    def limits(self) -> BundleLimits:
        """Both numbers as the one block that TMF620 keeps them in."""
        return BundleLimits(None, self.lower, self.upper)


@dataclass(frozen=True, slots=True, kw_only=True)
class PricingLogic:
    """A pointer into the pricing file of the release, for what no price field can express."""

    id: str
    name: str = ""
    spec_id: str = ""
    description: str = ""
    valid_for: TimePeriod | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alteration:
    """The life and the rank of a price that changes another: no TMF version gives a separate price a field for them."""

    priority: int | None = None
    starts_after: Duration | None = None
    application_duration: Duration | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tax:
    """A tax on a price; `rate` is in percent."""

    category: str = ""
    rate: Decimal | None = None
    amount: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalIdentifier:
    """The id that an outside system (`owner`) uses for an item, and what sort of id it is."""

    id: str
    type: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Further:
    """Something that the catalog says and no TMF version has a field for; `value` is plain JSON."""

    name: str
    value: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What every resource of the three catalogs has."""

    id: str
    name: str
    description: str = ""
    version: str = ""
    lifecycle_status: str = ""
    last_update: datetime | None = None
    valid_for: TimePeriod | None = None
    external_identifiers: tuple[ExternalIdentifier, ...] = ()
    further: tuple[Further, ...] = ()
