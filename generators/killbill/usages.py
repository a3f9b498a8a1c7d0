"""What is charged by use or by number, as usages in arrears: units, blocks and tiers, with what is included as a first tier for nothing."""

from collections.abc import Sequence
from decimal import Decimal

from tmfkit.api import Catalog, PriceType, Quantity, SinglePrice

from .model import UNLIMITED, Charge, Name, Tier, Unit, Unsayable, Usage
from .phases import money_of, period_of, tidy

_FINEST = Decimal("0.000000001")
"""Amounts have at most nine decimals in Kill Bill's tables."""


def is_metered(single: SinglePrice) -> bool:
    """Whether a price is billed by a number that is only known afterwards: use, or a number that chooses a tier each month."""
    return single.type is PriceType.USAGE or (single.type is PriceType.RECURRING and single.tier is not None)


def dimensions_of(single: SinglePrice, catalog: Catalog) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The values of each dimension that a price is for, as far as it does not hold for all of them."""
    metered = catalog.vocabulary.usage.get(single.terms.usage or "")
    found = []
    for name, values in metered.dimensions.items() if metered is not None else ():
        left = [value for value in values if _holds(single, name, value)]
        if len(left) < len(values):
            found.append((name, tuple(left)))
    return tuple(found)


def _holds(single: SinglePrice, dimension: str, value: str) -> bool:
    wanted, refused = single.terms.when.values(dimension), single.terms.unless
    if wanted and value not in wanted:
        return False
    if refused.subjects == (dimension,) and value in refused.values(dimension):
        return False
    picks = (pick for pick in single.picks if pick.subject == dimension)
    return all(value == pick.key or (pick.key == "else" and value not in pick.rest) for pick in picks)


def cell_of(single: SinglePrice, catalog: Catalog) -> tuple[tuple[str, str], ...]:
    """What the cell of a price says of the choices of a customer: a dimension of usage is none."""
    metered = catalog.vocabulary.usage.get(single.terms.usage or "")
    return tuple((pick.subject, pick.key) for pick in single.picks if metered is None or pick.subject not in metered.dimensions)


def usage_of(tiers: Sequence[SinglePrice], whole: Sequence[SinglePrice], allowances: Sequence[SinglePrice], catalog: Catalog) -> Usage:
    """The usage that the tiers of one price make, or its only amount. `whole` are all cells of that price, `allowances` are included."""
    first = tiers[0]
    measured, size = _block(whole)
    unit = _unit(first, measured, catalog)
    free = [_included(one, unit, size, first) for one in allowances]
    charges = [Charge("allowance", one, False, usage=unit.name) for one in allowances]
    charges += [
        Charge("usage", one, usage=unit.name, tier=index, per=_per(one, measured)) for index, one in enumerate(tiers, len(allowances))
    ]
    paid = [Tier(_most(one, measured, size), _amount(one, measured, size)) for one in tiers]
    policy = "TOP_TIER" if first.terms.tier_mode == "volume" and first.tier is not None else "ALL_TIERS"
    currency = first.money.currency if first.money else ""
    period = period_of(first, first.terms.every)
    return Usage((first.name, *_cell_words(first), *_words(unit)), unit, period, policy, size, currency, (*free, *paid), tuple(charges))


def fits(allowance: SinglePrice, usage: Usage, tiers: Sequence[SinglePrice], catalog: Catalog) -> str:
    """Why an allowance cannot be a first tier of a usage; empty where it can."""
    if allowance.terms.shared:
        return "Kill Bill has no allowance that several subscriptions share: the charging system grants it"
    if dimensions_of(allowance, catalog) != usage.unit.dimensions:
        return "it covers several prices, and the tiers of Kill Bill are each of one unit: the charging system grants it"
    if usage.policy == "TOP_TIER" and len(tiers) > 1:
        return "the last tier reached decides the price of all that is used, what is included too"
    if allowance.terms.every is not None and period_of(allowance, allowance.terms.every) != usage.period:
        return f"it is granted every {allowance.terms.every}, and use is billed {usage.period.lower()}"
    quantity = allowance.terms.quantity
    if quantity is None or _in(quantity, usage.unit.measured) % usage.size:
        return "it is no whole number of the blocks in which use is charged"
    return ""


def _included(one: SinglePrice, unit: Unit, size: Decimal, owner: SinglePrice) -> Tier:
    if one.terms.quantity is None:
        raise Unsayable(owner, "it says no quantity")
    return Tier(_in(one.terms.quantity, unit.measured) / size, Decimal(0))


def _block(tiers: Sequence[SinglePrice]) -> tuple[str, Decimal]:
    """In what is measured, and how much a block is: a step of rounding where its price is exact, else what the amount is for.

    Kill Bill charges whole blocks and divides by the whole part of their size.
    """
    first = tiers[0]
    per, step = first.terms.per, first.terms.increment
    finer = isinstance(per, Quantity) and step is not None and step.dimension == per.dimension and step.base < per.base
    if finer and isinstance(per, Quantity) and step is not None and _is_whole(step.amount):
        parts = [money_of(one) * step.base / per.base for one in tiers]
        if all(part == part.quantize(_FINEST) for part in parts):
            return step.unit, step.amount
    if per is None:
        return "", Decimal(1)
    amount = per.amount if isinstance(per, Quantity) else per
    if not _is_whole(amount):
        raise Unsayable(first, f"Kill Bill counts whole units, and {per} are none: write the amount for a smaller unit")
    return (per.unit if isinstance(per, Quantity) else ""), amount


def _is_whole(number: Decimal) -> bool:
    return number >= 1 and number == number.to_integral_value()


def _unit(single: SinglePrice, measured: str, catalog: Catalog) -> Unit:
    """What is counted; the name says in which measure where it is not that of the vocabulary."""
    usage = single.terms.usage
    if usage is None:
        return Unit(("number", single.offering.id, single.terms.count or single.name), "", single.terms.count or single.name)
    metered = catalog.vocabulary.usage.get(usage)
    usual = metered.unit if metered is not None else ""
    dimensions = dimensions_of(single, catalog)
    words = "-".join(
        (usage, *(value for _, values in dimensions for value in values), *([measured] if measured not in ("", usual) else []))
    )
    return Unit((words,), usage, measured or usual, dimensions)


def _per(single: SinglePrice, measured: str) -> Decimal:
    per = single.terms.per
    return Decimal(1) if per is None else _in(per, measured)


def _amount(single: SinglePrice, measured: str, size: Decimal) -> Decimal:
    if single.tier is not None and single.tier.flat is not None:
        raise Unsayable(single, "Kill Bill charges nothing once on entering a tier: make it a price of its own")
    amount, per = money_of(single), _per(single, measured)
    return amount if per == size else tidy(amount * size / per)


def _most(single: SinglePrice, measured: str, size: Decimal) -> Decimal:
    """How many blocks a tier holds: its own, not those of the tiers before it."""
    if single.tier is None or single.tier.up_to is None:
        return Decimal(UNLIMITED)
    begin = Decimal(0) if single.above is None else _in(single.above, measured)
    blocks = (_in(single.tier.up_to, measured) - begin) / size
    if blocks != blocks.to_integral_value():
        raise Unsayable(single, "a tier of Kill Bill holds whole blocks, and this one ends inside one")
    return blocks


def _in(measure: Quantity | Decimal, unit: str) -> Decimal:
    if isinstance(measure, Decimal):
        return measure
    return measure.to(unit).amount if unit else measure.amount


def _cell_words(single: SinglePrice) -> Name:
    return tuple(word_of(pick.key) for pick in single.picks)


def word_of(key: str) -> str:
    """The key of a cell in a name: `10-to-50` for the band `10..50`."""
    low, dots, high = key.partition("..")
    if not dots:
        return key
    return f"{low}-to-{high}" if low and high else f"from-{low}" if low else f"up-to-{high}"


def _words(unit: Unit) -> Name:
    return (unit.name[-1],)
