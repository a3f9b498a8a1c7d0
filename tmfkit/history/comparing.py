"""Compares two states of a catalog, but for what cannot be understood in one of them."""

from dataclasses import dataclass

from tmfkit.diff.change import Change, Kind
from tmfkit.diff.compare import compare
from tmfkit.diff.consequences import Consequence, consequences, reached
from tmfkit.diff.prices import PriceChange, price_changes
from tmfkit.diff.sellable import SaleChange, sale_changes
from tmfkit.history.states import History
from tmfkit.model.base import Key


@dataclass(frozen=True)
class Comparison:
    """All that is to say about two states: what changes, what that reaches, what is sold from now on or no more, and what it costs."""

    changes: tuple[Change, ...]
    consequences: tuple[Consequence, ...]
    sales: tuple[SaleChange, ...]
    prices: tuple[PriceChange, ...]


def compared(history: History) -> Comparison:
    """Compares two states, but for the entities that are left out, and for prices and sales of what is made of these."""
    before, after = history.before.catalog.value, history.after.catalog.value
    silent = frozenset(history.left_out)
    changes = tuple(change for change in compare(before, after) if not _entities(change) & silent)
    doubtful = silent.union(*(reached(key, catalog) for catalog in (before, after) for key in silent if key in catalog.summaries))
    sales = tuple(row for row in sale_changes(changes, before, after) if row.key not in doubtful)
    prices = tuple(row for row in price_changes(changes, before, after) if row.offering not in doubtful)
    return Comparison(changes, consequences(changes, before, after), sales, prices)


def _entities(change: Change) -> frozenset[Key]:
    """What a change is about: for a likely new name, also the entity of the old one."""
    old = (Key(change.key.kind, change.before),) if change.kind in (Kind.RENAMED, Kind.SUGGESTED) else ()
    return frozenset((change.key, *old))
