"""A feed goes into a characteristic that the target has.

`with` names characteristics of the service or resource that fills the role. What the target does not have, it never sees.

Fails:
```yaml
kind: ProductSpecification
id: access
name: Access
characteristics:
  speed: {type: quantity, unit: Mbit/s, values: [100, 500]}
services:
  internet: {with: {bandwith: {from: speed}}}
---
kind: CustomerFacingServiceSpecification
id: internet
name: Internet
characteristics:
  bandwidth: {type: quantity, unit: Mbit/s, default: 100}
```

Passes:
```yaml
kind: ProductSpecification
id: access
name: Access
characteristics:
  speed: {type: quantity, unit: Mbit/s, values: [100, 500]}
services:
  internet: {with: {bandwidth: {from: speed}}}
---
kind: CustomerFacingServiceSpecification
id: internet
name: Internet
characteristics:
  bandwidth: {type: quantity, unit: Mbit/s, default: 100}
```
"""

from collections.abc import Iterator

from tmfkit.catalog import Catalog
from tmfkit.diagnostics.suggest import did_you_mean
from tmfkit.rules.base import Finding, NeighbourRule, Place
from tmfkit.rules.parts import uses
from tmfkit.semantics.feeds import FEEDING, Feeding
from tmfkit.semantics.reach import used_entity


def check(entity: Feeding, catalog: Catalog) -> Iterator[Finding]:
    """Feeds whose target does not have the characteristic."""
    for path, role, use in uses(entity):
        target = used_entity(role, use, catalog) if use.with_ else None
        if target is None:
            continue
        for name in use.with_:
            if name not in target.characteristics:
                known = ", ".join(f"`{one}`" for one in target.characteristics)
                help = did_you_mean(name, target.characteristics) or (f"it has {known}" if known else "it has no characteristics")
                place = Place("the target", target.key)
                message = f"`{target.id}` has no characteristic called `{name}`"
                yield Finding((*path, "with", name), message, help, related=(place,), at_key=True)


RULE = NeighbourRule("TK303", "feed-target", FEEDING, check)
