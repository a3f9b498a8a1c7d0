"""A customer-facing service names no descriptor.

Which network service or virtual function realises it is the business of the resource-facing service and its NFVO. A customer-facing
service that carries the id of a descriptor is bound to one vendor's release.

Fails:
```yaml
kind: CustomerFacingServiceSpecification
id: firewall
name: Firewall
characteristics: {nsdId: {default: nsd-firewall-2}}
```

Passes:
```yaml
kind: CustomerFacingServiceSpecification
id: firewall
name: Firewall
characteristics: {inspection: {values: [standard, deep], default: standard}}
```
"""

from collections.abc import Iterator

from tmfkit.model.services import CustomerFacingServiceSpecification
from tmfkit.rules.base import EntityRule, Finding
from tmfkit.rules.wording import words_in

DESCRIPTORS = frozenset("nsd nsds vnfd vnfds descriptor descriptors".split())
"""Words for what an NFVO instantiates."""


def check(service: CustomerFacingServiceSpecification) -> Iterator[Finding]:
    """Characteristics that name a descriptor, or have one as a value."""
    for name, one in service.characteristics.items():
        texts = (name, one.default or "", *(one.values or ()))
        if any(word in DESCRIPTORS for text in texts for word in words_in(text)):
            message = f"`{name}` names a descriptor, and `{service.id}` is a customer-facing service"
            help = "put `descriptor` on the resource-facing service that an NFVO controls"
            yield Finding(("characteristics", name), message, help, at_key=True)


RULE = EntityRule("TK608", "no-descriptor", (CustomerFacingServiceSpecification,), check)
