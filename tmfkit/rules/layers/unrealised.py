"""Every customer-facing service is realised by something.

One that names no services is ordered and nothing happens. What people do by hand is a resource-facing service with a `manual`
controller.

Fails:
```yaml
kind: CustomerFacingServiceSpecification
id: internet
name: Internet
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
services: {line: {service: {external: LINE-1, type: ResourceFacingServiceSpecification}}}
---
kind: ProductSpecification
id: access
name: Access
services: {internet: {}}
```
"""

from collections.abc import Iterator

from tmfkit.diagnostics.model import Severity
from tmfkit.model.services import CustomerFacingServiceSpecification
from tmfkit.rules.base import EntityRule, Finding
from tmfkit.rules.lifecycle.launched import SELLABLE


def check(service: CustomerFacingServiceSpecification) -> Iterator[Finding]:
    """A customer-facing service without any other below it."""
    if not service.services and service.lifecycle in SELLABLE:
        yield Finding(("id",), f"nothing realises `{service.id}`", "add `services`, be it a manual one")


RULE = EntityRule("TK611", "realised-service", (CustomerFacingServiceSpecification,), check, Severity.WARNING)
