"""What is in use stands on what is ready.

A specification that is Active or Launched, and uses a service or resource that is still in study or design, or already retired or
rejected, sends orders to something that is not there.

Fails:
```yaml
kind: CustomerFacingServiceSpecification
id: internet
name: Internet
lifecycle: In design
---
kind: ProductSpecification
id: access
name: Access
services: {internet: {}}
```

Passes:
```yaml
kind: CustomerFacingServiceSpecification
id: internet
name: Internet
lifecycle: Active
---
kind: ProductSpecification
id: access
name: Access
services: {internet: {}}
```
"""

from collections.abc import Iterator

from tmfkit.catalog import Catalog
from tmfkit.diagnostics.model import Severity
from tmfkit.model.base import Lifecycle
from tmfkit.model.services import RESOURCES, SERVICES, ResourceUse
from tmfkit.rules.base import Finding, NeighbourRule, Place
from tmfkit.rules.lifecycle.launched import SELLABLE
from tmfkit.rules.parts import uses
from tmfkit.semantics.feeds import FEEDING, Feeding, target_of
from tmfkit.semantics.reach import OFF_SALE

NOT_THERE = OFF_SALE | {Lifecycle.IN_STUDY, Lifecycle.IN_DESIGN}
"""The states of what cannot be ordered yet, or no more."""


def check(entity: Feeding, catalog: Catalog) -> Iterator[Finding]:
    """Services and resources in a state that the specification above them does not allow."""
    if entity.lifecycle not in SELLABLE:
        return
    for path, role, use in uses(entity):
        target = target_of(role, use)
        key = catalog.find(RESOURCES if isinstance(use, ResourceUse) else SERVICES, target) if isinstance(target, str) else None
        summary = catalog.summaries[key] if key is not None else None
        if summary is not None and summary.usable and summary.lifecycle in NOT_THERE:
            message = f"`{entity.id}` is {entity.lifecycle}, and `{summary.key.id}` that it needs is {summary.lifecycle}"
            place = Place(f"it is {summary.lifecycle} here", summary.key, ("lifecycle",))
            help = "bring what it needs to Active, or take the role out"
            yield Finding(path, message, help, related=(place,), at_key=True)


RULE = NeighbourRule("TK404", "specification-on-ready", FEEDING, check, Severity.WARNING)
