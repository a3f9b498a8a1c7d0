"""How long a plan costs how much: a price with its discounts over time as the phases of a plan."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from tmfkit.api import Duration, SinglePrice

from .model import Charge, Phase, Unsayable

_PERIODS = {
    ("MONTHS", 1): "MONTHLY",
    ("MONTHS", 2): "BIMESTRIAL",
    ("MONTHS", 3): "QUARTERLY",
    ("MONTHS", 4): "TRIANNUAL",
    ("MONTHS", 6): "BIANNUAL",
    ("MONTHS", 12): "ANNUAL",
    ("MONTHS", 18): "SESQUIENNIAL",
    ("MONTHS", 24): "BIENNIAL",
    ("MONTHS", 36): "TRIENNIAL",
    ("DAYS", 1): "DAILY",
    ("DAYS", 7): "WEEKLY",
    ("DAYS", 14): "BIWEEKLY",
    ("DAYS", 30): "THIRTY_DAYS",
    ("DAYS", 31): "THIRTY_ONE_DAYS",
    ("DAYS", 60): "SIXTY_DAYS",
    ("DAYS", 90): "NINETY_DAYS",
}
_UNITS = {"day": ("DAYS", 1), "week": ("DAYS", 7), "month": ("MONTHS", 1), "year": ("MONTHS", 12)}
_UNKNOWN = frozenset("BYN CLF MRU SLE SSP STN UYI UYW VED VES XCG ZWG".split())
"""The currencies of ISO 4217 that catalogs of Kill Bill 0.25 do not know."""

_FINEST = 9
"""Decimals that an amount has at most in Kill Bill's tables."""


class _Span(NamedTuple):
    """From when until when, in one unit; None is open."""

    begin: int
    end: int | None

    def holds(self, at: int) -> bool:
        return self.begin <= at and (self.end is None or at < self.end)


def period_of(single: SinglePrice, every: Duration | None) -> str:
    """The billing period of a price."""
    if every is None:
        return "MONTHLY"
    found = _PERIODS.get(_length(every, single))
    if found is None:
        raise Unsayable(single, f"Kill Bill has no billing period of {every}")
    return found


def money_of(single: SinglePrice) -> Decimal:
    """The amount of a single price."""
    if single.money is None:
        raise Unsayable(single, "it says no amount")
    if single.money.currency in _UNKNOWN:
        raise Unsayable(single, f"Kill Bill does not know the currency {single.money.currency}")
    if single.money.amount < 0:
        raise Unsayable(single, "Kill Bill takes no negative price: write a discount")
    return single.money.amount


def reduced(amount: Decimal, discounts: Sequence[SinglePrice]) -> Decimal:
    """What is left after discounts in their order, never less than nothing."""
    left = amount
    for one in discounts:
        if one.percent is not None:
            left -= left * one.percent / 100
        elif one.money is not None:
            left -= one.money.amount
        left = max(left, Decimal(0))
    if not discounts:
        return amount
    return tidy(left)


def tidy(amount: Decimal) -> Decimal:
    """A computed amount with as many decimals as it needs, two at least and nine at most."""
    exponent = amount.normalize().as_tuple().exponent
    decimals = max(2, -exponent) if isinstance(exponent, int) else 2
    return amount.quantize(Decimal(1).scaleb(-min(decimals, _FINEST)), ROUND_HALF_UP)


def phases_of(single: SinglePrice, discounts: Sequence[SinglePrice]) -> tuple[Phase, ...]:
    """The phases of a recurring price; each begins where the price or a discount begins or ends."""
    amount, currency = money_of(single), single.money.currency if single.money else ""
    unit = _unit(single, discounts)
    life = _span(single, single, unit)
    if life.end is None and (lasts := lasting(single)) is not None:
        life = _Span(life.begin, _number(lasts, single, unit))
    spans = {one.id: _span(one, one, unit) for one in discounts}
    ends = {end for span in spans.values() for end in (life.begin + span.begin, _later(life.begin, span.end)) if end is not None}
    cuts = sorted({0, life.begin, *(end for end in ends if life.end is None or end < life.end)})
    found: list[Phase] = []
    for index, begin in enumerate(cuts):
        end = cuts[index + 1] if index + 1 < len(cuts) else life.end
        holding = tuple(one for one in discounts if spans[one.id].holds(begin - life.begin))
        is_paid = begin >= life.begin
        charge = Charge("recurring", single, is_paid and not holding, holding)
        cost = reduced(amount, holding) if is_paid else Decimal(0)
        found.append(Phase("", unit if end is not None else "UNLIMITED", _less(end, begin), None, cost, currency, (), (charge,)))
    return _typed(found, discounts[-1] if discounts else single)


def _typed(phases: Sequence[Phase], last: SinglePrice) -> tuple[Phase, ...]:
    """Each phase with its type. A plan has a type once at most: the name of a phase is that of the plan and its type."""
    final = "EVERGREEN" if phases[-1].number is None else "FIXEDTERM"
    free = ["TRIAL"] if phases[0].recurring == 0 else []
    types = [*free, "DISCOUNT", *(["FIXEDTERM"] if final == "EVERGREEN" else [])]
    if len(phases) - 1 > len(types):
        raise Unsayable(last, f"a plan of Kill Bill has at most {len(types)} phases before its last one, and here are {len(phases) - 1}")
    named = [*types[: len(phases) - 1], final]
    return tuple(
        Phase(type, one.unit, one.number, one.fixed, one.recurring, one.currency, one.usages, one.charges)
        for type, one in zip(named, phases, strict=True)
    )


def once(single: SinglePrice, discounts: Sequence[SinglePrice]) -> Phase:
    """The only phase of what is paid once; it ends by itself."""
    amount, currency = reduced(money_of(single), discounts), single.money.currency if single.money else ""
    lasts = lasting(single)
    unit, number = ("DAYS", 1) if lasts is None else _length(lasts, single)
    return Phase("FIXEDTERM", unit, number, amount, None, currency, (), (Charge("fixed", single, not discounts, tuple(discounts)),))


def lasting(single: SinglePrice) -> Duration | None:
    """How long the contract lasts, where the price is for one term that ends by itself."""
    terms = [single.offering.terms[name] for name in single.contract]
    return terms[0].lasts if len(terms) == 1 and terms[0].renews == "never" else None


def _unit(single: SinglePrice, discounts: Sequence[SinglePrice]) -> str:
    """Months or days: one unit for all lengths of a plan, or their order would depend on the month."""
    lasts = lasting(single)
    found: dict[str, SinglePrice] = {}
    for one in (single, *discounts):
        lengths = [one.terms.for_, one.terms.after, lasts if one is single and one.terms.for_ is None else None]
        for length in lengths:
            if length is not None and length.amount:
                found.setdefault(_length(length, one)[0], one)
    if len(found) > 1:
        raise Unsayable([*found.values()][-1], "phases of Kill Bill cannot mix months and days in one plan")
    return next(iter(found), "MONTHS")


def _span(single: SinglePrice, owner: SinglePrice, unit: str) -> _Span:
    begin = _number(single.terms.after, owner, unit) if single.terms.after is not None else 0
    return _Span(begin, begin + _number(single.terms.for_, owner, unit) if single.terms.for_ is not None else None)


def _number(length: Duration, single: SinglePrice, unit: str) -> int:
    found = _length(length, single) if length.amount else (unit, 0)
    return found[1]


def _length(length: Duration, single: SinglePrice) -> tuple[str, int]:
    if length.unit in _UNITS:
        unit, factor = _UNITS[length.unit]
        return unit, length.amount * factor
    if length.amount % 24:
        raise Unsayable(single, f"Kill Bill counts no hours, and {length} are no whole days")
    return "DAYS", length.amount // 24


def _later(begin: int, end: int | None) -> int | None:
    return None if end is None else begin + end


def _less(end: int | None, begin: int) -> int | None:
    return None if end is None else end - begin
