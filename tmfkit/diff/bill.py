"""What a configuration of an offering costs: per month, and on the first bill."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from tmfkit.catalog import Catalog
from tmfkit.diff.spelling import money
from tmfkit.model.prices import Price, PriceType
from tmfkit.model.products import ProductOffering
from tmfkit.model.units import decimals_of
from tmfkit.model.values import Duration, Money
from tmfkit.semantics.pricing import Charge, Cohort, charges

MONTHS = {"hour": Decimal(12) / (365 * 24), "day": Decimal(12) / 365, "week": Decimal(84) / 365}
"""How many months the periods are that are no months."""

AT_ONCE = (PriceType.ONE_TIME, PriceType.DEPOSIT)


@dataclass(frozen=True, slots=True)
class Bill:
    """What recurs, per month and once temporary discounts are over; and all that the first bill holds. None is nothing at all."""

    monthly: Money | None
    first: Money | None


def bill(offering: ProductOffering, catalog: Catalog, chosen: Mapping[str, str], moment: datetime, cohort: Cohort) -> Bill | None:
    """What a configuration costs at a moment, without use, taxes as written; None where a table closes it or currencies are mixed."""
    found = list(charges(offering, catalog, chosen, moment, cohort))
    currencies = {one.amount.currency for one in found if one.amount is not None}
    if len(currencies) > 1 or not all(one.is_sold for one in found):
        return None
    currency = next(iter(currencies), None)
    if currency is None:
        return Bill(None, None)
    return Bill(_sum(found, currency, first=False), _sum(found, currency, first=True))


def _sum(found: Iterable[Charge], currency: str, *, first: bool) -> Money | None:
    """The sum of what is on one bill, discounts taken off in the order written."""
    amounts: dict[str, Decimal] = {}
    discounts: list[Charge] = []
    for one in found:
        if one.price.type is PriceType.DISCOUNT:
            discounts += [one] if _counts(one.price, first) else []
        elif one.amount is not None and (part := _part(one.price, one.amount.amount, first)) is not None:
            amounts[one.name] = part
    if not amounts:
        return None
    for one in discounts:
        _reduce(one, amounts)
    cent = Decimal(1).scaleb(-decimals_of(currency))
    return money(Money(sum(amounts.values(), Decimal(0)).quantize(cent), currency))


def _counts(discount: Price, first: bool) -> bool:
    """Temporary discounts are on the first bill only, late ones only on later bills."""
    return discount.after is None if first else discount.for_ is None


def _part(price: Price, amount: Decimal, first: bool) -> Decimal | None:
    """How much of a price one of the two shows; None where it is not on it."""
    if price.type in AT_ONCE:
        return amount if first and price.after is None else None
    if price.type is not PriceType.RECURRING or price.every is None:
        return None
    if first:
        return amount if price.charged == "inAdvance" and price.after is None else None
    return amount / _months(price.every)


def _months(period: Duration) -> Decimal:
    return Decimal(period.months) if period.months else period.amount * MONTHS[period.unit]


def _reduce(discount: Charge, amounts: dict[str, Decimal]) -> None:
    """Takes a discount off the prices that it reduces, none below nothing."""
    targets = [name for name in discount.price.reduces if name in amounts]
    if discount.percent is not None:
        for name in targets:
            amounts[name] -= amounts[name] * discount.percent / 100
        return
    left = Decimal(0) if discount.amount is None else discount.amount.amount
    for name in targets:
        taken = min(left, amounts[name])
        amounts[name] -= taken
        left -= taken
