"""The prices of an offering in a situation that may leave things open: those that can hold, with what they still depend on."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from tmfkit.catalog import Catalog
from tmfkit.model.base import ALWAYS
from tmfkit.model.conditions import Condition
from tmfkit.model.prices import Price, Tier
from tmfkit.model.products import ProductOffering
from tmfkit.model.tables import Table
from tmfkit.model.values import Money
from tmfkit.semantics.configuration import Variable
from tmfkit.semantics.pricing import at, refusals, resolved
from tmfkit.semantics.situation import Situation, asks, left, spelling_of
from tmfkit.semantics.tables import Keys, tree_of


class Row(NamedTuple):
    """A cell of a price table: its keys, and the amount; None closes the combination."""

    keys: tuple[str, ...]
    amount: Money | None


@dataclass(frozen=True, slots=True)
class Quote:
    """A price that can hold. `when` and `unless` are what it still depends on; one of `amount`, `percent`, `rows` and `tiers` is given."""

    name: str
    price: Price
    when: Condition
    unless: tuple[Condition, ...]
    amount: Money | None = None
    percent: Decimal | None = None
    rows: tuple[Row, ...] = ()
    tiers: tuple[Tier, ...] = ()


def quotes(offering: ProductOffering, catalog: Catalog, situation: Situation) -> Iterator[Quote]:
    """The prices of an offering that can hold, in the order written; those that surely do not are left out."""
    for name, written in offering.prices.items():
        price = resolved(written, catalog)
        if price is None or not (price.valid_for or ALWAYS).holds(situation.moment, catalog.zone):
            continue
        refused = refusals(written, catalog)
        subjects = (*price.when.subjects, *(subject for one in refused for subject in one.subjects), *price.by)
        asked = left(subjects, offering, catalog, situation, price.usage)
        if asks(price.when, asked, situation, catalog) is False:
            continue
        verdicts = [(one, asks(one, asked, situation, catalog)) for one in refused]
        if any(said is True for _, said in verdicts):
            continue
        depends = tuple(_open(one, situation) for one, said in verdicts if said is None)
        yield _quote(name, price, _open(price.when, situation), depends, asked, catalog, situation)


def _quote(
    name: str,
    price: Price,
    when: Condition,
    unless: tuple[Condition, ...],
    asked: dict[str, Variable],
    catalog: Catalog,
    situation: Situation,
) -> Quote:
    moment, cohort = situation.moment, situation.cohort
    table = at(price.table, moment, cohort, catalog)
    return Quote(
        name,
        price,
        when,
        unless,
        amount=at(price.amount, moment, cohort, catalog),
        percent=at(price.percent, moment, cohort, catalog),
        rows=() if table is None else tuple(_rows(table, price.by, asked, situation)),
        tiers=at(price.tiers, moment, cohort, catalog) or (),
    )


def _rows(table: Table[Money | None], by: tuple[str, ...], asked: dict[str, Variable], situation: Situation) -> Iterator[Row]:
    """The cells that what is known leaves."""
    start: tuple[str, ...] = ()
    reached = [(start, tree_of(table))]
    for name in by:
        known = spelling_of(name, asked, situation)
        reached = [
            ((*path, key), node.children[key])
            for path, node in reached
            for key in (node.children if known is None else Keys(node.children, asked.get(name)).matching(known))
        ]
    return (Row(path, cell.value) for path, node in reached for cell in node.cells)


def _open(condition: Condition, situation: Situation) -> Condition:
    """A condition without what is known to hold."""
    return Condition(tuple(clause for clause in condition.clauses if clause[0] not in situation.known and clause[0] != "ordered"))
