"""What is launched has a price.

An offering that is sold alone and has no price at all is given away, or its price stands in some other system, where nobody checks
it. What is sold inside a bundle only says `sellable: false`.

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
prices: {monthly: {type: recurring, every: 1 month, amount: 30.00 EUR}}
```
"""

from collections.abc import Iterator

from tmfkit.diagnostics.model import Severity
from tmfkit.model.base import Lifecycle
from tmfkit.model.products import ProductOffering
from tmfkit.rules.base import EntityRule, Finding


def check(offering: ProductOffering) -> Iterator[Finding]:
    """A launched offering without a price."""
    if offering.lifecycle is Lifecycle.LAUNCHED and offering.sellable and not offering.is_bundle and not offering.prices:
        help = "add `prices`, or say `sellable: false` if only bundles sell it"
        yield Finding(("lifecycle",), f"`{offering.id}` is Launched and has no price", help)


RULE = EntityRule("TK215", "launched-priced", (ProductOffering,), check, Severity.WARNING)
