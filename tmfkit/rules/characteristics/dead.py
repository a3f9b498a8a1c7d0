"""Every value can be chosen.

A value that the constraints exclude in every combination is offered in the web shop and refused whenever somebody takes it.

Fails:
```yaml
kind: ProductSpecification
id: access
name: Access
characteristics:
  speed: {type: quantity, unit: Mbit/s, values: [100, 500]}
  visit: {values: [self, technician]}
constraints:
  fast-is-installed: {when: {speed: 500}, then: {visit: technician}}
  fast-is-plugged: {when: {speed: 500}, then: {visit: self}}
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
  fast-is-installed: {when: {speed: 500}, then: {visit: technician}}
```
"""

from collections.abc import Iterator

from tmfkit.diagnostics.model import Severity
from tmfkit.rules.base import EntityRule, Finding, Place
from tmfkit.semantics.combinations import left
from tmfkit.semantics.feeds import FEEDING, Feeding


def check(entity: Feeding) -> Iterator[Finding]:
    """Values that no combination has which the constraints allow."""
    found = left(entity) if entity.constraints else None
    if found is None or not found.combinations:
        return
    for name, values in found.subjects.items():
        possible = {chosen[name] for chosen in found.combinations}
        for value in values:
            if value not in possible:
                asking = [one for one, rule in entity.constraints.items() if name in (*rule.when.subjects, *rule.then.subjects)]
                places = tuple(Place("this constraint asks about it", entity.key, ("constraints", one)) for one in asking[:4])
                message = f"`{name}` can never be `{value}`: the constraints exclude it in every combination"
                yield Finding(("characteristics", name), message, "drop the value, or loosen a constraint", related=places, at_key=True)


RULE = EntityRule("TK313", "dead-value", FEEDING, check, Severity.WARNING)
