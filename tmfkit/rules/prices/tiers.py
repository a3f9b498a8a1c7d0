"""Tiers rise, and the last one has no end.

Each tier goes up to its bound; the next begins there. Bounds that do not rise hide a tier, and without an open last tier there is
no price above the last bound.

Fails:
```yaml
kind: Vocabulary
usage: {data: {unit: GB}}
---
kind: ProductSpecification
id: line
name: Line
---
kind: ProductOffering
id: mobile
name: Mobile
product: line
lifecycle: Active
prices:
  data:
    type: usage
    usage: data
    per: 1 GB
    tiers: [{upTo: 50 GB, amount: 2.00 EUR}, {upTo: 10 GB, amount: 1.00 EUR}, {amount: 0.50 EUR}]
```

Passes:
```yaml
kind: Vocabulary
usage: {data: {unit: GB}}
---
kind: ProductSpecification
id: line
name: Line
---
kind: ProductOffering
id: mobile
name: Mobile
product: line
lifecycle: Active
prices:
  data:
    type: usage
    usage: data
    per: 1 GB
    tiers: [{upTo: 10 GB, amount: 2.00 EUR}, {upTo: 50 GB, amount: 1.00 EUR}, {amount: 0.50 EUR}]
```
"""

from collections.abc import Iterator
from decimal import Decimal

from tmfkit.model.prices import ProductOfferingPrice, Tier
from tmfkit.model.products import ProductOffering
from tmfkit.model.values import Quantity, plain
from tmfkit.rules.base import EntityRule, Finding
from tmfkit.rules.parts import step_path, terms_of
from tmfkit.source.document import Path


def check(entity: ProductOffering | ProductOfferingPrice) -> Iterator[Finding]:
    """Tiers without order, end or amount."""
    for path, terms in terms_of(entity):
        for index, step in enumerate(terms.tiers):
            yield from _tiers(step_path(path, "tiers", terms.tiers, index), step.is_)


def _tiers(path: Path, tiers: tuple[Tier, ...]) -> Iterator[Finding]:
    if not tiers:
        yield Finding(path, "there are no tiers here", "write the first, as in `{upTo: 10 GB, amount: 2.00 EUR}`")
        return
    before: Quantity | Decimal | None = None
    for index, tier in enumerate(tiers):
        place = (*path, index)
        if tier.amount is None and tier.flat is None:
            yield Finding(place, "this tier says nothing of how much", "add `amount` (for each unit) or `flat` (once)")
        if tier.up_to is None:
            if index < len(tiers) - 1:
                yield Finding(place, "this tier has no end, so those behind it are never reached", "add `upTo`, or move it to the end")
            continue
        yield from _rises(place, before, tier.up_to)
        before = tier.up_to
    if tiers[-1].up_to is not None:
        message = f"the last tier ends at {_said(tiers[-1].up_to)}: above it there is no price"
        yield Finding((*path, len(tiers) - 1), message, "add a last tier without `upTo`")


def _rises(place: Path, before: Quantity | Decimal | None, bound: Quantity | Decimal) -> Iterator[Finding]:
    if before is None:
        return
    first, second = _dimension(before), _dimension(bound)
    if first != second:
        message = f"{_said(bound)} is a {second}, the tier before it ends at a {first}"
        yield Finding((*place, "upTo"), message, "use one kind of unit in all tiers")
    elif _base(bound) <= _base(before):
        message = f"this tier ends at {_said(bound)}, which is not above {_said(before)}, where it begins"
        yield Finding((*place, "upTo"), message, "put the tiers in rising order")


def _dimension(bound: Quantity | Decimal) -> str:
    return bound.dimension if isinstance(bound, Quantity) else "bare number"


def _base(bound: Quantity | Decimal) -> Decimal:
    return bound.base if isinstance(bound, Quantity) else bound


def _said(bound: Quantity | Decimal) -> str:
    return str(bound) if isinstance(bound, Quantity) else plain(bound)


RULE = EntityRule("TK206", "tiers", (ProductOffering, ProductOfferingPrice), check)
