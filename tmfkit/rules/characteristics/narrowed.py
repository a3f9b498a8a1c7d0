"""An offering narrows only what customers choose.

What the qualification or the network finds out is as it is. An offering that narrows it promises something about the customer's
address; which addresses qualify is said by `places`, or by a constraint of the product.

Fails:
```yaml
kind: ProductSpecification
id: access
name: Access
characteristics: {signal: {values: [good, fair], setBy: qualification}}
---
kind: ProductOffering
id: home
name: Home
product: access
lifecycle: Active
choices: {signal: [good]}
```

Passes:
```yaml
kind: ProductSpecification
id: access
name: Access
characteristics: {signal: {values: [good, fair]}}
---
kind: ProductOffering
id: home
name: Home
product: access
lifecycle: Active
choices: {signal: [good]}
```
"""

from collections.abc import Iterator

from tmfkit.catalog import Catalog
from tmfkit.diagnostics.model import Severity
from tmfkit.model.products import ProductOffering, ProductSpecification
from tmfkit.rules.base import Finding, NeighbourRule, Place


def check(offering: ProductOffering, catalog: Catalog) -> Iterator[Finding]:
    """Choices of characteristics that no customer chooses."""
    product = catalog.get(ProductSpecification, offering.product) if offering.choices else None
    for name in offering.choices if product is not None else ():
        found = product.characteristics.get(name) if product is not None else None
        if product is not None and found is not None and found.set_by != "customer":
            place = Place("who sets it stands here", product.key, ("characteristics", name, "setBy"))
            message = f"`{name}` is set by the {found.set_by}, and no customer chooses it"
            yield Finding(("choices", name), message, "drop it here, or say it in a constraint", related=(place,), at_key=True)


RULE = NeighbourRule("TK323", "choice-of-the-customer", (ProductOffering,), check, Severity.WARNING)
