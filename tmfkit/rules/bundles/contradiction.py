"""Nothing is required and excluded at once.

An offering that requires what it excludes (or whose bundle needs a member that it excludes, or whose members exclude each other)
can be configured by nobody.

Fails:
```yaml
kind: ProductSpecification
id: access
name: Access
---
kind: ProductOffering
id: router
name: Router
product: access
lifecycle: Active
---
kind: ProductOffering
id: home
name: Home
product: access
lifecycle: Active
requires: [router]
excludes: [router]
```

Passes:
```yaml
kind: ProductSpecification
id: access
name: Access
---
kind: ProductOffering
id: router
name: Router
product: access
lifecycle: Active
---
kind: ProductOffering
id: home
name: Home
product: access
lifecycle: Active
requires: [router]
```
"""

from collections.abc import Iterator

from tmfkit.catalog import Catalog
from tmfkit.model.base import instant
from tmfkit.model.products import ProductOffering, Relation
from tmfkit.rules.base import Finding, NeighbourRule, Place
from tmfkit.source.document import Path

Needed = tuple[str, Path, Relation | None]


def check(offering: ProductOffering, catalog: Catalog) -> Iterator[Finding]:
    """Contradictions between what an offering needs and what it or its needs exclude."""
    needed = list(_needed(offering))
    own = {relation.offering: relation for relation in offering.excludes if isinstance(relation.offering, str)}
    for field, relations in (("requires", offering.requires), ("excludes", offering.excludes)):
        for index, relation in enumerate(relations):
            if relation.offering == offering.id:
                yield Finding((field, index, offering.id), f"`{offering.id}` {field} itself", "delete it")
    for id, path, need in needed:
        if id in own and id != offering.id and _meet(need, own[id], catalog):
            place = Place("excluded here", offering.key, ("excludes", id))
            yield Finding(path, f"`{offering.id}` needs `{id}` and excludes it", "keep one of the two", related=(place,))
    yield from _among(offering, needed, catalog)


def _among(offering: ProductOffering, needed: list[Needed], catalog: Catalog) -> Iterator[Finding]:
    """What is needed and itself excludes the offering, or something else that is needed."""
    together = {offering.id, *(id for id, _, _ in needed)}
    for id, path, relation in needed:
        other = catalog.get(ProductOffering, id) if id != offering.id else None
        for excluded in other.excludes if other is not None else ():
            if excluded.offering in together and excluded.offering != id and other is not None and _meet(relation, excluded, catalog):
                place = Place("excluded here", other.key, ("excludes", str(excluded.offering)))
                message = f"`{offering.id}` needs `{id}`, which excludes `{excluded.offering}`"
                yield Finding(path, message, "keep one of the two", related=(place,))


def _needed(offering: ProductOffering) -> Iterator[Needed]:
    for index, relation in enumerate(offering.requires):
        if isinstance(relation.offering, str):
            yield relation.offering, ("requires", index, relation.offering), relation
    for role, member in offering.bundle.items():
        targets = member.offerings(role)
        if member.fewest > 0 and len(targets) == 1 and isinstance(targets[0], str):
            yield targets[0], ("bundle", role), None


def _meet(first: Relation | None, second: Relation | None, catalog: Catalog) -> bool:
    """Whether two relations hold at one moment."""
    begins, ends = [], []
    for relation in (first, second):
        if relation is not None and relation.from_ is not None:
            begins.append(instant(relation.from_, catalog.zone))
        if relation is not None and relation.until is not None:
            ends.append(instant(relation.until, catalog.zone))
    return not (begins and ends) or max(begins) < min(ends)


RULE = NeighbourRule("TK502", "required-excluded", (ProductOffering,), check)
