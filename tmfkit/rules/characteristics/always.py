"""A constraint excludes something.

One whose `then` is true for every value says nothing. Mostly a value was withdrawn, or `when` and `then` were exchanged.

Fails:
```yaml
kind: ProductSpecification
id: access
name: Access
characteristics:
  speed: {type: quantity, unit: Mbit/s, values: [100, 500]}
  visit: {values: [self, technician]}
constraints:
  fast-needs-visit: {when: {speed: 500}, then: {visit: [self, technician]}}
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
  fast-needs-visit: {when: {speed: 500}, then: {visit: technician}}
```
"""

from collections.abc import Iterator

from tmfkit.diagnostics.model import Severity
from tmfkit.rules.base import EntityRule, Finding
from tmfkit.semantics.conditions import verdict
from tmfkit.semantics.feeds import FEEDING, Feeding, variable_of


def check(entity: Feeding) -> Iterator[Finding]:
    """Constraints that every combination satisfies."""
    for name, constraint in entity.constraints.items():
        subjects = {subject for subject in constraint.then.subjects if subject in entity.characteristics}
        known = {subject: variable_of(subject, entity.characteristics[subject]) for subject in subjects}
        if constraint.then and verdict(constraint.then, known) is True:
            message = f"`{name}` excludes nothing: its `then` is true whatever is chosen"
            help = "name fewer values in `then`, or delete the constraint"
            yield Finding(("constraints", name, "then"), message, help, at_key=True)


RULE = EntityRule("TK311", "constraint-says-something", FEEDING, check, Severity.WARNING)
