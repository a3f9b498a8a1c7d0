"""A recurring price is above nothing.

What costs nothing each month needs no price, and a negative one is a discount, which says what it reduces and for how long.
Billing systems often drop such a line without a word.

Fails:
```yaml
kind: ProductSpecification
id: access
name: Access
---
kind: ProductOffering
id: home
name: Home
product: access
lifecycle: Active
prices:
  monthly: {type: recurring, every: 1 month, amount: 0.00 EUR}
```

Passes:
```yaml
kind: ProductSpecification
id: access
name: Access
---
kind: ProductOffering
id: home
name: Home
product: access
lifecycle: Active
prices:
  monthly: {type: recurring, every: 1 month, amount: 30.00 EUR}
```
"""

from collections.abc import Iterator

from tmfkit.diagnostics.model import Severity
from tmfkit.model.prices import PriceType, ProductOfferingPrice
from tmfkit.model.products import ProductOffering
from tmfkit.rules.base import EntityRule, Finding
from tmfkit.rules.parts import step_path, terms_of


def check(entity: ProductOffering | ProductOfferingPrice) -> Iterator[Finding]:
    """Recurring amounts of nothing or less; in tables and tiers a free part may be meant."""
    for path, terms in terms_of(entity):
        if terms.type is not PriceType.RECURRING:
            continue
        for index, step in enumerate(terms.amount):
            if step.is_.amount <= 0:
                help = "write a discount that says what it reduces" if step.is_.amount < 0 else "drop the price, or write what it costs"
                yield Finding(step_path(path, "amount", terms.amount, index), f"a recurring price of {step.is_} charges nothing", help)
        for index, table in enumerate(terms.table):
            place = step_path(path, "table", terms.table, index)
            for cell in table.is_.cells:
                if cell.value is not None and cell.value.amount < 0:
                    message = f"a recurring price of {cell.value} charges nothing"
                    yield Finding((*place, *cell.keys), message, "write a discount that says what it reduces")


RULE = EntityRule("TK210", "recurring-nothing", (ProductOffering, ProductOfferingPrice), check, Severity.WARNING)
