"""A recurring price is charged at least once before it ends.

A price that lasts a month and is charged every two months is never charged, or charged for a time that it does not hold, depending
on who reads it.

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
prices: {trial: {type: recurring, every: 2 months, for: 1 month, amount: 30.00 EUR}}
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
prices: {trial: {type: recurring, every: 1 month, for: 1 month, amount: 30.00 EUR}}
```
"""

from collections.abc import Iterator

from tmfkit.diagnostics.model import Severity
from tmfkit.model.prices import ProductOfferingPrice
from tmfkit.model.products import ProductOffering
from tmfkit.rules.base import EntityRule, Finding
from tmfkit.rules.parts import terms_of


def check(entity: ProductOffering | ProductOfferingPrice) -> Iterator[Finding]:
    """Prices whose period is longer than their life."""
    for path, terms in terms_of(entity):
        if terms.every is not None and terms.for_ is not None and terms.every.hours > terms.for_.hours:
            message = f"this is charged every {terms.every} and lasts only {terms.for_}"
            yield Finding((*path, "every"), message, "shorten the period, or let the price last longer")


RULE = EntityRule("TK223", "charged-before-end", (ProductOffering, ProductOfferingPrice), check, Severity.WARNING)
