"""What is launched stands on things that can be sold.

A launched offering whose product is still in design, or whose bundle needs a retired member, is sold and cannot be delivered.

Fails:
```yaml
kind: ProductSpecification
id: access
name: Access
lifecycle: In design
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
lifecycle: Active
---
kind: ProductOffering
id: home
name: Home
product: access
lifecycle: Launched
```
"""

from collections.abc import Iterator

from tmfkit.catalog import Catalog
from tmfkit.model.base import External, Lifecycle
from tmfkit.model.products import ProductOffering, ProductSpecification
from tmfkit.rules.base import Finding, NeighbourRule, Place
from tmfkit.source.document import Path

SELLABLE = (Lifecycle.ACTIVE, Lifecycle.LAUNCHED)
"""The states of what a launched offering may stand on."""


def check(offering: ProductOffering, catalog: Catalog) -> Iterator[Finding]:
    """A launched offering on something that is not ready yet, or no more."""
    if offering.lifecycle is not Lifecycle.LAUNCHED:
        return
    yield from _stands_on(("product",), ProductSpecification.KIND, (offering.product,), catalog)
    for role, member in offering.bundle.items():
        if member.fewest > 0:
            yield from _stands_on(("bundle", role), ProductOffering.KIND, member.offerings(role), catalog)


def _stands_on(path: Path, kind: str, targets: tuple[str | External | None, ...], catalog: Catalog) -> Iterator[Finding]:
    """One finding where none of the targets can be sold; one that is not known here may well be."""
    found: Finding | None = None
    for target in targets:
        key = catalog.find((kind,), target) if isinstance(target, str) else None
        summary = catalog.summaries[key] if key else None
        if summary is None or not summary.usable or summary.lifecycle in SELLABLE:
            return
        place = Place(f"it is {summary.lifecycle} here", summary.key, ("lifecycle",))
        message = f"this offering is Launched, and `{target}` that it needs is {summary.lifecycle}"
        found = found or Finding(
            path, message, "launch it later, or bring what it needs to Active first", related=(place,), at_key=path[0] == "bundle"
        )
    if found is not None:
        yield found


RULE = NeighbourRule("TK401", "launched-on-sellable", (ProductOffering,), check)
