"""A bundle on sale does not offer what is sold no more.

A role or a choice whose offering is Retired, Obsolete or Rejected is shown in the web shop and refused when somebody takes it.

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
id: phone
name: Phone
product: access
lifecycle: Retired
---
kind: ProductOffering
id: duo
name: Duo
lifecycle: Active
bundle: {home: {}, phone: {min: 0, max: 1}}
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
id: phone
name: Phone
product: access
lifecycle: Active
---
kind: ProductOffering
id: duo
name: Duo
lifecycle: Active
bundle: {home: {}, phone: {min: 0, max: 1}}
```
"""

from collections.abc import Iterator

from tmfkit.catalog import Catalog, Summary
from tmfkit.diagnostics.model import Severity
from tmfkit.model.base import Key, Lifecycle
from tmfkit.model.products import Member, ProductOffering
from tmfkit.rules.base import Finding, NeighbourRule, Place
from tmfkit.rules.lifecycle.launched import SELLABLE
from tmfkit.semantics.reach import OFF_SALE
from tmfkit.source.document import Path


def check(offering: ProductOffering, catalog: Catalog) -> Iterator[Finding]:
    """Members of a bundle on sale that are off sale, unless the whole role is: a launched bundle has its own rule for that."""
    if offering.lifecycle not in SELLABLE:
        return
    for role, member in offering.bundle.items():
        found = dict(_members(role, member, catalog))
        needed = offering.lifecycle is Lifecycle.LAUNCHED and member.fewest > 0
        if needed and not any(one.lifecycle in SELLABLE for one in found.values()):
            continue
        for path, summary in found.items():
            if summary.lifecycle in OFF_SALE:
                message = f"`{summary.key.id}` is {summary.lifecycle}, and `{offering.id}` still offers it"
                place = Place(f"it is {summary.lifecycle} here", summary.key, ("lifecycle",))
                yield Finding(path, message, "take it out of the bundle", related=(place,), at_key=len(path) == 2)


def _members(role: str, member: Member, catalog: Catalog) -> Iterator[tuple[Path, Summary]]:
    for index, target in enumerate(member.offerings(role)):
        summary = catalog.summaries.get(Key(ProductOffering.KIND, target)) if isinstance(target, str) else None
        if summary is not None and summary.usable:
            yield (("bundle", role, "of", index) if member.of else ("bundle", role)), summary


RULE = NeighbourRule("TK403", "member-on-sale", (ProductOffering,), check, Severity.WARNING)
