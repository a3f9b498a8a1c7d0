"""Every row of a table has as many keys as `by` has names.

`by` says what the levels of a table are, from the outside inwards. A row with a level too few or too many says nothing that can
be looked up.

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
      500: 35.00 EUR
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
      500: {else: 35.00 EUR}
```
"""

from collections.abc import Iterator
from typing import Any

from tmfkit.model.base import Entity
from tmfkit.model.prices import ProductOfferingPrice
from tmfkit.model.products import ProductOffering
from tmfkit.model.tables import Table
from tmfkit.rules.base import EntityRule, Finding
from tmfkit.rules.parts import has_prices, step_path, terms_of, uses
from tmfkit.semantics.feeds import FEEDING
from tmfkit.source.document import Path


def check(entity: Entity) -> Iterator[Finding]:
    """Rows of price tables and of feeds whose keys are not those of `by`."""
    if has_prices(entity):
        for path, terms in terms_of(entity):
            for index, step in enumerate(terms.table):
                yield from _rows(step_path(path, "table", terms.table, index), terms.by, step.is_)
        return
    for path, _, use in uses(entity):
        for name, feed in use.with_.items():
            if feed.table is not None:
                yield from _rows((*path, "with", name, "table"), feed.by, feed.table)


def _rows(path: Path, by: tuple[str, ...], table: Table[Any]) -> Iterator[Finding]:
    for cell in table.cells:
        if len(cell.keys) != len(by):
            said = "1 key" if len(cell.keys) == 1 else f"{len(cell.keys)} keys"
            message = f"this row has {said}, and `by` has {len(by)}: {', '.join(by)}"
            yield Finding((*path, *cell.keys), message, "write one level for each name of `by`; `else` covers a whole level", at_key=True)


RULE = EntityRule("TK212", "table-levels", (ProductOffering, ProductOfferingPrice, *FEEDING), check)
