"""A bundle does not require what it contains.

A member that is always there need not be required. Mostly the requirement was left behind when the offering became a member, and
order management asks for it a second time.

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
bundle: {home: {}}
requires: [home]
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
bundle: {home: {}}
```
"""

from collections.abc import Iterator

from tmfkit.diagnostics.model import Severity
from tmfkit.model.products import ProductOffering
from tmfkit.rules.base import EntityRule, Finding, Place


def check(offering: ProductOffering) -> Iterator[Finding]:
    """Requirements that are members which are always there."""
    if not (offering.bundle and offering.requires):
        return
    always = {member.offerings(role): role for role, member in offering.bundle.items() if member.fewest > 0}
    for index, relation in enumerate(offering.requires):
        role = always.get((relation.offering,))
        if role is not None and isinstance(relation.offering, str):
            place = Place("it is a member here", offering.key, ("bundle", role))
            message = f"`{offering.id}` requires `{relation.offering}`, which it always contains"
            yield Finding(("requires", index, relation.offering), message, "delete the requirement", related=(place,))


RULE = EntityRule("TK509", "required-member", (ProductOffering,), check, Severity.WARNING)
