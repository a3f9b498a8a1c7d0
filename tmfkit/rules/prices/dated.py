"""A dated value has one step for every moment, for new and for existing customers.

Where two steps meet, one `until` is the other's `from`: intervals include their beginning and not their end. The first may begin
open and the last may end open. A gap means no price for that time; an overlap means two. `appliesTo` makes two lines of steps,
one for new and one for existing customers, and each has to be whole; who is not meant by a change keeps the value of before.

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
prices:
  monthly:
    type: recurring
    every: 1 month
    amount: [{until: 2027-01-01, is: 30.00 EUR}, {from: 2027-02-01, is: 33.00 EUR}]
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
prices:
  monthly:
    type: recurring
    every: 1 month
    amount: [{until: 2027-01-01, is: 30.00 EUR}, {from: 2027-01-01, is: 33.00 EUR}]
```
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from tmfkit.catalog import Catalog
from tmfkit.model.base import Step, instant
from tmfkit.model.landscape import Vocabulary
from tmfkit.model.prices import ProductOfferingPrice
from tmfkit.model.products import ProductOffering
from tmfkit.rules.base import Finding, NeighbourRule, Place
from tmfkit.rules.parts import terms_of
from tmfkit.source.document import Path

_FIELDS = ("amount", "percent", "table", "tiers")


def check(entity: ProductOffering | ProductOfferingPrice | Vocabulary, catalog: Catalog) -> Iterator[Finding]:
    """Dated values with a gap or an overlap."""
    if isinstance(entity, Vocabulary):
        for name, steps in entity.taxes.items():
            yield from _steps(("taxes", name), steps, catalog, entity)
        return
    for path, terms in terms_of(entity):
        for field in _FIELDS:
            steps = getattr(terms, field)
            if steps:
                yield from _steps((*path, field), steps, catalog, entity)


def _steps(path: Path, steps: Sequence[Step[Any]], catalog: Catalog, entity: Any) -> Iterator[Finding]:
    if len(steps) == 1 and steps[0].applies_to == "all":
        return
    said: set[tuple[int, str]] = set()
    for cohort in ("new", "existing"):
        whose = f" for {cohort} customers" if any(step.applies_to != "all" for step in steps) else ""
        for index, finding in _line(path, steps, cohort, whose, catalog, entity):
            if (index, finding.message.replace(whose, "")) not in said:
                said.add((index, finding.message.replace(whose, "")))
                yield finding


def _line(path: Path, steps: Sequence[Step[Any]], cohort: str, whose: str, catalog: Catalog, entity: Any) -> Iterator[tuple[int, Finding]]:
    own = [(index, step) for index, step in enumerate(steps) if step.applies_to in ("all", cohort)]
    if not own:
        other = steps[0].applies_to
        help = f"add a step with `appliesTo: {cohort}`, or drop `appliesTo: {other}`"
        yield 0, Finding(path, f"this value says nothing{whose}", help)
        return
    own.sort(key=lambda pair: _begin(pair[1], catalog))
    for (before, first), (index, second) in pairwise(own):
        related = (Place("the step before it", entity.key, (*path, before)),)
        place = (*path, index)
        if second.from_ is None or first.until is None or instant(second.from_, catalog.zone) < instant(first.until, catalog.zone):
            yield index, Finding(place, f"this step overlaps the one before it{whose}", _meet(first, second), related=related)
        elif instant(second.from_, catalog.zone) > (end := instant(first.until, catalog.zone)):
            if any(step.validity.holds(end, catalog.zone) for step in steps):
                continue
            message = f"no value holds{whose} from {_said(first.until)} until {_said(second.from_)}"
            yield index, Finding(place, message, _meet(first, second), related=related)


def _begin(step: Step[Any], catalog: Catalog) -> float:
    return float("-inf") if step.from_ is None else instant(step.from_, catalog.zone).timestamp()


def _meet(first: Step[Any], second: Step[Any]) -> str:
    if second.from_ is not None:
        return f"let the first end when the second begins: `until: {_said(second.from_)}`"
    return f"say when the second begins: `from: {_said(first.until)}`" if first.until is not None else "give the steps `from` and `until`"


def _said(moment: datetime | date) -> str:
    return moment.isoformat()


RULE = NeighbourRule("TK205", "dated-values", (ProductOffering, ProductOfferingPrice, Vocabulary), check)
