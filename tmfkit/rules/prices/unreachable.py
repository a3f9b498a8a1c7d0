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
from tmfkit.rules.examined import examined
from tmfkit.rules.parts import suggestion
from tmfkit.semantics.configuration import Variable
from tmfkit.semantics.tables import Unreached


def check(offering: ProductOffering, catalog: Catalog) -> Iterator[Finding]:
    """Rows of the offering's own price tables that no choice leads to; a shared table has rows for others too."""
    for table in examined(offering, catalog):
        rows = {one.path: one for one in table.events if isinstance(one, Unreached)} if table.is_own else {}
        for keys, row in rows.items():
            subject = table.known[row.subject]
            yield Finding(table.place(keys), _message(row, subject), _help(row, subject), at_key=True)


def _message(row: Unreached, subject: Variable) -> str:
    if row.fault is not None:
        return f"no customer reaches this row: {row.fault.problem.message}, so it is no value of `{row.subject}`"
    return f"no customer reaches this row: `{row.path[-1]}` is not among what `{row.subject}` can be here ({subject.domain.words()})"


def _help(row: Unreached, subject: Variable) -> str:
    return suggestion(row.path[-1], subject.domain.values) or "delete the row, or offer the value"


RULE = NeighbourRule("TK202", "unreachable-price", (ProductOffering,), check, Severity.WARNING)
