"""A default is one of the values allowed.

Systems fill in the default where a customer chooses nothing. One outside the values is refused by those that check, and
provisioned by those that do not.

Fails:
```yaml
kind: ProductSpecification
id: access
name: Access
characteristics:
  speed: {type: quantity, unit: Mbit/s, values: [100, 500], default: 300}
```

Passes:
```yaml
kind: ProductSpecification
id: access
name: Access
characteristics:
  speed: {type: quantity, unit: Mbit/s, values: [100, 500], default: 500}
```
"""

from collections.abc import Iterator

from tmfkit.model.characteristics import Characteristic
from tmfkit.rules.base import EntityRule, Finding
from tmfkit.rules.parts import suggestion
from tmfkit.semantics.configuration import spelled
from tmfkit.semantics.domains import domain_of, matches
from tmfkit.semantics.feeds import CHARACTERISED, Characterised


def check(entity: Characterised) -> Iterator[Finding]:
    """Defaults that a characteristic cannot have, and patterns that they do not match."""
    for name, characteristic in entity.characteristics.items():
        if characteristic.default is not None and (characteristic.default not in (characteristic.values or ()) or characteristic.pattern):
            message = fault(characteristic, characteristic.default)
            if message:
                help = suggestion(characteristic.default, characteristic.values or ()) or "make it one of the values allowed, or drop it"
                yield Finding(("characteristics", name, "default"), f"the default {message}", help)


def fault(characteristic: Characteristic, text: str) -> str:
    """Why a characteristic cannot have a value, as the end of a sentence; empty where it can."""
    domain = domain_of(characteristic)
    if not domain.contains(spelled(characteristic, text)):
        return f"`{text}` is not among what it can be: {domain.words()}"
    if not matches(characteristic, text):
        return f"`{text}` does not match the pattern `{characteristic.pattern}`"
    return ""


RULE = EntityRule("TK301", "default-allowed", CHARACTERISED, check)
