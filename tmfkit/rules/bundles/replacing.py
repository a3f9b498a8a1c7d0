"""An offering does not replace itself, nor what it needs.

A replacement ends what it replaces. One that replaces itself, or what it requires, ends itself with it.

Fails:
```yaml
kind: ProductSpecification
id: access
name: Access
---
kind: ProductOffering
id: dsl
name: Dsl
product: access
lifecycle: Active
---
kind: ProductOffering
id: router
name: Router
product: access
lifecycle: Active
requires: [dsl]
replaces: [dsl]
```

Passes:
```yaml
kind: ProductSpecification
id: access
name: Access
---
kind: ProductOffering
id: dsl
name: Dsl
product: access
lifecycle: Active
---
kind: ProductOffering
id: router
name: Router
product: access
lifecycle: Active
replaces: [dsl]
```
"""

from collections.abc import Iterator

from tmfkit.model.products import ProductOffering
from tmfkit.rules.base import EntityRule, Finding


def check(offering: ProductOffering) -> Iterator[Finding]:
    """Replacements of what is needed."""
    for index, relation in enumerate(offering.replaces):
        path = ("replaces", index, str(relation.offering))
        if relation.offering == offering.id:
            yield Finding(path, f"`{offering.id}` replaces itself", "name what it replaces, or delete it")
        elif any(needed.offering == relation.offering and needed.until is None for needed in offering.requires):
            yield Finding(path, f"`{offering.id}` replaces `{relation.offering}` and requires it", "keep one of the two")


RULE = EntityRule("TK510", "replaced-and-required", (ProductOffering,), check)
