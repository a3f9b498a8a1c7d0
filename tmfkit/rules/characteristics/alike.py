"""No value is listed twice.

`1000` and `1 Gbit/s` are one value, and so are `GPON` and `gpon` for whoever types them. Two entries for one value get two names, two
prices and two rows in some system.

Fails:
```yaml
kind: ProductSpecification
id: access
name: Access
characteristics: {speed: {type: quantity, unit: Mbit/s, values: [100, 1000, 1 Gbit/s]}}
```

Passes:
```yaml
kind: ProductSpecification
id: access
name: Access
characteristics: {speed: {type: quantity, unit: Mbit/s, values: [100, 1000]}}
```
"""

from collections.abc import Iterator

from tmfkit.diagnostics.model import Severity
from tmfkit.model.characteristics import ValueType
from tmfkit.rules.base import EntityRule, Finding
from tmfkit.semantics.domains import domain_of
from tmfkit.semantics.feeds import CHARACTERISED, Characterised


def check(entity: Characterised) -> Iterator[Finding]:
    """Listed values that are another one in another spelling."""
    for name, one in entity.characteristics.items():
        if one.values is None or len(one.values) < 2:
            continue
        values = domain_of(one).values
        read = tuple(map(str.casefold, values)) if one.type is ValueType.STRING else values
        if len(set(read)) == len(read):
            continue
        first: dict[str, str] = {}
        for text, value in zip(one.values, read, strict=True):
            before = first.setdefault(value, text)
            if before != text:
                message = f"`{text}` is the same value as `{before}`"
                yield Finding(("characteristics", name, "values", text), message, "keep one of the two spellings")


RULE = EntityRule("TK319", "value-listed-once", CHARACTERISED, check, Severity.WARNING)
