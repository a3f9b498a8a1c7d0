"""Tells prices that only new customers pay: charges of an order, and charges and discounts for those who were no customers before."""

from tmfkit.catalog import Catalog
from tmfkit.diff.change import Impact, Reach
from tmfkit.diff.sorts import price_path
from tmfkit.model.base import Entity
from tmfkit.model.prices import Price, PriceTerms, PriceType, ProductOfferingPrice
from tmfkit.model.products import ProductOffering
from tmfkit.semantics.pricing import resolved

ONCE = (PriceType.ONE_TIME, PriceType.DEPOSIT)
NOTED = "Only new customers have this price."
"""What is added to the reason of a change that reaches nobody else."""


def is_for_new_ones(price: PriceTerms) -> bool:
    """Whether nobody pays it who is a customer already: it is charged on ordering, or to new customers only."""
    return (price.type in ONCE and price.when.values("action") == ("add",)) or price.when.values("customer") == ("new",)


def only_new_ones(impact: Impact, reach: Reach, kind: str, path: str, *states: tuple[Entity | None, Catalog]) -> bool:
    """Whether a change that would reach all customers is one of a price that was and is only for new ones.

    What breaks concerns the systems that know the price, and what closes a combination the orders under way: both go as far as before.
    """
    words = price_path(path, kind).split("/")
    if impact is Impact.BREAKING or reach is not Reach.BASE or len(words) < 2 or words[0] != "prices":
        return False
    found = [price for entity, catalog in states if (price := _price(entity, words[1], catalog)) is not None]
    return bool(found) and all(map(is_for_new_ones, found))


def _price(entity: Entity | None, name: str, catalog: Catalog) -> PriceTerms | None:
    """The price of that name, or the shared price itself."""
    if isinstance(entity, ProductOfferingPrice):
        return entity
    written: Price | None = entity.prices.get(name) if isinstance(entity, ProductOffering) else None
    return None if written is None else resolved(written, catalog) or written
