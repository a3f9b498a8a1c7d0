"""Everything that is declared is used by something.

A specification, shared price or category that nothing refers to is left over, or the line that should refer to it is missing.
Offerings, systems and catalogs are where things begin, so nothing needs to refer to them.

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
lifecycle: Active
---
kind: ProductSpecification
id: old-access
name: Old access
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
lifecycle: Active
```
"""

from collections.abc import Iterator

from tmfkit.catalog import Catalog
from tmfkit.diagnostics.model import Severity
from tmfkit.model.base import Entity, Lifecycle
from tmfkit.model.groupings import Category, ResourceCategory, ServiceCategory
from tmfkit.model.prices import ProductOfferingPrice
from tmfkit.rules.base import Finding, NeighbourRule
from tmfkit.semantics.feeds import CHARACTERISED
from tmfkit.semantics.reach import OFF_SALE

EARLY = (Lifecycle.IN_STUDY, Lifecycle.IN_DESIGN)
"""What is in these states may be waiting for what will use it."""


def check(entity: Entity, catalog: Catalog) -> Iterator[Finding]:
    """An entity to which nothing refers."""
    if not catalog.referrers(entity.key) and entity.lifecycle not in EARLY and entity.lifecycle not in OFF_SALE:
        yield Finding(("id",), f"nothing refers to `{entity.id}`", "refer to it where it belongs, or delete it")


RULE = NeighbourRule(
    "TK108", "used-entity", (*CHARACTERISED, ProductOfferingPrice, Category, ServiceCategory, ResourceCategory), check, Severity.WARNING
)
