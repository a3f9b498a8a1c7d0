"""A feed comes from something that is there.

`from` and `by` name characteristics of the specification that feeds, or `role/characteristic` of a sibling role, which is then
made first. `count` names a characteristic that says how many, or a role.

Fails:
```yaml
kind: ProductSpecification
id: access
name: Access
characteristics:
  speed: {type: quantity, unit: Mbit/s, values: [100, 500]}
services:
  internet: {with: {bandwidth: {from: sped}}}
---
kind: CustomerFacingServiceSpecification
id: internet
name: Internet
characteristics:
  bandwidth: {type: quantity, unit: Mbit/s}
```

Passes:
```yaml
kind: ProductSpecification
id: access
name: Access
characteristics:
  speed: {type: quantity, unit: Mbit/s, values: [100, 500]}
services:
  internet: {with: {bandwidth: {from: speed}}}
---
kind: CustomerFacingServiceSpecification
id: internet
name: Internet
characteristics:
  bandwidth: {type: quantity, unit: Mbit/s}
```
"""

from collections.abc import Iterable, Iterator

from tmfkit.catalog import Catalog
from tmfkit.diagnostics.suggest import did_you_mean
from tmfkit.model.services import Feed, ServiceUse
from tmfkit.rules.base import Finding, NeighbourRule
from tmfkit.rules.parts import uses
from tmfkit.semantics.feeds import FEEDING, Feeding, Use, field_of, uses_of
from tmfkit.semantics.reach import used_entity
from tmfkit.source.document import Path


def check(entity: Feeding, catalog: Catalog) -> Iterator[Finding]:
    """Feeds from characteristics, roles and siblings that do not exist, and roles that wait for each other."""
    yield from _circles(entity)
    for path, role, use in uses(entity):
        for name, feed in use.with_.items():
            for place, source in _named(feed):
                yield from _source((*path, "with", name, *place), source, role, entity, catalog)
        if use.count is not None and use.count not in entity.characteristics:
            yield from _count((*path, "count"), use.count, entity, is_service=isinstance(use, ServiceUse))


def _circles(entity: Feeding) -> Iterator[Finding]:
    """Each circle of roles once, where the first of them waits."""
    waits = {role: siblings for role, use in uses_of(entity).items() if (siblings := _siblings(use, role))}
    done: set[str] = set()
    for role in waits:
        way = _way_back(role, waits)
        if way and role not in done:
            done.update(way)
            said = ", which waits for ".join(f"`{name}`" for name in way[1:])
            message = f"`{role}` waits for {said}: none of them can be made first"
            yield Finding((field_of(entity), role, "with"), message, "feed one of them from the specification", at_key=True)


def _siblings(use: Use, role: str) -> set[str]:
    named = (source.partition("/") for feed in use.with_.values() for source in feed.sources)
    return {sibling for sibling, slash, _ in named if slash and sibling != role}


def _way_back(role: str, waits: dict[str, set[str]]) -> list[str]:
    """The shortest way from a role over those that it waits for back to itself, both ends included."""
    ways = [[role]]
    seen: set[str] = set()
    for way in ways:
        for following in sorted(waits.get(way[-1], ())):
            if following == role:
                return [*way, role]
            if following not in seen:
                seen.add(following)
                ways.append([*way, following])
    return []


def _named(feed: Feed) -> Iterator[tuple[Path, str]]:
    if feed.from_ is not None:
        yield ("from",), feed.from_
    for index, name in enumerate(feed.by):
        yield ("by", index), name


def _source(path: Path, source: str, role: str, entity: Feeding, catalog: Catalog) -> Iterator[Finding]:
    if source in entity.characteristics:
        return
    sibling, slash, wanted = source.partition("/")
    if not slash:
        help = did_you_mean(source, entity.characteristics) or _listed(entity.characteristics)
        yield Finding(path, f"`{entity.id}` has no characteristic called `{source}`", help)
        return
    use = uses_of(entity).get(sibling)
    if use is None:
        help = did_you_mean(sibling, uses_of(entity)) or _listed(uses_of(entity))
        yield Finding(path, f"`{entity.id}` has no role called `{sibling}`", help)
    elif sibling == role:
        yield Finding(path, f"the role `{role}` feeds itself: it would have to be made before itself", "feed from another role")
    elif (target := used_entity(sibling, use, catalog)) is not None and wanted not in target.characteristics:
        help = did_you_mean(wanted, target.characteristics) or _listed(target.characteristics)
        yield Finding(path, f"`{target.id}` has no characteristic called `{wanted}`", help)


def _count(path: Path, name: str, entity: Feeding, *, is_service: bool) -> Iterator[Finding]:
    if is_service and name in uses_of(entity):
        return
    help = did_you_mean(name, entity.characteristics) or _listed(entity.characteristics)
    yield Finding(path, f"`{entity.id}` has nothing called `{name}` that could be counted", help)


def _listed(names: Iterable[str]) -> str:
    said = ", ".join(f"`{name}`" for name in names)
    return f"there are {said}" if said else "there are none here"


RULE = NeighbourRule("TK304", "feed-source", FEEDING, check)
