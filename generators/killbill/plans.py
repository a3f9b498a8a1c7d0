"""Turns the prices of an offering into plans: one for each cell of its tables and each set of discounts that a customer can have."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice

from tmfkit.api import Combination, Note, PriceType, ProductOffering, SinglePrice, together

from .carried import INCLUDED
from .folding import Cell, Cells, Folding, discounts_on, folding_of, groups_of, is_at_sale, said
from .model import UNLIMITED, Charge, Folded, Name, Phase, Plan, Unsayable, Usage
from .phases import once, period_of, phases_of
from .stock import CHARGED, Link, Stock
from .usages import cell_of, fits, is_metered, usage_of, word_of

MOST_PLANS = 2000
"""How many plans an offering may become at one moment."""

TOO_MANY = f"it would need more than {MOST_PLANS:,} plans: its cells, conditions and discounts can be combined in too many ways"


def plans_of(offering: ProductOffering, stock: Stock, moment: datetime, cohort: str) -> Iterator[Plan | Note]:
    """The plans of an offering for customers of a cohort, and which of its prices cannot be said and why."""
    held = stock.in_force(offering.id, moment, cohort)
    cells = {name: _cells(singles, stock) for name, singles in held.items() if singles[0].type in CHARGED}
    anchors = _anchors(cells, stock, moment)
    folded = folding_of(offering, anchors, cells, held, stock, moment)
    yield from folded.notes
    number = 0
    for name, rows in cells.items():
        if name in folded.names:
            continue
        product = (offering.id,) if name in anchors else (offering.id, name, _kind(rows))
        try:
            made = _of_price(name, rows, product, folded if name in anchors else None, stock, moment, cohort)
            few = list(islice(made, MOST_PLANS - number + 1))
            number += len(few)
            if number > MOST_PLANS:
                raise Unsayable(rows[next(iter(rows))][0], TOO_MANY)
            yield from few
        except Unsayable as error:
            yield said(error)


def _cells(singles: Iterable[SinglePrice], stock: Stock) -> Cells:
    found: dict[Cell, list[SinglePrice]] = defaultdict(list)
    for one in singles:
        tier = () if one.tier is None or is_metered(one) else (("tier", one.id.rpartition(".")[2]),)
        found[(*cell_of(one, stock.catalog), *tier)].append(one)
    return {cell: tuple(rows) for cell, rows in found.items()}


def _kind(rows: Cells) -> str:
    first = next(iter(rows.values()))[0]
    return "standalone" if first.type in (PriceType.PENALTY, PriceType.DEPOSIT) or not is_at_sale(first) else "addon"


def _anchors(cells: Mapping[str, Cells], stock: Stock, moment: datetime) -> list[str]:
    """The prices that are the product itself: the first one, and those that nobody pays beside it."""
    firsts = {name: next(iter(rows.values()))[0] for name, rows in cells.items()}
    sold = [
        name for name, one in firsts.items() if one.type in (PriceType.RECURRING, PriceType.ONE_TIME, PriceType.USAGE) and is_at_sale(one)
    ]
    order = sorted(sold, key=lambda name: _rank(firsts[name]))
    found = order[:1]
    for name in order[1:]:
        plain = not is_metered(firsts[name]) and "ordered" not in firsts[name].terms.when.subjects
        if plain and all(_never_beside(cells[other], cells[name], stock, moment) for other in found):
            found.append(name)
    return found


def _rank(single: SinglePrice) -> int:
    if single.type is PriceType.RECURRING:
        return 1 if is_metered(single) else 0
    return 2 if single.type is PriceType.USAGE else 3


def _never_beside(cells: Cells, others: Cells, stock: Stock, moment: datetime) -> bool:
    rows = [singles[0] for singles in others.values()]
    for singles in cells.values():
        held = together(singles[0], rows, stock.catalog, moment)
        if held is None or any(one.others for one in held):
            return False
    return True


def _usages(folded: Folded | None, own: tuple[SinglePrice, ...], stock: Stock) -> Iterator[Usage | Unsayable]:
    for tiers, whole in groups_of((*((own,) if own else ()), *(folded.metered if folded else ())), stock):
        try:
            bare = usage_of(tiers, whole, (), stock.catalog)
            granted = folded.allowances if folded else ()
            same = [one for one in granted if one.terms.usage and one.terms.usage == tiers[0].terms.usage]
            yield usage_of(tiers, whole, [one for one in same if not fits(one, bare, tiers, stock.catalog)][:1], stock.catalog)
        except Unsayable as error:
            yield error


def _of_price(
    name: str, rows: Cells, product: Name, folding: Folding | None, stock: Stock, moment: datetime, cohort: str
) -> Iterator[Plan | Note]:
    """The plans of one price: for each cell, alone and in each bundle, with each set of discounts."""
    id = next(iter(rows.values()))[0].offering.id
    reductions = [(chain, discounts_on(id, name, chain, stock, moment, cohort)) for chain in stock.around(id)]
    for cell, singles in rows.items():
        folded = folding.by_cell.get((name, cell)) if folding else None
        usages: list[Usage] = []
        for usage in _usages(folded, singles if is_metered(singles[0]) else (), stock):
            if isinstance(usage, Unsayable):
                yield said(usage)
            else:
                usages.append(usage)
        if is_metered(singles[0]):
            if usages:
                yield _plan(singles[0], cell, product, (Phase("EVERGREEN", usages=tuple(usages)),), (), (), stock, moment)
            continue
        for chain, one in _ways(singles[0], reductions, stock, moment):
            phases, discounts, lost = _sayable(singles[0], one.others, folded, usages)
            yield from lost
            yield _plan(singles[0], cell, product, phases, chain, discounts, stock, moment, one.channels)
        yield from _for_nothing(cell, singles[0], product, usages, stock, moment)


def _ways(
    single: SinglePrice, reductions: Sequence[tuple[tuple[Link, ...], tuple[SinglePrice, ...]]], stock: Stock, moment: datetime
) -> Iterator[tuple[tuple[Link, ...], Combination]]:
    """Every set of discounts that can reduce a price, by the bundles around it; a bundle that changes nothing is left out."""
    for chain, offered in reductions:
        if chain and not any(one.offering.id == chain[-1].bundle for one in offered):
            continue
        found = together(single, offered, stock.catalog, moment)
        if found is None:
            raise Unsayable(single, TOO_MANY)
        for one in found:
            if not chain or any(discount.offering.id == chain[-1].bundle for discount in one.others):
                yield chain, one


def _sayable(
    single: SinglePrice, discounts: tuple[SinglePrice, ...], folded: Folded | None, usages: Sequence[Usage]
) -> tuple[tuple[Phase, ...], tuple[SinglePrice, ...], list[Note]]:
    """The phases with as many of the discounts as Kill Bill has words for, and what is lost."""
    left = discounts
    lost: list[Note] = []
    while True:
        try:
            return _phases(single, left, folded, usages), left, lost
        except Unsayable as error:
            fewer = tuple(one for one in left if one is not error.single)
            if len(fewer) == len(left):
                raise
            left = fewer
            lost.append(said(error))


def _phases(single: SinglePrice, discounts: Sequence[SinglePrice], folded: Folded | None, usages: Sequence[Usage]) -> tuple[Phase, ...]:
    if single.type is not PriceType.RECURRING:
        return (_used(once(single, discounts), usages),)
    period_of(single, single.terms.every)
    phases = [_used(phase, usages) for phase in phases_of(single, discounts)]
    if folded is not None and folded.fixed is not None:
        fee = once(folded.fixed, ())
        if fee.currency != phases[0].currency:
            raise Unsayable(folded.fixed, "it is in another currency than the plan that it comes with")
        phases[0] = replace(phases[0], fixed=fee.fixed, charges=(*phases[0].charges, *fee.charges))
    return tuple(phases)


def _used(phase: Phase, usages: Sequence[Usage]) -> Phase:
    return replace(phase, usages=tuple(usages))


def _for_nothing(cell: Cell, single: SinglePrice, product: Name, usages: Sequence[Usage], stock: Stock, moment: datetime) -> Iterator[Plan]:
    """A plan at no price for each bundle that makes members of a group free."""
    if single.type is not PriceType.RECURRING or len(product) > 1:
        return
    for link in stock.parents.get(single.offering.id, ()):
        if stock.offerings[link.bundle].bundle[link.role].included:
            free = Phase("EVERGREEN", recurring=single.money.amount * 0, currency=single.money.currency) if single.money else None
            if free is not None:
                phase = replace(free, usages=tuple(usages), charges=(Charge("recurring", single, listed=False),))
                plan = _plan(single, cell, product, (phase,), (link,), (), stock, moment)
                yield replace(plan, name=(*plan.name, link.bundle, INCLUDED))


def _plan(
    single: SinglePrice,
    cell: Cell,
    product: Name,
    phases: tuple[Phase, ...],
    chain: tuple[Link, ...],
    discounts: tuple[SinglePrice, ...],
    stock: Stock,
    moment: datetime,
    channels: tuple[str, ...] = (),
) -> Plan:
    offering = stock.offerings[single.offering.id]
    reasons = [word for one in discounts for word in _discount_words(one, offering.id)]
    sold = channels or single.channels
    everywhere = set(sold) >= set(stock.channels(offering))
    metered = is_metered(single) or single.type is not PriceType.RECURRING
    return Plan(
        name=(offering.id, single.name, *(word_of(key) for _, key in cell), *reasons),
        product=product,
        offering=offering,
        anchor=single,
        phases=phases,
        period="" if metered else period_of(single, single.terms.every),
        mode="IN_ARREAR" if single.terms.charged == "inArrears" else "IN_ADVANCE",
        around=tuple(link.bundle for link in chain),
        discounts=discounts,
        lists=() if everywhere else tuple(sold),
        closed=not (stock.on_sale(offering, moment) and stock.is_ordered(single, moment)),
        allowed=UNLIMITED if single.terms.count is not None and not is_metered(single) else None,
    )


def _discount_words(discount: SinglePrice, offering: str) -> Iterator[str]:
    if discount.offering.id != offering:
        yield discount.offering.id
    yield discount.name
    yield from (word_of(pick.key) for pick in discount.picks)
