"""The constraints of a specification leave something to choose.

Constraints that contradict each other exclude every combination: then nobody can order the product, whatever is on sale.

Fails:
```yaml
kind: ProductSpecification
id: access
name: Access
characteristics:
  speed: {type: quantity, unit: Mbit/s, values: [100, 500]}
  visit: {values: [self, technician]}
constraints:
  slow-is-plugged: {when: {speed: 100}, then: {visit: self}}
  slow-is-installed: {when: {speed: 100}, then: {visit: technician}}
  fast-is-slow: {when: {speed: 500}, then: {speed: 100}}
```

Passes:
```yaml
kind: ProductSpecification
id: access
name: Access
characteristics:
  speed: {type: quantity, unit: Mbit/s, values: [100, 500]}
  visit: {values: [self, technician]}
constraints:
  slow-is-plugged: {when: {speed: 100}, then: {visit: self}}
```
"""

from collections.abc import Iterator

from tmfkit.rules.base import EntityRule, Finding, Place
from tmfkit.semantics.combinations import left
from tmfkit.semantics.feeds import FEEDING, Feeding


def check(entity: Feeding) -> Iterator[Finding]:
    """Constraints that exclude everything together."""
    found = left(entity) if entity.constraints else None
    if found is None or found.combinations:
        return
    first, *others = entity.constraints
    message = f"the constraints of `{entity.id}` exclude every combination of {', '.join(f'`{name}`' for name in found.subjects)}"
    places = tuple(Place("this one too", entity.key, ("constraints", name)) for name in others[:4])
    yield Finding(("constraints", first), message, "loosen one of them", related=places, at_key=True)


RULE = EntityRule("TK312", "constraints-leave-something", FEEDING, check)
