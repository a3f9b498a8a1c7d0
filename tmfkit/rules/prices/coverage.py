"""Every combination that can be sold has exactly one cell in each price table.

A combination without a cell can be ordered and is then charged nothing, or stops in billing; one with two cells is charged by
whichever system looks first. The rule goes through the values that customers can choose (the characteristics as far as the
offering offers them, its terms, the numbers of its roles, the words of the vocabulary), respects `when` and the constraints of
the product, and names what is missing. `else` covers the rest, `not-sold` closes a combination on purpose.

Fails:
```yaml
kind: ProductSpecification
id: access
name: Access
characteristics:
  speed: {type: quantity, unit: Mbit/s, values: [100, 500]}
---
kind: ProductOffering
id: home
name: Home
product: access
lifecycle: Active
terms: {no-term: {}, 24-months: {commitment: 24 months}}
prices:
  monthly:
    type: recurring
    every: 1 month
    by: [speed, term]
    table:
      100: {no-term: 30.00 EUR, 24-months: 25.00 EUR}
      500: {24-months: 35.00 EUR}
```

Passes:
```yaml
kind: ProductSpecification
id: access
name: Access
characteristics:
  speed: {type: quantity, unit: Mbit/s, values: [100, 500]}
---
kind: ProductOffering
id: home
name: Home
product: access
lifecycle: Active
terms: {no-term: {}, 24-months: {commitment: 24 months}}
prices:
  monthly:
    type: recurring
    every: 1 month
    by: [speed, term]
    table:
      100: {no-term: 30.00 EUR, 24-months: 25.00 EUR}
      500: {no-term: not-sold, 24-months: 35.00 EUR}
```
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from tmfkit.catalog import Catalog
from tmfkit.model.characteristics import Constraint
from tmfkit.model.conditions import Condition
from tmfkit.model.products import ProductOffering, ProductSpecification
from tmfkit.rules.base import Finding, NeighbourRule
from tmfkit.rules.examined import Examined, examined
from tmfkit.semantics.conditions import verdict
from tmfkit.semantics.configuration import Variable, variables
from tmfkit.semantics.domains import Domain
from tmfkit.semantics.tables import Double, Gap, Piece
from tmfkit.source.document import Path

MOST_NAMED = 3
"""How many missing combinations of one table a message names."""


def check(offering: ProductOffering, catalog: Catalog) -> Iterator[Finding]:
    """Gaps and doubles of the price tables of an offering."""
    for table in examined(offering, catalog):
        events = [one for one in table.events if isinstance(one, Gap | Double)]
        yield from _findings(table, _sellable(events, offering, catalog, table))


def _findings(table: Examined, events: list[Gap | Double]) -> Iterator[Finding]:
    gaps: dict[Path, list[Gap]] = {}
    doubles: dict[Path, Double] = {}
    for one in events:
        if isinstance(one, Gap):
            gaps.setdefault(one.path, []).append(one)
        else:
            doubles.setdefault(one.path, one)
    for keys, missing in gaps.items():
        said = list(dict.fromkeys(_words(one.chosen) for one in missing))
        more = f", and {len(said) - MOST_NAMED} more" if len(said) > MOST_NAMED else ""
        message = f"the table has no price for {'; for '.join(said[:MOST_NAMED])}{more}"
        help = f"add the row, close it with `not-sold`, or cover the rest with `else` (the levels are {', '.join(table.price.by)})"
        yield Finding(table.place(keys), message, help, at_key=table.is_own)
    for keys, double in doubles.items():
        message = f"the table has more than one price for {_words(double.chosen)}"
        help = "keep one of the rows, or let one band end where the next begins"
        yield Finding(table.place(keys), message, help, at_key=table.is_own)


def _words(chosen: tuple[tuple[str, Piece], ...]) -> str:
    return ", ".join(f"{name} {piece.words}" for name, piece in chosen)


def _sellable(events: list[Gap | Double], offering: ProductOffering, catalog: Catalog, table: Examined) -> list[Gap | Double]:
    """Only what can be sold at all: the constraints of the product and the price's own `unless` exclude combinations."""
    product = catalog.get(ProductSpecification, offering.product) if events else None
    constraints = tuple(product.constraints.values()) if product is not None else ()
    price = table.price
    if not (price.unless or constraints):
        return events
    subjects = {subject for one in constraints for subject in (*one.when.subjects, *one.then.subjects)}
    every = {**variables(sorted(subjects), offering, catalog, price.usage), **table.known}
    return [one for one in events if _can_be_sold(_chosen(one, every), price.unless, constraints)]


def _chosen(event: Gap | Double, every: Mapping[str, Variable]) -> dict[str, Variable]:
    asked = dict(every)
    for name, piece in event.chosen:
        if piece.sample is not None:
            asked[name] = replace(every[name], domain=Domain((piece.sample,)))
    return asked


def _can_be_sold(asked: Mapping[str, Variable], unless: Condition, constraints: tuple[Constraint, ...]) -> bool:
    if unless and verdict(unless, asked) is True:
        return False
    return not any(verdict(one.when, asked) is True and verdict(one.then, asked) is False for one in constraints)


RULE = NeighbourRule("TK201", "price-table-coverage", (ProductOffering,), check)
