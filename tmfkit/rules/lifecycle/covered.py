"""What something is made of is valid for as long as it is.

A product, member, service or resource that ends while the offering above it goes on leaves an offering that can be ordered and not
delivered. A beginning that the offering does not write is left alone: it lies in the past.

Fails:
```yaml
kind: ProductSpecification
id: access
name: Access
validFor: {until: 2027-01-01}
---
kind: ProductOffering
id: home
name: Home
product: access
lifecycle: Active
validFor: {from: 2026-01-01, until: 2028-01-01}
```

Passes:
```yaml
kind: ProductSpecification
id: access
name: Access
validFor: {until: 2027-01-01}
---
kind: ProductOffering
id: home
name: Home
product: access
lifecycle: Active
validFor: {from: 2026-01-01, until: 2027-01-01}
```
"""

from collections.abc import Iterator
from datetime import date, datetime

from tmfkit.catalog import Catalog
from tmfkit.diagnostics.model import Severity
from tmfkit.model.base import ALWAYS, Entity, Ref, Validity, instant
from tmfkit.model.products import ProductOffering, ProductSpecification
from tmfkit.model.services import RESOURCES, SERVICES, ResourceUse
from tmfkit.rules.base import Finding, NeighbourRule, Place
from tmfkit.rules.parts import uses
from tmfkit.semantics.feeds import FEEDING, target_of
from tmfkit.semantics.reach import OFF_SALE
from tmfkit.source.document import Path

Needed = tuple[Path, tuple[str, ...], Ref]
"""Where something is needed, the kinds that it may be of, and what it is."""


def check(entity: Entity, catalog: Catalog) -> Iterator[Finding]:
    """What an entity needs and what is not valid for all of its time."""
    if entity.lifecycle in OFF_SALE:
        return
    for path, kinds, target in _needed(entity):
        key = catalog.find(kinds, target) if isinstance(target, str) else None
        summary = catalog.summaries[key] if key is not None else None
        if key is None or summary is None or not summary.usable or summary.valid_for == ALWAYS:
            continue
        missing = _uncovered(entity.valid_for, summary.valid_for, catalog)
        if missing:
            place = Place("this is how long it is valid", key, ("validFor",))
            help = "let both be valid for the same time"
            yield Finding(path, f"`{key.id}` is {missing}", help, related=(place,), at_key=path[0] != "product")


def _needed(entity: Entity) -> Iterator[Needed]:
    if isinstance(entity, ProductOffering):
        if entity.product is not None:
            yield ("product",), (ProductSpecification.KIND,), entity.product
        for role, member in entity.bundle.items():
            targets = member.offerings(role)
            if member.fewest > 0 and len(targets) == 1:
                yield ("bundle", role), (ProductOffering.KIND,), targets[0]
        return
    for path, role, use in uses(entity):
        yield path, RESOURCES if isinstance(use, ResourceUse) else SERVICES, target_of(role, use)


def _uncovered(above: Validity, below: Validity, catalog: Catalog) -> str:
    """What of the time above is not covered below, as the end of a sentence."""
    if below.until is not None and (above.until is None or instant(below.until, catalog.zone) < instant(above.until, catalog.zone)):
        return f"valid until {_said(below.until)}, and what needs it goes on {_until(above.until)}"
    if below.from_ is not None and above.from_ is not None and instant(above.from_, catalog.zone) < instant(below.from_, catalog.zone):
        return f"valid from {_said(below.from_)}, and what needs it begins on {_said(above.from_)}"
    return ""


def _until(moment: datetime | date | None) -> str:
    return "for ever" if moment is None else f"until {_said(moment)}"


def _said(moment: datetime | date) -> str:
    return moment.isoformat()


RULE = NeighbourRule("TK405", "covered-validity", (ProductOffering, *FEEDING), check, Severity.WARNING)
