"""What must be there does not come from something that may be missing.

A mandatory characteristic that is fed from an optional one has no value whenever the customer leaves that out. The order then stops in
provisioning.

Fails:
```yaml
kind: CustomerFacingServiceSpecification
id: internet
name: Internet
characteristics: {room: {}}
---
kind: ProductSpecification
id: access
name: Access
characteristics: {room: {optional: true}}
services: {internet: {with: {room: {from: room}}}}
```

Passes:
```yaml
kind: CustomerFacingServiceSpecification
id: internet
name: Internet
characteristics: {room: {optional: true}}
---
kind: ProductSpecification
id: access
name: Access
characteristics: {room: {optional: true}}
services: {internet: {with: {room: {from: room}}}}
```
"""

from collections.abc import Iterator

from tmfkit.catalog import Catalog
from tmfkit.diagnostics.model import Severity
from tmfkit.model.characteristics import Characteristic
from tmfkit.rules.base import Finding, NeighbourRule, Place
from tmfkit.rules.parts import uses
from tmfkit.semantics.feeds import FEEDING, Feeding
from tmfkit.semantics.reach import used_entity


def check(entity: Feeding, catalog: Catalog) -> Iterator[Finding]:
    """Mandatory characteristics whose only source is optional."""
    optional = {name for name, one in entity.characteristics.items() if one.optional and one.default is None}
    for path, role, use in uses(entity) if optional else ():
        feeds = [name for name, feed in use.with_.items() if feed.from_ in optional and feed.from_ not in use.when.subjects]
        target = used_entity(role, use, catalog) if feeds else None
        for name in feeds if target is not None else ():
            found = target.characteristics.get(name) if target is not None else None
            if target is not None and found is not None and _must_be_there(found):
                message = f"`{use.with_[name].from_}` may be missing, and `{target.id}` must have `{name}`"
                places = (Place("it is optional here", entity.key, ("characteristics", str(use.with_[name].from_), "optional")),)
                yield Finding((*path, "with", name), message, "give one of the two a default", related=places, at_key=True)


def _must_be_there(characteristic: Characteristic) -> bool:
    return not characteristic.optional and characteristic.default is None


RULE = NeighbourRule("TK320", "fed-for-sure", FEEDING, check, Severity.WARNING)
