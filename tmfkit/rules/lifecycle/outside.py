"""Prices and terms are valid at some time at which their offering is.

A price that begins when the offering has ended, or a step of it that ended before the offering began, never counts.

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
validFor: {from: 2026-01-01, until: 2027-01-01}
prices:
  monthly: {type: recurring, every: 1 month, amount: 30.00 EUR}
  fee: {type: oneTime, amount: 10.00 EUR, validFor: {from: 2027-06-01}}
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
validFor: {from: 2026-01-01, until: 2027-01-01}
prices:
  monthly: {type: recurring, every: 1 month, amount: 30.00 EUR}
  fee: {type: oneTime, amount: 10.00 EUR, validFor: {from: 2026-06-01}}
```
"""

from collections.abc import Iterator

from tmfkit.catalog import Catalog
from tmfkit.diagnostics.model import Severity
from tmfkit.model.base import ALWAYS, Validity
from tmfkit.model.products import ProductOffering
from tmfkit.rules.base import Finding, NeighbourRule, Place
from tmfkit.semantics.overlap import overlap
from tmfkit.source.document import Path


def check(offering: ProductOffering, catalog: Catalog) -> Iterator[Finding]:
    """Parts of an offering that are valid only when it is not."""
    if offering.valid_for is ALWAYS or not overlap((offering.valid_for,), catalog):
        return
    for path, validity in _dated(offering):
        if overlap((validity,), catalog) and not overlap((offering.valid_for, validity), catalog):
            place = Place("this is how long the offering is valid", offering.key, ("validFor",))
            message = f"this is never valid while `{offering.id}` is"
            yield Finding(path, message, "correct the date, or delete it", related=(place,))


def _dated(offering: ProductOffering) -> Iterator[tuple[Path, Validity]]:
    for name, term in offering.terms.items():
        if term.valid_for is not None:
            yield ("terms", name, "validFor"), term.valid_for
    for name, price in offering.prices.items():
        if price.valid_for is not None:
            yield ("prices", name, "validFor"), price.valid_for
        for field in ("amount", "percent", "table", "tiers"):
            steps = getattr(price, field)
            if len(steps) > 1:
                yield from ((("prices", name, field, index), step.validity) for index, step in enumerate(steps))


RULE = NeighbourRule("TK406", "inside-validity", (ProductOffering,), check, Severity.WARNING)
