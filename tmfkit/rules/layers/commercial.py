"""The network does not know what things cost.

Prices, tiers, discounts, segments, terms and bundles are decided in the catalog of offerings and change every month. A characteristic
of a resource-facing service or a resource that speaks of them ties the network to the price list.

Fails:
```yaml
kind: System
id: nso
name: Nso
role: domain-controller
---
kind: ResourceFacingServiceSpecification
id: line
name: Line
controller: nso
characteristics: {priceTier: {values: [gold, silver], default: gold}}
```

Passes:
```yaml
kind: System
id: nso
name: Nso
role: domain-controller
---
kind: ResourceFacingServiceSpecification
id: line
name: Line
controller: nso
characteristics: {rateProfile: {values: [fast, slow], default: fast}}
```
"""

from collections.abc import Iterator

from tmfkit.model.resources import LogicalResourceSpecification, PhysicalResourceSpecification, ResourceSpecification
from tmfkit.model.services import ResourceFacingServiceSpecification
from tmfkit.rules.base import EntityRule, Finding
from tmfkit.rules.wording import words_in

COMMERCIAL = frozenset("price prices pricing tariff tier discount promotion segment term bundle offer offering".split())
"""Words of selling."""


def check(entity: ResourceFacingServiceSpecification | ResourceSpecification) -> Iterator[Finding]:
    """Characteristics of the network with a commercial word in their name."""
    for name in entity.characteristics:
        found = next((word for word in words_in(name) if word in COMMERCIAL), None)
        if found is not None:
            message = f"`{name}` speaks of selling (`{found}`), and `{entity.id}` belongs to the network"
            help = "say what the network does (a rate, a profile, a class), and let `with` map to it"
            yield Finding(("characteristics", name), message, help, at_key=True)


RULE = EntityRule(
    "TK607",
    "commercial-word",
    (ResourceFacingServiceSpecification, PhysicalResourceSpecification, LogicalResourceSpecification),
    check,
)
