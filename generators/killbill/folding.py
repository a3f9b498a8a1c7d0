"""What always comes together with a plan and therefore stands in it: one fee, charges by use, and what of these is included."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tmfkit.api import Note, PriceType, ProductOffering, SinglePrice, Status, together

from .model import Folded, Unsayable
from .stock import Link, Stock
from .usages import dimensions_of, fits, is_metered, usage_of

Cell = tuple[tuple[str, str], ...]
"""What is chosen, subject by subject."""

Place = tuple[str, Cell]
"""A cell of the price with this name."""

Cells = Mapping[Cell, tuple[SinglePrice, ...]]
"""The single prices of one price by their cells; those of a cell are its tiers or its dimensions of usage."""


@dataclass(frozen=True, slots=True)
class Folding:
    """What comes with each cell of the main prices, the names of the prices that need no plans of their own, and what is lost."""

    by_cell: Mapping[Place, Folded]
    names: frozenset[str]
    notes: tuple[Note, ...]


def folding_of(
    offering: ProductOffering,
    anchors: Sequence[str],
    cells: Mapping[str, Cells],
    held: Mapping[str, tuple[SinglePrice, ...]],
    stock: Stock,
    moment: datetime,
) -> Folding:
    """What always comes together with the plans of the anchors: at most one fixed price, usages and allowances."""
    places = {(anchor, cell): singles[0] for anchor in anchors for cell, singles in cells[anchor].items()}
    others = {name: rows for name, rows in cells.items() if name not in anchors}
    metered = {
        name: found for name, rows in others.items() if is_metered(_first(rows)) and (found := _decisions(places, rows, stock, moment))
    }
    fees = ((name, _decisions(places, rows, stock, moment)) for name, rows in others.items() if _is_fee(rows, places, stock, moment))
    name, fee = next(((name, found) for name, found in fees if found), ("", {}))
    allowances = [singles[0] for singles in held.values() if singles[0].type is PriceType.ALLOWANCE]
    by_cell = {
        at: Folded(
            fixed=fee[at][0] if fee.get(at) else None,
            metered=tuple(found[at] for found in metered.values() if found[at]),
            allowances=tuple(one for one in allowances if _decided(place, {(): (one,)}, stock, moment)),
        )
        for at, place in places.items()
    }
    notes = tuple(_granted(allowances, by_cell, cells, stock))
    return Folding(by_cell, frozenset((*metered, *([name] if name else ()))), notes)


def _first(rows: Cells) -> SinglePrice:
    return next(iter(rows.values()))[0]


def _is_fee(rows: Cells, places: Mapping[Place, SinglePrice], stock: Stock, moment: datetime) -> bool:
    """Whether a price is a plain fee that a plan can have in its first phase."""
    one = _first(rows)
    terms = one.terms
    plain = one.type is PriceType.ONE_TIME and is_at_sale(one) and terms.count is None and terms.after is None and one.tier is None
    if not plain or any(is_metered(place) or place.type is not PriceType.RECURRING for place in places.values()):
        return False
    return not any(discounts_on(one.offering.id, one.name, chain, stock, moment, "new") for chain in stock.around(one.offering.id))


def _decisions(places: Mapping[Place, SinglePrice], rows: Cells, stock: Stock, moment: datetime) -> dict[Place, tuple[SinglePrice, ...]]:
    """Which cell of a price comes with each place; nothing where that depends on more, or where none ever does."""
    found: dict[Place, tuple[SinglePrice, ...]] = {}
    for at, place in places.items():
        decided = _decided(place, rows, stock, moment)
        if decided is None:
            return {}
        found[at] = decided
    return found if any(found.values()) else {}


def _decided(place: SinglePrice, rows: Cells, stock: Stock, moment: datetime) -> tuple[SinglePrice, ...] | None:
    """The cell that always comes with a place, none where no cell ever does; None where that depends on more than the place."""
    firsts = {singles[0].id: singles for singles in rows.values()}
    held = together(place, [singles[0] for singles in rows.values()], stock.catalog, moment)
    if held is None or len(held) != 1:
        return None
    return firsts[held[0].others[0].id] if held[0].others else ()


def _granted(
    allowances: Sequence[SinglePrice], by_cell: Mapping[Place, Folded], cells: Mapping[str, Cells], stock: Stock
) -> Iterator[Note]:
    """What becomes of each allowance."""
    for one in allowances:
        places = [(place, folded) for place, folded in by_cell.items() if any(one is other for other in folded.allowances)]
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
    for tiers, whole in groups_of((*folded.metered, anchor), stock):
        if tiers[0].terms.usage == allowance.terms.usage:
            try:
                reasons.append(fits(allowance, usage_of(tiers, whole, (), stock.catalog), tiers, stock.catalog))
            except Unsayable as error:
                reasons.append(error.words)
    return "" if "" in reasons or not reasons else reasons[0]


def groups_of(
    metered: Iterable[tuple[SinglePrice, ...]], stock: Stock
) -> Iterator[tuple[tuple[SinglePrice, ...], tuple[SinglePrice, ...]]]:
    """The single prices of usages, those of one unit together: they are its tiers. With them all of the same price."""
    for group in metered:
        found: dict[object, list[SinglePrice]] = defaultdict(list)
        for one in group:
            found[one.picks, dimensions_of(one, stock.catalog)].append(one)
        yield from ((tuple(rows), group) for rows in found.values())


def is_at_sale(single: SinglePrice) -> bool:
    """Whether a price is paid from the sale on, rather than for a change or the end."""
    actions = single.terms.when.values("action")
    return not actions or "add" in actions


def discounts_on(offering: str, price: str, chain: Sequence[Link], stock: Stock, moment: datetime, cohort: str) -> tuple[SinglePrice, ...]:
    """The discounts on a price of an offering, its own first and then those of the bundles around it, outwards."""
    found: list[SinglePrice] = []
    for owner in (offering, *(link.bundle for link in chain)):
        inside = {offering} if owner == offering else {offering, *(link.role for link in chain[:1] if link.bundle == owner)}
        wanted = {f"{place}/{price}" for place in inside} | ({price} if owner == offering else set())
        for singles in stock.in_force(owner, moment, cohort).values():
            if singles[0].type is PriceType.DISCOUNT and wanted.intersection(singles[0].terms.reduces):
                found += singles
    return tuple(found)


def said(error: Unsayable) -> Note:
    """What a price lost, in the words of the loss report."""
    return _note(error.single, Status.DROPPED, error.words)


def _note(single: SinglePrice, status: Status, words: str) -> Note:
    return Note(status, single.offering.key, ("prices", single.name), single.type.value, words)
