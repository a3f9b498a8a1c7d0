"""A group offers each offering once.

`of` is what a customer chooses from. An offering that stands there twice, or alone, makes the choice look larger than it is.

Fails:
```yaml
kind: ProductSpecification
id: access
name: Access
---
kind: ProductOffering
id: sport
name: Sport
product: access
lifecycle: Active
---
kind: ProductOffering
id: cinema
name: Cinema
product: access
lifecycle: Active
---
kind: ProductOffering
id: pack
name: Pack
lifecycle: Active
bundle: {extras: {of: [sport, cinema, sport]}}
```

Passes:
```yaml
kind: ProductSpecification
id: access
name: Access
---
kind: ProductOffering
id: sport
name: Sport
product: access
lifecycle: Active
---
kind: ProductOffering
id: cinema
name: Cinema
product: access
lifecycle: Active
---
kind: ProductOffering
id: pack
name: Pack
lifecycle: Active
bundle: {extras: {of: [sport, cinema]}}
```
"""

from collections.abc import Iterator

from tmfkit.diagnostics.model import Severity
from tmfkit.model.products import ProductOffering
from tmfkit.rules.base import EntityRule, Finding


def check(offering: ProductOffering) -> Iterator[Finding]:
    """Groups with one offering, or with one twice."""
    for role, member in offering.bundle.items():
        if len(member.of) == 1:
            target = member.of[0]
            help = f"write `offering: {target}`" if isinstance(target, str) else "write it under `offering`"
            yield Finding(("bundle", role, "of"), f"the group `{role}` offers one offering: there is nothing to choose", help)
        for index, target in enumerate(member.of):
            if target in member.of[:index]:
                said = target if isinstance(target, str) else target.external
                yield Finding(("bundle", role, "of", index), f"`{said}` stands twice in the group `{role}`", "delete it once")


RULE = EntityRule("TK506", "group-of-several", (ProductOffering,), check, Severity.WARNING)
