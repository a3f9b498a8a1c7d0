"""An NFVO runs virtual functions and touches no equipment.

A resource-facing service that an NFVO controls cannot use a physical resource. Equipment belongs to a domain controller, or to
people.

Fails:
```yaml
kind: System
id: mano
name: Mano
role: nfvo
---
kind: ResourceFacingServiceSpecification
id: firewall
name: Firewall
controller: mano
descriptor: nsd-firewall
resources: [box]
---
kind: PhysicalResourceSpecification
id: box
name: Box
```

Passes:
```yaml
kind: System
id: mano
name: Mano
role: nfvo
---
kind: ResourceFacingServiceSpecification
id: firewall
name: Firewall
controller: mano
descriptor: nsd-firewall
resources: [box]
---
kind: LogicalResourceSpecification
id: box
name: Box
```
"""

from collections.abc import Iterator

from tmfkit.catalog import Catalog
from tmfkit.model.base import Key
from tmfkit.model.landscape import Role, System
from tmfkit.model.resources import PhysicalResourceSpecification
from tmfkit.model.services import ResourceFacingServiceSpecification
from tmfkit.rules.base import Finding, NeighbourRule, Place


def check(service: ResourceFacingServiceSpecification, catalog: Catalog) -> Iterator[Finding]:
    """Equipment under the control of an NFVO."""
    system = catalog.get(System, service.controller) if service.resources else None
    if system is None or system.role is not Role.NFVO:
        return
    for role, use in service.resources.items():
        target = use.target(role)
        key = Key(PhysicalResourceSpecification.KIND, target) if isinstance(target, str) else None
        if key is not None and key in catalog.summaries:
            message = f"`{system.id}` is an NFVO, and `{target}` is equipment"
            place = Place("the controller", service.key, ("controller",))
            help = "move it to a service of a domain controller or of people"
            yield Finding(("resources", role), message, help, related=(place,), at_key=True)


RULE = NeighbourRule("TK605", "virtual-only", (ResourceFacingServiceSpecification,), check)
