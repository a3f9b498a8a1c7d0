"""What is launched is described.

The description is what a customer, a seller and the next product manager read. A name alone leaves each of them to guess what is
sold.

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
prices: {monthly: {type: recurring, every: 1 month, amount: 30.00 EUR}}
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
description: Fibre to your home.
prices: {monthly: {type: recurring, every: 1 month, amount: 30.00 EUR}}
```
"""

from collections.abc import Iterator

from tmfkit.diagnostics.model import Severity
from tmfkit.model.base import Lifecycle
from tmfkit.model.products import ProductOffering
from tmfkit.rules.base import EntityRule, Finding


def check(offering: ProductOffering) -> Iterator[Finding]:
    """A launched offering without a description."""
    if offering.lifecycle is Lifecycle.LAUNCHED and offering.description is None:
        yield Finding(("id",), f"`{offering.id}` is Launched and has no description", "say in a sentence what a customer gets")


RULE = EntityRule("TK111", "described", (ProductOffering,), check, Severity.WARNING)
