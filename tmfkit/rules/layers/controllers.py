"""A controller is a system that can control.

Resource-facing services are made by a domain controller, an NFVO, a system of resource orders, a legacy adapter or by hand. A CRM
or a billing system as controller means that the service layer is bypassed.

Fails:
```yaml
kind: System
id: salesforce
name: Salesforce
role: crm
---
kind: ResourceFacingServiceSpecification
id: gpon-line
name: Gpon line
controller: salesforce
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

from tmfkit.catalog import Catalog
from tmfkit.model.landscape import Role, System
from tmfkit.model.services import ResourceFacingServiceSpecification
from tmfkit.rules.base import Finding, NeighbourRule, Place

CONTROLLERS = (Role.DOMAIN_CONTROLLER, Role.NFVO, Role.LEGACY_ADAPTER, Role.MANUAL, Role.ROM)
"""The roles of systems that control services."""


def check(service: ResourceFacingServiceSpecification, catalog: Catalog) -> Iterator[Finding]:
    """A controller whose role is another."""
    system = catalog.get(System, service.controller)
    if system is not None and system.role not in CONTROLLERS:
        message = f"`{system.id}` has the role {system.role} and controls no services"
        help = f"name a system with one of the roles {', '.join(CONTROLLERS)}"
        yield Finding(("controller",), message, help, related=(Place("its role", system.key, ("role",)),))


RULE = NeighbourRule("TK602", "controller-role", (ResourceFacingServiceSpecification,), check)
