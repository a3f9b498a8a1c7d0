"""Every mandatory characteristic of a service or resource is fed.

A characteristic is mandatory unless it is `optional`; a default satisfies it, and so does `setBy: qualification` or `setBy:
network`. One that nothing feeds leaves an order that cannot be provisioned.

Fails:
```yaml
kind: ProductSpecification
id: access
name: Access
services: [internet]
---
kind: CustomerFacingServiceSpecification
id: internet
name: Internet
characteristics:
  bandwidth: {type: quantity, unit: Mbit/s}
```

Passes:
```yaml
kind: ProductSpecification
id: access
name: Access
services: {internet: {with: {bandwidth: 100}}}
---
kind: CustomerFacingServiceSpecification
id: internet
name: Internet
characteristics:
  bandwidth: {type: quantity, unit: Mbit/s}
```
"""

from collections.abc import Iterator

from tmfkit.catalog import Catalog
from tmfkit.diagnostics.suggest import nearest
from tmfkit.model.characteristics import Characteristic
from tmfkit.rules.base import Finding, NeighbourRule, Place
from tmfkit.rules.parts import uses
from tmfkit.semantics.feeds import FEEDING, Feeding
from tmfkit.semantics.reach import used_entity


def check(entity: Feeding, catalog: Catalog) -> Iterator[Finding]:
    """Mandatory characteristics of a target that a role does not feed."""
    for path, role, use in uses(entity):
        target = used_entity(role, use, catalog)
        if target is None:
            continue
        strays = [name for name in use.with_ if name not in target.characteristics]
        for name, characteristic in target.characteristics.items():
            if name in use.with_ or not _must_be_fed(characteristic) or nearest(name, strays):
                continue  # a feed whose name is misspelled has its own rule
            place = Place("it is mandatory here", target.key, ("characteristics", name))
            message = f"nothing feeds `{name}`, which `{target.id}` must have"
            help = f"add it under `with`, as in `{name}: {{from: …}}`, or give it a default there"
            yield Finding(path, message, help, related=(place,), at_key=True)


def _must_be_fed(characteristic: Characteristic) -> bool:
    return not characteristic.optional and characteristic.default is None and characteristic.set_by == "customer"


RULE = NeighbourRule("TK305", "mandatory-fed", FEEDING, check)
