"""Every charge of a launched offering has a charge code.

`chargeCode` is what billing, revenue assurance and the product inventory agree on. Without one, each system makes a code of its own
and nobody can tell which charge belongs to which price.

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
lifecycle: Launched
prices: {monthly: {type: recurring, every: 1 month, amount: 30.00 EUR, tax: vat}}
---
kind: Vocabulary
taxes: {vat: 20 %}
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
lifecycle: Launched
prices: {monthly: {type: recurring, every: 1 month, amount: 30.00 EUR, tax: vat, chargeCode: FIB-REC}}
---
kind: Vocabulary
taxes: {vat: 20 %}
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


def check(offering: ProductOffering, catalog: Catalog) -> Iterator[Finding]:
    """Prices of a launched offering that no charge code names; an allowance is not charged."""
    if offering.lifecycle is not Lifecycle.LAUNCHED:
        return
    for name, _, price in priced(offering, catalog, "type"):
        if price.charge_code is None and price.type is not PriceType.ALLOWANCE:
            yield Finding(("prices", name), f"`{name}` has no charge code", "add it, as in `chargeCode: FIB-REC`", at_key=True)


RULE = NeighbourRule("TK217", "charge-code", (ProductOffering,), check, Severity.WARNING)
