"""A role of a bundle, and a characteristic of many values, takes a number that can be.

`min` is not above `max`, neither is below nothing, `default` lies between them, and no more are `included` than can be taken.

Fails:
```yaml
kind: ProductSpecification
id: access
name: Access
---
kind: ProductOffering
id: home
name: Home
product: access
lifecycle: Active
---
kind: ProductOffering
id: duo
name: Duo
lifecycle: Active
bundle:
  home: {min: 3, max: 2}
```

Passes:
```yaml
kind: ProductSpecification
id: access
name: Access
---
kind: ProductOffering
id: home
name: Home
product: access
lifecycle: Active
---
kind: ProductOffering
id: duo
name: Duo
lifecycle: Active
bundle:
  home: {min: 2, max: 3}
```
"""

from collections.abc import Iterator

from tmfkit.model.base import Entity
from tmfkit.model.products import Member, ProductOffering
from tmfkit.rules.base import EntityRule, Finding
from tmfkit.rules.parts import characteristics
from tmfkit.semantics.feeds import CHARACTERISED
from tmfkit.source.document import Path


def check(entity: Entity) -> Iterator[Finding]:
    """Numbers of members and of values that exclude each other."""
    if isinstance(entity, ProductOffering):
        for role, member in entity.bundle.items():
            yield from _member(("bundle", role), member)
        return
    for name, characteristic in characteristics(entity).items():
        if characteristic.many is not None:
            yield from _ends(("characteristics", name, "many"), characteristic.many.min, characteristic.many.max, "values")


def _member(path: Path, member: Member) -> Iterator[Finding]:
    faults = list(_ends(path, member.min, member.max, "members"))
    yield from faults
    if faults:
        return
    for name, number in (("default", member.default), ("included", member.included)):
        least = member.fewest if name == "default" else 0
        if number is None or (least <= number and (member.most is None or number <= member.most)):
            continue
        most = "" if member.most is None else f" to {member.most}"
        yield Finding((*path, name), f"`{name}` is {number}, and the role takes from {least}{most}", "bring the numbers together")


def _ends(path: Path, least: int | None, most: int | None, what: str) -> Iterator[Finding]:
    if least is not None and least < 0:
        yield Finding((*path, "min"), f"there cannot be {least} {what}", "write 0 for none")
    if most is not None and most < 1:
        yield Finding((*path, "max"), f"at most {most} {what} means none at all", "delete it, or allow at least one")
    elif most is not None and (1 if least is None and what == "members" else least or 0) > most:
        yield Finding((*path, "max"), f"at least {least} and at most {most} {what} cannot be", "exchange `min` and `max`, or raise `max`")


RULE = EntityRule("TK501", "member-numbers", (ProductOffering, *CHARACTERISED), check)
