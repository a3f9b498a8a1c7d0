"""What the network finds out is not sent to it.

A characteristic with `setBy: network` gets its value while the service is made. A feed into it is overwritten, or overwrites what is
true.

Fails:
```yaml
kind: CustomerFacingServiceSpecification
id: internet
name: Internet
characteristics: {circuitId: {setBy: network}}
---
kind: ProductSpecification
id: access
name: Access
services: {internet: {with: {circuitId: C-1}}}
```

Passes:
```yaml
kind: CustomerFacingServiceSpecification
id: internet
name: Internet
characteristics: {circuitId: {}}
---
kind: ProductSpecification
id: access
name: Access
services: {internet: {with: {circuitId: C-1}}}
```
"""

from collections.abc import Iterator

from tmfkit.catalog import Catalog
from tmfkit.diagnostics.model import Severity
from tmfkit.rules.base import Finding, NeighbourRule, Place
from tmfkit.rules.parts import uses
from tmfkit.semantics.feeds import FEEDING, Feeding
from tmfkit.semantics.reach import used_entity


def check(entity: Feeding, catalog: Catalog) -> Iterator[Finding]:
    """Feeds into characteristics that the network sets."""
    for path, role, use in uses(entity):
        target = used_entity(role, use, catalog) if use.with_ else None
        for name in use.with_ if target is not None else ():
            found = target.characteristics.get(name) if target is not None else None
            if target is not None and found is not None and found.set_by == "network":
                message = f"`{name}` of `{target.id}` is found out by the network, and is fed here"
                place = Place("who sets it stands here", target.key, ("characteristics", name, "setBy"))
                yield Finding((*path, "with", name), message, "drop the feed, or `setBy`", related=(place,), at_key=True)


RULE = NeighbourRule("TK322", "one-source-of-a-value", FEEDING, check, Severity.WARNING)
