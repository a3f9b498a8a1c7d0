"""Turns the prices of an offering into plans: one for each cell of its tables and each set of discounts that a customer can have."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from tmfkit.api import Combination, Note, PriceType, ProductOffering, SinglePrice, Status, together

from .model import UNLIMITED, Charge, Folded, Name, Phase, Plan, Unsayable, Usage
from .phases import once, period_of, phases_of
from .stock import CHARGED, Link, Stock
from .usages import cell_of, dimensions_of, fits, is_metered, usage_of, word_of

MOST_PLANS = 2000
"""How many plans an offering may become at one moment."""

TOO_MANY = f"it would need more than {MOST_PLANS:,} plans: its conditions and discounts can be combined in too many ways"

Cells = Mapping[tuple[tuple[str, str], ...], tuple[SinglePrice, ...]]
"""The single prices of one price by their cells; those of a cell are its tiers or its dimensions of usage."""


def plans_of(offering: ProductOffering, stock: Stock, moment: datetime, cohort: str) -> Iterator[Plan | Note]:
    """The plans of an offering for customers of a cohort, and which of its prices cannot be said and why."""
    held = stock.in_force(offering.id, moment, cohort)
    cells = {name: _cells(singles, stock) for name, singles in held.items() if singles[0].type in CHARGED}
    anchors = _anchors(cells, stock, moment)
    folded = _folded(offering, anchors, cells, held, stock, moment)
    found: list[Plan] = []
    for name, rows in cells.items():
        if name in folded.names:
            continue
        product = (offering.id,) if name in anchors else (offering.id, name, _kind(rows))
        try:
            for plan in _of_price(name, rows, product, folded if name in anchors else None, stock, moment, cohort):
                found += [plan] if isinstance(plan, Plan) else []
                if isinstance(plan, Note):
                    yield plan
                if len(found) > MOST_PLANS:
                    raise Unsayable(rows[next(iter(rows))][0], TOO_MANY)
        except Unsayable as error:
            yield said(error)
            found = [plan for plan in found if plan.product != product or plan.anchor.name != name]
    yield from found
    yield from folded.notes


class _Folding:
    """What comes together with each cell of the anchors, and the names of the prices that therefore need no plans of their own."""

    def __init__(self) -> None:
        self.by_cell: dict[tuple[str, tuple[tuple[str, str], ...]], Folded] = {}
        self.names: set[str] = set()
        self.notes: list[Note] = []


def said(error: Unsayable) -> Note:
    """What a price lost, in the words of the loss report."""
    return _note(error.single, Status.DROPPED, error.words)


def _note(single: SinglePrice, status: Status, words: str) -> Note:
    return Note(status, single.offering.key, ("prices", single.name), single.type.value, words)


def _cells(singles: Iterable[SinglePrice], stock: Stock) -> Cells:
    found: dict[tuple[tuple[str, str], ...], list[SinglePrice]] = defaultdict(list)
    for one in singles:
        tier = () if one.tier is None or is_metered(one) else (("tier", one.id.rpartition(".")[2]),)
        found[(*cell_of(one, stock.catalog), *tier)].append(one)
    return {cell: tuple(rows) for cell, rows in found.items()}


def _kind(rows: Cells) -> str:
    first = next(iter(rows.values()))[0]
    return "standalone" if first.type in (PriceType.PENALTY, PriceType.DEPOSIT) or not _at_sale(first) else "addon"


def _at_sale(single: SinglePrice) -> bool:
    """Whether a price is paid from the sale on, rather than for a change or the end."""
    actions = single.terms.when.values("action")
    return not actions or "add" in actions


def _anchors(cells: Mapping[str, Cells], stock: Stock, moment: datetime) -> list[str]:
    """The prices that are the product itself: the first one, and those that nobody pays beside it."""
    firsts = {name: next(iter(rows.values()))[0] for name, rows in cells.items()}
    sold = [
        name for name, one in firsts.items() if one.type in (PriceType.RECURRING, PriceType.ONE_TIME, PriceType.USAGE) and _at_sale(one)
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


def _folded(
    offering: ProductOffering,
    anchors: Sequence[str],
    cells: Mapping[str, Cells],
    held: Mapping[str, tuple[SinglePrice, ...]],
    stock: Stock,
    moment: datetime,
) -> _Folding:
    """What always comes together with the plans of the anchors: at most one fixed price, usages and allowances."""
    found = _Folding()
    places = [(anchor, cell, singles[0]) for anchor in anchors for cell, singles in cells[anchor].items()]
    fixed: dict[tuple[str, tuple[tuple[str, str], ...]], SinglePrice] = {}
    metered: dict[tuple[str, tuple[tuple[str, str], ...]], list[tuple[SinglePrice, ...]]] = defaultdict(list)
    for name, rows in cells.items():
        first = next(iter(rows.values()))[0]
        if name in anchors or not (is_metered(first) or (_is_plain_fee(first) and not fixed)):
            continue
        if not is_metered(first) and _discounts(offering.id, name, (), stock, moment, "new"):
            continue
        decided = [_decided(place, rows, stock, moment) for _, _, place in places]
        if not decided or any(one is None for one in decided) or not any(decided):
            continue
        if not is_metered(first) and any(cells[anchor][cell][0].type is not PriceType.RECURRING for anchor, cell, _ in places):
            continue
        found.names.add(name)
        for (anchor, cell, _), one in zip(places, decided, strict=True):
            if one and is_metered(first):
                metered[anchor, cell].append(one)
            elif one:
                fixed[anchor, cell] = one[0]
    allowances = [singles[0] for singles in held.values() if singles[0].type is PriceType.ALLOWANCE]
    for anchor, cell, place in places:
        own = [one for one in allowances if _decided(place, {(): (one,)}, stock, moment)]
        found.by_cell[anchor, cell] = Folded(fixed.get((anchor, cell)), tuple(metered[anchor, cell]), tuple(own))
    found.notes += _granted(allowances, found, cells, stock)
    return found


def _is_plain_fee(single: SinglePrice) -> bool:
    terms = single.terms
    return single.type is PriceType.ONE_TIME and _at_sale(single) and terms.count is None and terms.after is None and single.tier is None


def _decided(place: SinglePrice, rows: Cells, stock: Stock, moment: datetime) -> tuple[SinglePrice, ...] | None:
    """The cell that always comes with a place, none where no cell ever does; None where that depends on more than the place."""
    firsts = {singles[0].id: singles for singles in rows.values()}
    held = together(place, [singles[0] for singles in rows.values()], stock.catalog, moment)
    if held is None or len(held) != 1:
        return None
    return firsts[held[0].others[0].id] if held[0].others else ()


def _granted(allowances: Sequence[SinglePrice], folding: _Folding, cells: Mapping[str, Cells], stock: Stock) -> Iterator[Note]:
    """What becomes of each allowance."""
    for one in allowances:
        places = [(place, folded) for place, folded in folding.by_cell.items() if any(one is other for other in folded.allowances)]
        if one.terms.shared:
            words = "Kill Bill has no allowance that several subscriptions share: the charging system grants it"
            yield _note(one, Status.DROPPED, words)
        elif not any(single.terms.usage == one.terms.usage for rows in cells.values() for group in rows.values() for single in group):
            yield _note(
                one, Status.MAPPED, "nothing is charged beyond it, so there is nothing to bill: it stands in the list of allowances"
            )
        elif not places:
            yield _note(one, Status.DROPPED, "it does not come with the plan itself: the charging system grants it")
        else:
            reasons = [
                _refusal(one, cells[anchor][cell] if is_metered(cells[anchor][cell][0]) else (), folded, stock)
                for (anchor, cell), folded in places
            ]
            if any(reasons):
                yield _note(one, Status.DROPPED, next(filter(None, reasons)))


def _refusal(allowance: SinglePrice, anchor: tuple[SinglePrice, ...], folded: Folded, stock: Stock) -> str:
    """Why no usage of a plan can take an allowance; empty where one does."""
    reasons = []
    for tiers, whole in _groups((*folded.metered, anchor), stock):
        if tiers[0].terms.usage == allowance.terms.usage:
            try:
                reasons.append(fits(allowance, usage_of(tiers, whole, (), stock.catalog), tiers, stock.catalog))
            except Unsayable as error:
                reasons.append(error.words)
    return "" if "" in reasons or not reasons else reasons[0]


def _groups(metered: Iterable[tuple[SinglePrice, ...]], stock: Stock) -> Iterator[tuple[tuple[SinglePrice, ...], tuple[SinglePrice, ...]]]:
    """The single prices of usages, those of one unit together: they are its tiers. With them all of the same price."""
    for group in metered:
        found: dict[object, list[SinglePrice]] = defaultdict(list)
        for one in group:
            found[one.picks, dimensions_of(one, stock.catalog)].append(one)
        yield from ((tuple(rows), group) for rows in found.values())


def _usages(folded: Folded | None, own: tuple[SinglePrice, ...], stock: Stock) -> Iterator[Usage | Unsayable]:
    for tiers, whole in _groups((*((own,) if own else ()), *(folded.metered if folded else ())), stock):
        try:
            bare = usage_of(tiers, whole, (), stock.catalog)
            granted = folded.allowances if folded else ()
            same = [one for one in granted if one.terms.usage and one.terms.usage == tiers[0].terms.usage]
            yield usage_of(tiers, whole, [one for one in same if not fits(one, bare, tiers, stock.catalog)][:1], stock.catalog)
        except Unsayable as error:
            yield error


def _of_price(
    name: str, rows: Cells, product: Name, folding: _Folding | None, stock: Stock, moment: datetime, cohort: str
) -> Iterator[Plan | Note]:
    """The plans of one price: for each cell, alone and in each bundle, with each set of discounts."""
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
        for chain, one in _ways(name, singles[0], stock, moment, cohort):
            try:
                phases = _phases(singles[0], one.others, folded, usages)
                yield _plan(singles[0], cell, product, phases, chain, one.others, stock, moment, one.channels)
            except Unsayable as error:
                yield said(error)
        yield from _for_nothing(cell, singles[0], product, usages, stock, moment)


def _ways(name: str, single: SinglePrice, stock: Stock, moment: datetime, cohort: str) -> Iterator[tuple[tuple[Link, ...], Combination]]:
    """Every set of discounts that can reduce a price, by the bundles around it; a bundle that changes nothing is left out."""
    for chain in stock.around(single.offering.id):
        offered = _discounts(single.offering.id, name, chain, stock, moment, cohort)
        if chain and not any(one.offering.id == chain[-1].bundle for one in offered):
            continue
        found = together(single, offered, stock.catalog, moment)
        if found is None:
            raise Unsayable(single, TOO_MANY)
        for one in found:
            if not chain or any(discount.offering.id == chain[-1].bundle for discount in one.others):
                yield chain, one


def _discounts(offering: str, price: str, chain: Sequence[Link], stock: Stock, moment: datetime, cohort: str) -> tuple[SinglePrice, ...]:
    """The discounts on a price of an offering, its own first and then those of the bundles around it, outwards."""
    found: list[SinglePrice] = []
    for owner in (offering, *(link.bundle for link in chain)):
        inside = {offering} if owner == offering else {offering, *(link.role for link in chain[:1] if link.bundle == owner)}
        wanted = {f"{place}/{price}" for place in inside} | ({price} if owner == offering else set())
        for singles in stock.in_force(owner, moment, cohort).values():
            if singles[0].type is PriceType.DISCOUNT and wanted.intersection(singles[0].terms.reduces):
                found += singles
    return tuple(found)


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


def _for_nothing(
    cell: tuple[tuple[str, str], ...], single: SinglePrice, product: Name, usages: Sequence[Usage], stock: Stock, moment: datetime
) -> Iterator[Plan]:
    """A plan at no price for each bundle that makes members of a group free."""
    if single.type is not PriceType.RECURRING or len(product) > 1:
        return
    for link in stock.parents.get(single.offering.id, ()):
        if stock.offerings[link.bundle].bundle[link.role].included:
            free = Phase("EVERGREEN", recurring=single.money.amount * 0, currency=single.money.currency) if single.money else None
            if free is not None:
                phase = replace(free, usages=tuple(usages), charges=(Charge("recurring", single, listed=False),))
                plan = _plan(single, cell, product, (phase,), (link,), (), stock, moment)
                yield replace(plan, name=(*plan.name, link.bundle, "included"))


def _plan(
    single: SinglePrice,
    cell: tuple[tuple[str, str], ...],
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
        closed=not stock.on_sale(offering, moment),
        allowed=UNLIMITED if single.terms.count is not None else None,
    )


def _discount_words(discount: SinglePrice, offering: str) -> Iterator[str]:
    if discount.offering.id != offering:
        yield discount.offering.id
    yield discount.name
    yield from (word_of(pick.key) for pick in discount.picks)
