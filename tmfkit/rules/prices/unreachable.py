"""Every row of a price table is for something that a customer can choose.

A row that no customer reaches is mostly a typing error (and then another row is missing), or what was left behind when a speed or
a term was withdrawn. It does no harm today and misleads whoever reads the table next.

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
prices:
  monthly:
    type: recurring
    every: 1 month
    by: speed
    table: {100: 25.00 EUR, 300: 30.00 EUR, 500: 35.00 EUR}
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
prices:
  monthly:
    type: recurring
    every: 1 month
    by: speed
    table: {100: 25.00 EUR, 500: 35.00 EUR}
```
"""

from collections.abc import Iterator

from tmfkit.catalog import Catalog
from tmfkit.diagnostics.model import Severity
from tmfkit.model.products import ProductOffering
from tmfkit.rules.base import Finding, NeighbourRule
from tmfkit.rules.parts import knows_its_product, step_path, suggestion
from tmfkit.semantics.conditions import narrowed_by
from tmfkit.semantics.configuration import Variable, variables
from tmfkit.semantics.tables import Unreached, coverage


def check(offering: ProductOffering, catalog: Catalog) -> Iterator[Finding]:
    """Rows of the offering's own price tables that no choice leads to."""
    for name, price in offering.prices.items():
        if not price.table or not knows_its_product(offering, catalog):
            continue
        asked = narrowed_by(price.when, price.unless, variables(price.by, offering, catalog, price.usage))
        if any(not one.domain for one in asked.values()):
            continue
        for index, step in enumerate(price.table):
            path = step_path(("prices", name), "table", price.table, index)
            rows = dict.fromkeys(one for one in coverage(step.is_, price.by, asked) if isinstance(one, Unreached))
            for row in {one.path: one for one in rows}.values():
                yield Finding((*path, *row.path), _message(row, asked[row.subject]), _help(row, asked[row.subject]), at_key=True)


def _message(row: Unreached, subject: Variable) -> str:
    if row.fault is not None:
        return f"no customer reaches this row: {row.fault.problem.message}, so it is no value of `{row.subject}`"
    return f"no customer reaches this row: `{row.path[-1]}` is not among what `{row.subject}` can be here ({subject.domain.words()})"


def _help(row: Unreached, subject: Variable) -> str:
    return suggestion(row.path[-1], subject.domain.values) or "delete the row, or offer the value"


RULE = NeighbourRule("TK202", "unreachable-price", (ProductOffering,), check, Severity.WARNING)
