"""What TMF620 manages: catalogs, categories, offerings, prices and product specifications, free of any version."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tmfkit.tmf.common import (
    Alteration,
    BundledGroup,
    BundledOffering,
    Characteristic,
    CharacteristicUse,
    Item,
    Money,
    OfferingTerm,
    PricingLogic,
    Quantity,
    Ref,
    Relationship,
    Tax,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog(Item):
    """A catalog of products: the categories that it opens with."""

    catalog_type: str = ""
    categories: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Category(Item):
    """A shelf of offerings, perhaps inside another."""

    parent: Ref | None = None
    sub_categories: tuple[Ref, ...] = ()
    product_offerings: tuple[Ref, ...] = ()

    @property
    def is_root(self) -> bool:
        """Whether the category stands inside no other."""
        return self.parent is None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductOffering(Item):
    """What customers can buy: a product specification, or a bundle of other offerings, at prices and terms."""

    status_reason: str = ""
    is_bundle: bool = False
    is_sellable: bool | None = None
    product_specification: Ref | None = None
    service_candidate: Ref | None = None
    resource_candidate: Ref | None = None
    categories: tuple[Ref, ...] = ()
    channels: tuple[Ref, ...] = ()
    market_segments: tuple[Ref, ...] = ()
    places: tuple[Ref, ...] = ()
    agreements: tuple[Ref, ...] = ()
    characteristic_uses: tuple[CharacteristicUse, ...] = ()
    terms: tuple[OfferingTerm, ...] = ()
    prices: tuple[Ref, ...] = ()
    bundled_offerings: tuple[BundledOffering, ...] = ()
    bundled_groups: tuple[BundledGroup, ...] = ()
    relationships: tuple[Relationship, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductOfferingPrice(Item):
    """A charge, discount, allowance or penalty, and when it holds.

    `percentage` says how much of the related prices it changes; `price` is an amount of its own.
    """

    price_type: str = ""
    is_bundle: bool = False
    recurring_charge_period_type: str = ""
    recurring_charge_period_length: int | None = None
    price: Money | None = None
    percentage: Decimal | None = None
    unit_of_measure: Quantity | None = None
    taxes: tuple[Tax, ...] = ()
    characteristic_uses: tuple[CharacteristicUse, ...] = ()
    terms: tuple[OfferingTerm, ...] = ()
    places: tuple[Ref, ...] = ()
    relationships: tuple[Relationship, ...] = ()
    bundled_prices: tuple[Ref, ...] = ()
    pricing_logic: tuple[PricingLogic, ...] = ()
    alteration: Alteration | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductSpecification(Item):
    """What a product is: its characteristics and the services and resources that realise it."""

    brand: str = ""
    product_number: str = ""
    is_bundle: bool = False
    categories: tuple[Ref, ...] = ()
    characteristics: tuple[Characteristic, ...] = ()
    relationships: tuple[Relationship, ...] = ()
    bundled_specifications: tuple[Ref, ...] = ()
    service_specifications: tuple[Ref, ...] = ()
    resource_specifications: tuple[Ref, ...] = ()
