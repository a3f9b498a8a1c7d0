"""A characteristic does not ask for more values than it lists.

`many: {max: 5}` of three listed values can never be used up; with a `min` above their number nothing can be ordered at all.

Fails:
```yaml
kind: ProductSpecification
id: access
name: Access
characteristics: {barring: {values: [international, value-added], many: {min: 3, max: 3}}}
```

Passes:
```yaml
kind: ProductSpecification
id: access
name: Access
characteristics: {barring: {values: [international, value-added], many: {min: 0, max: 2}}}
```
"""

from collections.abc import Iterator

from tmfkit.diagnostics.model import Severity
from tmfkit.rules.base import EntityRule, Finding
from tmfkit.semantics.feeds import CHARACTERISED, Characterised


def check(entity: Characterised) -> Iterator[Finding]:
    """Numbers of values above that of the values listed."""
    for name, one in entity.characteristics.items():
        if one.many is None or one.values is None:
            continue
        for key, number in (("min", one.many.min), ("max", one.many.max)):
            if number is not None and number > len(one.values):
                message = f"`{name}` takes {number} values, and only {len(one.values)} are listed"
                yield Finding(("characteristics", name, "many", key), message, f"write at most {len(one.values)}, or list more values")
                break


RULE = EntityRule("TK321", "enough-values", CHARACTERISED, check, Severity.WARNING)
