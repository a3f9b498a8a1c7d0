"""The charges that a product record may have as of a release: those of new customers, and those that existing ones keep."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from tmfkit.api import Catalog, PriceType, ProductOffering, SinglePrice, Validity, single_prices

ALWAYS = Validity()

PAID_ONCE = (PriceType.ONE_TIME, PriceType.DEPOSIT)
"""What a record keeps after its amount has changed for those who buy later."""


def charges(offering: ProductOffering, catalog: Catalog, moment: datetime) -> Iterator[SinglePrice]:
    """The single prices that hold at a moment; customers go on paying when an offering is no longer sold, so its own dates do not count."""
    groups: dict[tuple[object, ...], list[SinglePrice]] = defaultdict(list)
    for price in single_prices(offering.model_copy(update={"valid_for": ALWAYS}), catalog):
        groups[(price.name, price.picks, price.tier)].append(price)
    for group in groups.values():
        if group[0].type in PAID_ONCE:
            yield from (price for price in group if price.begins is None or price.begins <= moment)
            continue
        kept = [one for cohort in ("new", "existing") for one in _held(group, cohort, moment)]
        yield from (price for price in group if any(price is one for one in kept))


def _held(group: Sequence[SinglePrice], cohort: str, moment: datetime) -> list[SinglePrice]:
    """The prices of one cell for new or for existing customers: a change that is meant for the others leaves them what they had."""
    own = [price for price in group if price.applies_to in ("all", cohort)]
    found = [price for price in own if _holds(price, moment)]
    if found or not any(_holds(price, moment) for price in group):
        return found
    over = [(price.ends, price) for price in own if price.ends is not None and price.ends <= moment]
    return [max(over, key=lambda pair: pair[0])[1]] if over else []


def _holds(price: SinglePrice, moment: datetime) -> bool:
    return (price.begins is None or price.begins <= moment) and (price.ends is None or moment < price.ends)
