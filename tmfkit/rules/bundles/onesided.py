"""Who is excluded excludes back.

An exclusion holds both ways, whoever writes it. Written on both sides, it is seen by whoever works on either of them.

Fails:
```yaml
kind: ProductSpecification
id: access
name: Access
---
kind: ProductOffering
id: fibre
name: Fibre
product: access
lifecycle: Active
excludes: [radio]
---
kind: ProductOffering
id: radio
name: Radio
product: access
lifecycle: Active
```

Passes:
```yaml
kind: ProductSpecification
id: access
name: Access
---
kind: ProductOffering
id: fibre
name: Fibre
product: access
lifecycle: Active
excludes: [radio]
---
kind: ProductOffering
id: radio
name: Radio
product: access
lifecycle: Active
excludes: [fibre]
```
"""

from collections.abc import Iterator

from tmfkit.catalog import Catalog
from tmfkit.diagnostics.model import Severity
from tmfkit.model.products import ProductOffering
from tmfkit.rules.base import Finding, NeighbourRule, Place


def check(offering: ProductOffering, catalog: Catalog) -> Iterator[Finding]:
    """Exclusions that the other side does not write."""
    for index, relation in enumerate(offering.excludes):
        other = catalog.get(ProductOffering, relation.offering)
        if other is None or other.id == offering.id or any(back.offering == offering.id for back in other.excludes):
            continue
        place = Place("the other side", other.key, ("id",))
        message = f"`{offering.id}` excludes `{other.id}`, which does not say so itself"
        help = f"add `excludes: [{offering.id}]` to `{other.id}`"
        yield Finding(("excludes", index, other.id), message, help, related=(place,))


RULE = NeighbourRule("TK508", "exclusion-on-both-sides", (ProductOffering,), check, Severity.WARNING)
