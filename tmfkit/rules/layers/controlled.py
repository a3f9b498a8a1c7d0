"""Every resource-facing service has a controller.

The controller is the system that makes it: a domain controller, an orchestrator of virtual functions, an adapter of the legacy,
or people (`manual`). Without one, an order ends where nobody is in charge. A service in study or design may still be without.

Fails:
```yaml
kind: ResourceFacingServiceSpecification
id: gpon-line
name: Gpon line
```

Passes:
```yaml
kind: System
id: nso
name: Nso
role: domain-controller
---
kind: ResourceFacingServiceSpecification
id: gpon-line
name: Gpon line
controller: nso
```
"""

from collections.abc import Iterator

from tmfkit.model.base import Lifecycle
from tmfkit.model.services import ResourceFacingServiceSpecification
from tmfkit.rules.base import EntityRule, Finding

EARLY = (Lifecycle.IN_STUDY, Lifecycle.IN_DESIGN)
"""The states in which the controller may still be open."""


def check(service: ResourceFacingServiceSpecification) -> Iterator[Finding]:
    """A resource-facing service without a controller."""
    if service.controller is None and service.lifecycle not in EARLY:
        help = "add `controller`, the id of a System; manual work has a System of `role: manual`"
        yield Finding(("id",), f"no system controls `{service.id}`", help)


RULE = EntityRule("TK601", "controlled-service", (ResourceFacingServiceSpecification,), check)
