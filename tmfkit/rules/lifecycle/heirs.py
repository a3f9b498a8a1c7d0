"""What replaces an offering can be bought.

When the successor is retired as well and nothing replaces it, the customers of the old offering have nowhere to go.

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
id: fibre
name: Fibre
product: access
lifecycle: Retired
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
name: DSL
product: access
lifecycle: Retired
---
kind: ProductOffering
id: fibre
name: Fibre
product: access
lifecycle: Active
replaces: [dsl]
```
"""

from collections.abc import Iterator

from tmfkit.catalog import Catalog
from tmfkit.diagnostics.model import Severity
from tmfkit.model.base import Key
from tmfkit.model.products import ProductOffering
from tmfkit.rules.base import Finding, NeighbourRule
from tmfkit.semantics.reach import OFF_SALE


def check(offering: ProductOffering, catalog: Catalog) -> Iterator[Finding]:
    """Replacements by an offering that is off sale and has no successor itself."""
    if offering.lifecycle not in OFF_SALE or _is_replaced(offering.key, catalog):
        return
    for index, relation in enumerate(offering.replaces):
        target = relation.offering
        open_ = isinstance(target, str) and relation.until is None and not _is_replaced(Key(offering.KIND, target), catalog, offering.id)
        if open_:
            message = f"`{offering.id}` replaces `{target}` and is {offering.lifecycle} itself"
            help = "name the new successor there, or say `until` when nobody was left to move"
            yield Finding(("replaces", index, str(target)), message, help)


def _is_replaced(key: Key, catalog: Catalog, but_by: str = "") -> bool:
    others = (one for user in catalog.referrers(key) if user.id != but_by and isinstance(one := catalog.entity(user), ProductOffering))
    return any(relation.offering == key.id for one in others for relation in one.replaces)


RULE = NeighbourRule("TK408", "successor-on-sale", (ProductOffering,), check, Severity.WARNING)
