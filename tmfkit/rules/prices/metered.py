"""A price of usage counts in units of what is metered.

The vocabulary says in which unit a usage is measured. `per`, `first`, `increment`, `minimum`, `quantity` and the bounds of tiers
convert into it (100 MB of GB), and what does not convert cannot be rated.

Fails:
```yaml
kind: Vocabulary
usage: {data: {unit: GB}}
---
kind: ProductSpecification
id: access
name: Access
---
kind: ProductOffering
id: home
name: Home
product: access
lifecycle: Active
prices: {data: {type: usage, usage: data, per: 1 min, amount: 1.00 EUR}}
```

Passes:
```yaml
kind: Vocabulary
usage: {data: {unit: GB}}
---
kind: ProductSpecification
id: access
name: Access
---
kind: ProductOffering
id: home
name: Home
product: access
lifecycle: Active
prices: {data: {type: usage, usage: data, per: 100 MB, amount: 1.00 EUR}}
```
"""

from collections.abc import Iterator
from decimal import Decimal

from tmfkit.catalog import Catalog
from tmfkit.model.prices import PriceTerms, ProductOfferingPrice
from tmfkit.model.products import ProductOffering
from tmfkit.model.units import UNITS
from tmfkit.model.values import Quantity
from tmfkit.rules.base import Finding, NeighbourRule
from tmfkit.rules.parts import step_path, terms_of
from tmfkit.source.document import Path

_FIELDS = ("per", "first", "increment", "minimum", "quantity")


def check(entity: ProductOffering | ProductOfferingPrice, catalog: Catalog) -> Iterator[Finding]:
    """Quantities of a usage price in a unit that does not convert into that of its usage."""
    for path, terms in terms_of(entity):
        metered = catalog.vocabulary.usage.get(terms.usage) if terms.usage is not None else None
        if metered is None:
            continue
        unit = UNITS[metered.unit]
        for place, measure in _measures(path, terms):
            if isinstance(measure, Quantity) and measure.dimension != unit.dimension:
                message = f"`{measure}` is a {measure.dimension}, and `{terms.usage}` is measured in {unit.name} ({unit.dimension})"
                yield Finding(place, message, f"write it in {unit.name} or in a unit that converts into it")


def _measures(path: Path, terms: PriceTerms) -> Iterator[tuple[Path, Quantity | Decimal | None]]:
    for field in _FIELDS:
        yield (*path, field), getattr(terms, field)
    if terms.rollover is not None:
        yield (*path, "rollover", "max"), terms.rollover.max
    for index, tiers in enumerate(terms.tiers):
        place = step_path(path, "tiers", terms.tiers, index)
        yield from (((*place, number, "upTo"), tier.up_to) for number, tier in enumerate(tiers.is_))


RULE = NeighbourRule("TK222", "metered-unit", (ProductOffering, ProductOfferingPrice), check)
