"""Listed values lie between `min` and `max`.

Where both are written, some systems read the list and others the range. They have to say the same.

Fails:
```yaml
kind: ProductSpecification
id: access
name: Access
characteristics: {lines: {type: integer, values: [1, 2, 20], min: 1, max: 10}}
```

Passes:
```yaml
kind: ProductSpecification
id: access
name: Access
characteristics: {lines: {type: integer, values: [1, 2, 10], min: 1, max: 10}}
```
"""

from collections.abc import Iterator
from decimal import Decimal

from tmfkit.model.characteristics import Characteristic, text_of
from tmfkit.rules.base import EntityRule, Finding
from tmfkit.semantics.domains import NUMERIC, Range, number_of
from tmfkit.semantics.feeds import CHARACTERISED, Characterised


def check(entity: Characterised) -> Iterator[Finding]:
    """Listed numbers that the range of their characteristic does not hold."""
    for name, one in entity.characteristics.items():
        if not one.values or (one.min is None and one.max is None) or one.type not in NUMERIC:
            continue
        limits = Range(_end(one, one.min), _end(one, one.max))
        for text in one.values:
            number = _end(one, text)
            if number is not None and not limits.holds(number):
                message = f"`{text}` is listed, and `{name}` is {limits.words()}"
                yield Finding(("characteristics", name, "values", text), message, "drop the value, or widen `min` and `max`")


def _end(characteristic: Characteristic, text: str | None) -> Decimal | None:
    return None if text is None else number_of(text_of(characteristic.read(text)))


RULE = EntityRule("TK316", "listed-in-range", CHARACTERISED, check)
