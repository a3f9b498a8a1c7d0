"""Every charge of a launched offering names its tax.

A charge without `tax` is taxed by whatever a billing system takes for usual. What is free of tax names a tax of 0 %.

Fails:
```yaml
kind: Vocabulary
taxes: {vat: 20 %}
---
kind: ProductSpecification
id: access
name: Access
---
kind: ProductOffering
id: home
name: Home
product: access
lifecycle: Launched
prices: {monthly: {type: recurring, every: 1 month, amount: 30.00 EUR, chargeCode: FIB-REC}}
```

Passes:
```yaml
kind: Vocabulary
taxes: {vat: 20 %}
---
kind: ProductSpecification
id: access
name: Access
---
kind: ProductOffering
id: home
name: Home
product: access
lifecycle: Launched
prices: {monthly: {type: recurring, every: 1 month, amount: 30.00 EUR, chargeCode: FIB-REC, tax: vat}}
```
"""

from collections.abc import Iterator

from tmfkit.catalog import Catalog
from tmfkit.diagnostics.model import Severity
from tmfkit.model.base import Lifecycle
from tmfkit.model.prices import PriceType
from tmfkit.model.products import ProductOffering
from tmfkit.rules.base import Finding, NeighbourRule
from tmfkit.rules.parts import priced

TAXED = (PriceType.RECURRING, PriceType.ONE_TIME, PriceType.USAGE)
"""The types of prices that pay for something delivered."""


def check(offering: ProductOffering, catalog: Catalog) -> Iterator[Finding]:
    """Prices of a launched offering without a tax."""
    if offering.lifecycle is not Lifecycle.LAUNCHED or not catalog.vocabulary.taxes:
        return
    for name, _, price in priced(offering, catalog, "type"):
        if price.tax is None and price.type in TAXED:
            help = f"add `tax`: the vocabulary declares {', '.join(f'`{word}`' for word in catalog.vocabulary.taxes)}"
            yield Finding(("prices", name), f"`{name}` names no tax", help, at_key=True)


RULE = NeighbourRule("TK221", "taxed", (ProductOffering,), check, Severity.WARNING)
