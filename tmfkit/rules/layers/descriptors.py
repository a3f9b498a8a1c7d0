"""Descriptors belong to an NFVO, and an NFVO needs one.

A network service is instantiated from its descriptor. Another controller cannot read it, and an NFVO without one has nothing to
instantiate.

Fails:
```yaml
kind: System
id: nso
name: Nso
role: domain-controller
---
kind: ResourceFacingServiceSpecification
id: firewall
name: Firewall
controller: nso
descriptor: nsd-firewall
```

Passes:
```yaml
kind: System
id: nso
name: Nso
role: nfvo
---
kind: ResourceFacingServiceSpecification
id: firewall
name: Firewall
controller: nso
descriptor: nsd-firewall
```
"""

from collections.abc import Iterator

from tmfkit.catalog import Catalog
from tmfkit.model.landscape import Role, System
from tmfkit.model.resources import LogicalResourceSpecification
from tmfkit.model.services import ResourceFacingServiceSpecification
from tmfkit.rules.base import Finding, NeighbourRule, Place


def check(service: ResourceFacingServiceSpecification, catalog: Catalog) -> Iterator[Finding]:
    """Descriptors under another controller, and an NFVO without one."""
    system = catalog.get(System, service.controller)
    if system is None:
        return
    if system.role is Role.NFVO:
        if service.descriptor is None:
            help = "add `descriptor`, or name the controller that makes it"
            yield Finding(("controller",), f"`{system.id}` is an NFVO, and `{service.id}` names no descriptor", help)
        return
    place = Place("its role", system.key, ("role",))
    help = "let an NFVO control it, or drop the descriptor"
    if service.descriptor is not None:
        message = f"`{system.id}` has the role {system.role} and instantiates no descriptors"
        yield Finding(("descriptor",), message, help, related=(place,))
    for role, use in service.resources.items():
        resource = catalog.get(LogicalResourceSpecification, use.target(role))
        if resource is not None and resource.descriptor is not None:
            message = f"`{resource.id}` is made from `{resource.descriptor}`, and `{system.id}` is no NFVO"
            yield Finding(("resources", role), message, help, related=(place,), at_key=True)


RULE = NeighbourRule("TK606", "descriptor-of-nfvo", (ResourceFacingServiceSpecification,), check)
