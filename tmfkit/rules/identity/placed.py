"""What is launched stands in a category.

Shops and catalog screens lead customers from category to category. An offering in none of them is on sale and found by nobody. What is
sold inside a bundle only says `sellable: false`.

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
categories: [broadband]
---
kind: Category
id: broadband
name: Broadband
```
"""

from collections.abc import Iterator

from tmfkit.diagnostics.model import Severity
from tmfkit.model.base import Lifecycle
from tmfkit.model.products import ProductOffering
from tmfkit.rules.base import EntityRule, Finding


def check(offering: ProductOffering) -> Iterator[Finding]:
    """A launched offering without a category."""
    if offering.lifecycle is Lifecycle.LAUNCHED and offering.sellable and not offering.categories:
        message = f"`{offering.id}` is Launched and stands in no category"
        yield Finding(("id",), message, "add `categories`, or say `sellable: false` if only bundles sell it")


RULE = EntityRule("TK115", "placed", (ProductOffering,), check, Severity.WARNING)
