"""What an offering on sale requires can be bought.

An add-on that requires an offering which is retired can be bought only by those who have that already. Mostly the successor is meant.

Fails:
```yaml
kind: ProductSpecification
id: access
name: Access
---
kind: ProductOffering
id: dsl
name: DSL
product: access
lifecycle: Retired
---
kind: ProductOffering
id: router
name: Router
product: access
lifecycle: Active
requires: [dsl]
```

Passes:
```yaml
kind: ProductSpecification
id: access
name: Access
---
kind: ProductOffering
id: dsl
name: DSL
product: access
lifecycle: Active
---
kind: ProductOffering
id: router
name: Router
product: access
lifecycle: Active
requires: [dsl]
```
"""

from collections.abc import Iterator

from tmfkit.catalog import Catalog
from tmfkit.diagnostics.model import Severity
from tmfkit.model.base import Key
from tmfkit.model.products import ProductOffering
from tmfkit.rules.base import Finding, NeighbourRule, Place
from tmfkit.rules.lifecycle.launched import SELLABLE
from tmfkit.semantics.reach import OFF_SALE


def check(offering: ProductOffering, catalog: Catalog) -> Iterator[Finding]:
    """Required offerings that nobody can buy any more."""
    if offering.lifecycle not in SELLABLE:
        return
    for index, relation in enumerate(offering.requires):
        target = relation.offering if isinstance(relation.offering, str) else ""
        summary = catalog.summaries.get(Key(ProductOffering.KIND, target))
        if summary is not None and summary.usable and summary.lifecycle in OFF_SALE:
            heirs = _successors(summary.key, catalog)
            help = (
                f"require its successor `{heirs[0]}`, or retire this offering too" if heirs else "require another, or retire this one too"
            )
            place = Place(f"it is {summary.lifecycle} here", summary.key, ("lifecycle",))
            message = f"`{target}` is {summary.lifecycle}, and `{offering.id}` requires it"
            yield Finding(("requires", index, target), message, help, related=(place,))


def _successors(key: Key, catalog: Catalog) -> list[str]:
    users = (one for user in catalog.referrers(key) if isinstance(one := catalog.entity(user), ProductOffering))
    return [one.id for one in users if any(relation.offering == key.id for relation in one.replaces)]


RULE = NeighbourRule("TK407", "required-on-sale", (ProductOffering,), check, Severity.WARNING)
