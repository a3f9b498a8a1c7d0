"""Writes `pricing.json` of a release: every price with all that the language says of it, for rating and billing to read."""

from collections.abc import Iterable, Iterator
from typing import Any

from tmfkit.catalog import Catalog
from tmfkit.compile.bundle import Settings
from tmfkit.compile.expand import Variant, expand
from tmfkit.compile.issues import own_prices, uses_as_is, variant_id
from tmfkit.compile.neutral import moment_text, neutral, written
from tmfkit.compile.prices import PRICING_SPEC, base_of
from tmfkit.compile.wording import wire_id
from tmfkit.model.base import External, Key
from tmfkit.model.prices import Price, ProductOfferingPrice
from tmfkit.model.products import ProductOffering

FORMAT = f"{PRICING_SPEC}/1"
KINDS = (ProductOffering.KIND, ProductOfferingPrice.KIND)
"""The kinds that have prices."""

_OF_THE_ENTITY = frozenset("kind id extends abstract remove renamedFrom extra use lifecycle version".split())


def pricing_json(catalog: Catalog, settings: Settings) -> dict[str, Any]:
    """The pricing file: prices by the id that `pricingLogicAlgorithm` points to, and the order in which each offering applies them."""
    parts = (pricing_of(summary.key, catalog, settings) for summary in catalog.of(*KINDS))
    return pricing_file(parts, catalog, settings)


def pricing_file(parts: Iterable[dict[str, dict[str, Any]]], catalog: Catalog, settings: Settings) -> dict[str, Any]:
    """The pricing file from the parts of its entities, in whatever order they come."""
    prices: dict[str, Any] = {}
    offerings: dict[str, Any] = {}
    for part in parts:
        prices |= part["prices"]
        offerings |= part["offerings"]
    vocabulary, zone = catalog.vocabulary, settings.zone
    return {
        "format": FORMAT,
        "release": {"name": settings.release_name, "date": moment_text(settings.last_update)},
        "timezone": str(zone),
        "taxes": {name: neutral(steps, zone) for name, steps in sorted(vocabulary.taxes.items())},
        "usage": {name: written(usage, zone) for name, usage in sorted(vocabulary.usage.items())},
        "offerings": dict(sorted(offerings.items())),
        "prices": dict(sorted(prices.items())),
    }


def pricing_of(key: Key, catalog: Catalog, settings: Settings) -> dict[str, dict[str, Any]]:
    """What one entity adds to the pricing file: `prices` by their id, and `offerings` with the order of theirs."""
    entity = catalog.entity(key) if key.kind in KINDS else None
    match entity:
        case ProductOffering():
            return {"prices": dict(_of_offering(entity, catalog, settings)), "offerings": dict(_order(entity))}
        case ProductOfferingPrice():
            return {"prices": {entity.id: _entry(entity.id, entity, settings)}, "offerings": {}}
        case _:
            return {"prices": {}, "offerings": {}}


def _of_offering(entity: ProductOffering, catalog: Catalog, settings: Settings) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, terms in own_prices(entity, catalog):
        base = base_of(entity.id, name)
        yield base, {"offering": entity.id, "price": name, **_entry(base, terms, settings)}


def _order(entity: ProductOffering) -> Iterator[tuple[str, dict[str, Any]]]:
    """Which prices an offering has, in the order in which they apply."""
    if entity.prices:
        yield entity.id, {"prices": [_base(entity.id, name, price) for name, price in entity.prices.items()]}


def _base(offering: str, name: str, price: Price) -> str:
    match price.use:
        case External(external=id):
            return id
        case str(id) if uses_as_is(price):
            return wire_id(id)
        case _:
            return base_of(offering, name)


def _entry(base: str, terms: Price | ProductOfferingPrice, settings: Settings) -> dict[str, Any]:
    said = written(terms, settings.zone, without=_OF_THE_ENTITY)
    published = [{"id": variant_id(base, variant), **_published(variant, settings)} for variant in expand(terms)]
    return {**said, "published": published}


def _published(variant: Variant, settings: Settings) -> dict[str, Any]:
    """Which part of the price a published one is."""
    zone = settings.zone
    said: dict[str, Any] = {
        "where": {pick.subject: pick.key for pick in variant.picks},
        "above": neutral(variant.part.above, zone),
        "upTo": neutral(variant.part.tier.up_to, zone) if variant.part.tier else None,
        "from": neutral(variant.validity.from_, zone),
        "until": neutral(variant.validity.until, zone),
        "appliesTo": variant.applies_to if variant.applies_to != "all" else None,
    }
    return {key: value for key, value in said.items() if value not in (None, {})}
