"""The price tables of an offering beside the values of its variables: what several rules say about is looked at once."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple
from weakref import WeakKeyDictionary

from tmfkit.catalog import Catalog
from tmfkit.model.base import Key
from tmfkit.model.prices import Price
from tmfkit.model.products import ProductOffering
from tmfkit.rules.parts import knows_its_product, priced, step_path
from tmfkit.semantics.conditions import narrowed_by
from tmfkit.semantics.configuration import Variable, variables
from tmfkit.semantics.tables import Event, coverage
from tmfkit.source.document import Path


class Examined(NamedTuple):
    """One table with something to say about: the place of its rows, or of the `use` that brings it."""

    path: Path
    price: Price
    is_own: bool
    known: Mapping[str, Variable]
    events: tuple[Event, ...]

    def place(self, keys: Path) -> Path:
        """Where a row stands; the rows of a shared price are not this offering's."""
        return (*self.path, *keys) if self.is_own else self.path


_LAST: WeakKeyDictionary[Catalog, tuple[Key, tuple[Examined, ...]]] = WeakKeyDictionary()
"""The offering looked at last: the rules ask about one offering after the other."""


def examined(offering: ProductOffering, catalog: Catalog) -> tuple[Examined, ...]:
    """The price tables of an offering that do not meet the values of their variables."""
    last = _LAST.get(catalog)
    if last is None or last[0] != offering.key:
        last = (offering.key, tuple(_tables(offering, catalog)))
        _LAST[catalog] = last
    return last[1]


def _tables(offering: ProductOffering, catalog: Catalog) -> Iterator[Examined]:
    for name, written, price in priced(offering, catalog, "table"):
        if not knows_its_product(offering, catalog):
            return
        subjects = (*price.by, *price.when.subjects, *price.unless.subjects)
        known = narrowed_by(price.when, price.unless, variables(subjects, offering, catalog, price.usage))
        if any(not one.domain for one in known.values()):
            continue  # a condition that never holds has its own rule
        asked = {one: known[one] for one in price.by if one in known}
        for index, step in enumerate(price.table):
            events = tuple(coverage(step.is_, price.by, asked))
            if events:
                path = step_path(("prices", name), "table", price.table, index) if written.table else ("prices", name, "use")
                yield Examined(path, price, bool(written.table), known, events)
