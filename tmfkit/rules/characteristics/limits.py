"""The least value is not above the greatest.

`min` and `max` belong to the range. Exchanged, they leave nothing that anybody could choose.

Fails:
```yaml
kind: ProductSpecification
id: access
name: Access
characteristics: {lines: {type: integer, min: 10, max: 2}}
```

Passes:
```yaml
kind: ProductSpecification
id: access
name: Access
characteristics: {lines: {type: integer, min: 2, max: 10}}
```
"""

from collections.abc import Iterator

from tmfkit.rules.base import EntityRule, Finding
from tmfkit.semantics.domains import domain_of
from tmfkit.semantics.feeds import CHARACTERISED, Characterised


def check(entity: Characterised) -> Iterator[Finding]:
    """Ranges that hold nothing."""
    for name, characteristic in entity.characteristics.items():
        if characteristic.min is None or characteristic.max is None or characteristic.values is not None:
            continue
        for found in domain_of(characteristic).ranges:
            if found.low is not None and found.high is not None and found.low > found.high:
                message = f"no value is from {characteristic.min} to {characteristic.max}"
                yield Finding(("characteristics", name, "max"), message, "exchange `min` and `max`")


RULE = EntityRule("TK314", "range-holds-something", CHARACTERISED, check)
