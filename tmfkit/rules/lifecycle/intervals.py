"""An interval ends after it begins.

Intervals include their beginning and not their end. One that ends before or when it begins never holds, so the price or relation
in it never counts.

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
validFor: {from: 2027-01-01, until: 2026-01-01}
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
```
"""

from collections.abc import Iterator
from typing import Any

from tmfkit.catalog import Catalog
from tmfkit.model.base import ALWAYS, Entity, Validity, instant
from tmfkit.model.kinds import KINDS
from tmfkit.model.landscape import Vocabulary
from tmfkit.model.prices import PriceTerms
from tmfkit.model.products import ProductOffering
from tmfkit.rules.base import Finding, NeighbourRule
from tmfkit.rules.parts import conditions_of, has_prices, terms_of
from tmfkit.source.document import Path


def check(entity: Entity, catalog: Catalog) -> Iterator[Finding]:
    """Intervals of an entity and of its parts that hold at no moment."""
    for path, interval in _intervals(entity):
        if interval.from_ is None or interval.until is None:
            continue
        if instant(interval.until, catalog.zone) <= instant(interval.from_, catalog.zone):
            message = f"this ends on {interval.until.isoformat()}, which is not after it begins on {interval.from_.isoformat()}"
            yield Finding((*path, "until"), message, "let it end later; the end itself is not part of the interval")


def _intervals(entity: Entity) -> Iterator[tuple[Path, Validity]]:
    if entity.valid_for is not ALWAYS:
        yield ("validFor",), entity.valid_for
    if type(entity) is ProductOffering:
        yield from _of_offering(entity)
    if has_prices(entity):
        for path, terms in terms_of(entity):
            yield from _of_terms(path, terms)
    elif type(entity) is Vocabulary:
        for name, steps in entity.taxes.items():
            yield from _of_steps(("taxes", name), steps)
    for asked in conditions_of(entity):
        for subject, wanted in asked.condition.clauses:
            if isinstance(wanted, Validity):
                yield (*asked.path, subject), wanted


def _of_offering(offering: ProductOffering) -> Iterator[tuple[Path, Validity]]:
    for name, term in offering.terms.items():
        if term.valid_for is not None:
            yield ("terms", name, "validFor"), term.valid_for
    for name, price in offering.prices.items():
        if price.valid_for is not None:
            yield ("prices", name, "validFor"), price.valid_for
    for field in ("requires", "excludes", "replaces"):
        for index, relation in enumerate(getattr(offering, field)):
            if relation.from_ is not None and relation.until is not None:
                place = (field, index, str(relation.offering))
                yield place, Validity.model_construct(from_=relation.from_, until=relation.until)


def _of_terms(path: Path, terms: PriceTerms) -> Iterator[tuple[Path, Validity]]:
    for field in ("amount", "percent", "table", "tiers"):
        steps = getattr(terms, field)
        if steps:
            yield from _of_steps((*path, field), steps)


def _of_steps(path: Path, steps: tuple[Any, ...]) -> Iterator[tuple[Path, Validity]]:
    for index, step in enumerate(steps):
        if step.from_ is not None and step.until is not None:
            yield (*path, index), step.validity


RULE = NeighbourRule("TK402", "interval-ends", tuple(kind.model for kind in KINDS.values()), check)
