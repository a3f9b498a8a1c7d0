"""A pattern is a regular expression that the values match.

Systems check what is ordered against the pattern. One that cannot be read checks nothing, and one that the listed values do not match
refuses what the catalog itself offers.

Fails:
```yaml
kind: ProductSpecification
id: access
name: Access
characteristics: {article: {values: [AX-128, BX-128], pattern: "A[XP]-[0-9]{3}"}}
```

Passes:
```yaml
kind: ProductSpecification
id: access
name: Access
characteristics: {article: {values: [AX-128], pattern: "A[XP]-[0-9]{3}"}}
```
"""

from collections.abc import Iterator

from tmfkit.rules.base import EntityRule, Finding
from tmfkit.semantics.domains import matches, pattern
from tmfkit.semantics.feeds import CHARACTERISED, Characterised


def check(entity: Characterised) -> Iterator[Finding]:
    """Patterns that are none, and listed values that do not match theirs; a default has its own rule."""
    for name, characteristic in entity.characteristics.items():
        if characteristic.pattern is None:
            continue
        path = ("characteristics", name)
        read = pattern(characteristic.pattern)
        if isinstance(read, str):
            message = f"`{characteristic.pattern}` is no regular expression: {read}"
            yield Finding((*path, "pattern"), message, "write it as in `[A-Z]{2}-[0-9]{3}`")
            continue
        for text in characteristic.values or ():
            if not matches(characteristic, text):
                message = f"`{text}` does not match the pattern `{characteristic.pattern}`"
                yield Finding((*path, "values", text), message, "correct the value, or widen the pattern")


RULE = EntityRule("TK315", "pattern", CHARACTERISED, check)
