"""A limit is one that its type has.

`min` and `max` limit numbers, quantities and dates; a `pattern` limits texts. On another type they limit nothing, and whoever wrote
them believes that they do.

Fails:
```yaml
kind: ProductSpecification
id: access
name: Access
characteristics: {lines: {type: integer, pattern: "[0-9]{2}"}}
```

Passes:
```yaml
kind: ProductSpecification
id: access
name: Access
characteristics: {lines: {type: integer, min: 10, max: 99}}
```
"""

from collections.abc import Iterator

from tmfkit.diagnostics.model import Severity
from tmfkit.model.characteristics import Characteristic, ValueType
from tmfkit.rules.base import EntityRule, Finding
from tmfkit.semantics.feeds import CHARACTERISED, Characterised

_UNRANGED = (ValueType.STRING, ValueType.BOOLEAN)


def check(entity: Characterised) -> Iterator[Finding]:
    """Limits that have no meaning for the type of their characteristic."""
    for name, characteristic in entity.characteristics.items():
        for key, help in _pointless(characteristic):
            message = f"`{key}` limits nothing: `{name}` is of type {characteristic.type}"
            yield Finding(("characteristics", name, key), message, help, at_key=True)


def _pointless(one: Characteristic) -> Iterator[tuple[str, str]]:
    if one.type in _UNRANGED:
        for key, limit in (("min", one.min), ("max", one.max)):
            if limit is not None:
                yield key, "give it a type with an order, as in `type: integer`"
    if one.pattern is not None and one.type is not ValueType.STRING:
        yield "pattern", "limit it by `values`, or by `min` and `max`"


RULE = EntityRule("TK317", "limit-of-the-type", CHARACTERISED, check, Severity.WARNING)
