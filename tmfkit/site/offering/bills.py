"""What somebody pays who takes a configuration: on the first bill, per month, and until the end of the commitment.

Counts as `tmfkit.diff.bill` does, and besides it the members of bundles and the months of a commitment. Usage, allowances and
penalties are on no such bill; a deposit is on the first one, and comes back.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import TypeAlias

from tmfkit.diff.bill import MONTHS
from tmfkit.model.prices import Price, PriceType
from tmfkit.model.units import decimals_of
from tmfkit.model.values import Duration, Money
from tmfkit.semantics.pricing import Charge

_Part: TypeAlias = Callable[[Price, Decimal], Decimal | None]
_Counts: TypeAlias = Callable[[Price], bool]


@dataclass(frozen=True, slots=True)
class Owed:
    """A charge of one offering, and how many times it is taken."""

    offering: str
    charge: Charge
    times: int = 1

    @property
    def name(self) -> str:
        """How discounts of bundles name it."""
        return f"{self.offering}/{self.charge.name}"

    @property
    def reduces(self) -> tuple[str, ...]:
        """The full names of the prices that a discount reduces."""
        return tuple(name if "/" in name else f"{self.offering}/{name}" for name in self.charge.price.reduces)


@dataclass(frozen=True, slots=True)
class Sums:
    """What a configuration costs; `total` is None without a commitment of so many months."""

    first: Money
    monthly: Money
    total: Money | None


def sums(owed: Sequence[Owed], months: int | None) -> Sums | None:
    """The sums of some charges; None where a table closes one of them, nothing is charged, or currencies are mixed."""
    currencies = {one.charge.amount.currency for one in owed if one.charge.amount is not None}
    if len(currencies) != 1 or not all(one.charge.is_sold for one in owed):
        return None
    currency = next(iter(currencies))
    total = None if months is None else sum((_month(owed, month) for month in range(months)), Decimal(0))
    return Sums(
        _money(_due(owed, _on_first, lambda price: _is_alive(price, 0)), currency),
        _money(_due(owed, _steady, lambda price: price.for_ is None), currency),
        None if total is None else _money(total, currency),
    )


def _money(amount: Decimal, currency: str) -> Money:
    return Money(amount.quantize(Decimal(1).scaleb(-decimals_of(currency))), currency)


def _month(owed: Sequence[Owed], month: int) -> Decimal:
    return _due(owed, lambda price, amount: _in_month(price, amount, month), lambda price: _is_alive(price, month))


def _due(owed: Iterable[Owed], part: _Part, counts: _Counts) -> Decimal:
    """The sum of what is due, discounts taken off in the order written and nothing below zero."""
    amounts: dict[str, Decimal] = {}
    discounts: list[Owed] = []
    for one in owed:
        price, amount = one.charge.price, one.charge.amount
        if price.type is PriceType.DISCOUNT:
            discounts += [one] if counts(price) else []
        elif amount is not None and (found := part(price, amount.amount)) is not None:
            amounts[one.name] = amounts.get(one.name, Decimal(0)) + found * one.times
    for one in discounts:
        _reduce(one, amounts)
    return sum(amounts.values(), Decimal(0))


def _reduce(discount: Owed, amounts: dict[str, Decimal]) -> None:
    targets = [name for name in discount.reduces if name in amounts]
    if discount.charge.percent is not None:
        for name in targets:
            amounts[name] -= amounts[name] * discount.charge.percent / 100
        return
    left = Decimal(0) if discount.charge.amount is None else discount.charge.amount.amount * discount.times
    for name in targets:
        taken = min(left, amounts[name])
        amounts[name] -= taken
        left -= taken


def _on_first(price: Price, amount: Decimal) -> Decimal | None:
    if price.type in (PriceType.ONE_TIME, PriceType.DEPOSIT):
        return amount if price.after is None else None
    advance = price.type is PriceType.RECURRING and price.charged == "inAdvance" and price.after is None
    return amount if advance else None


def _steady(price: Price, amount: Decimal) -> Decimal | None:
    if price.type is not PriceType.RECURRING or price.every is None:
        return None
    return amount / _months(price.every)


def _in_month(price: Price, amount: Decimal, month: int) -> Decimal | None:
    """What one month of a commitment costs; what is charged each three months counts in the first of them."""
    begin = _whole(price.after)
    if price.type is PriceType.ONE_TIME:
        return amount if month == begin else None
    if price.type is not PriceType.RECURRING or price.every is None or not _is_alive(price, month):
        return None
    if price.every.months is None:
        return amount / _months(price.every)
    return amount if (month - begin) % price.every.months == 0 else None


def _is_alive(price: Price, month: int) -> bool:
    begin = _whole(price.after)
    return begin <= month and (price.for_ is None or month < begin + _whole(price.for_))


def _months(period: Duration) -> Decimal:
    return Decimal(period.months) if period.months else period.amount * MONTHS[period.unit]


def _whole(period: Duration | None) -> int:
    """A period in months, the last one begun counted whole."""
    if period is None:
        return 0
    return period.months if period.months is not None else ceil(period.amount * MONTHS[period.unit])
