"""A feed sends only values that its target allows.

A constant, an outcome of a map or a value that passes as it is must be one that the service or resource knows, else provisioning
refuses the order.

Fails:
```yaml
kind: ProductSpecification
id: access
name: Access
services: {internet: {with: {technology: gpno}}}
---
kind: CustomerFacingServiceSpecification
id: internet
name: Internet
characteristics:
  technology: {values: [gpon, vdsl]}
```

Passes:
```yaml
kind: ProductSpecification
id: access
name: Access
services: {internet: {with: {technology: gpon}}}
---
kind: CustomerFacingServiceSpecification
id: internet
name: Internet
characteristics:
  technology: {values: [gpon, vdsl]}
```
"""

from collections.abc import Iterable, Iterator

from tmfkit.catalog import Catalog
from tmfkit.model.characteristics import Characteristic
from tmfkit.model.problems import NotUnderstood
from tmfkit.model.services import Feed
from tmfkit.rules.base import Finding, NeighbourRule, Place
from tmfkit.rules.parts import suggestion, uses
from tmfkit.semantics.configuration import Variable, spelled
from tmfkit.semantics.domains import NOTHING, Domain, domain_of, matches
from tmfkit.semantics.feeds import FEEDING, Feeding, Use, agree, is_limited, is_numeric, sent, variable_of
from tmfkit.semantics.reach import source, used_entity, ways_through
from tmfkit.source.document import Path


def check(entity: Feeding, catalog: Catalog) -> Iterator[Finding]:
    """Values that are sent and that the target does not allow."""
    for path, role, use in uses(entity):
        target = used_entity(role, use, catalog) if use.with_ else None
        if target is None:
            continue
        for name, feed in use.with_.items():
            into = target.characteristics.get(name)
            if into is None or not is_limited(into):
                continue
            place = Place("what it can be stands here", target.key, ("characteristics", name))
            if feed.per is not None and not is_numeric(into):
                continue  # types that do not agree have their own rule
            if _passes(feed):
                yield from _passed((*path, "with", name), use, feed, entity, into, catalog, place)
            else:
                yield from _written(_texts((*path, "with", name), feed), into, place)


def _passes(feed: Feed) -> bool:
    return feed.from_ is not None and feed.map is None


def _texts(path: Path, feed: Feed) -> Iterator[tuple[Path, str]]:
    yield from ((path, text) for text in feed.constant)
    yield from (((*path, "map", key), text) for key, text in (feed.map or {}).items())
    yield from (((*path, "table", *cell.keys), cell.value) for cell in (feed.table.cells if feed.table else ()))
    if feed.else_ is not None:
        yield (*path, "else"), feed.else_


def _written(texts: Iterable[tuple[Path, str]], into: Characteristic, place: Place) -> Iterator[Finding]:
    domain = domain_of(into)
    for path, text in texts:
        if text in (into.values or ()):
            continue
        try:
            known = domain.contains(spelled(into, text)) and matches(into, text)
        except NotUnderstood:
            continue  # a value of another type has its own rule
        if not known:
            help = suggestion(text, into.values or ()) or _limits(into, domain)
            yield Finding(path, f"`{place.key.id}` does not allow `{text}` for `{place.path[-1]}`", help, related=(place,))


def _passed(path: Path, use: Use, feed: Feed, entity: Feeding, into: Characteristic, catalog: Catalog, place: Place) -> Iterator[Finding]:
    own = entity.characteristics.get(feed.from_ or "")
    if own is not None and feed.per is None and _is_part(own, into):
        return
    domain = domain_of(into)
    origin = source(feed.from_ or "", entity, _everything(feed, entity), catalog)
    if origin is not None and not _beyond(sent(feed, [origin], into), domain, into):
        return
    refused = NOTHING
    for way in ways_through(entity, use, catalog):
        origin = source(feed.from_ or "", entity, way, catalog)
        if origin is None or (feed.per is None and origin.characteristic is not None and agree(origin.characteristic, into)):
            return
        refused = refused.union(_beyond(sent(feed, [origin], into), domain, into))
    if refused:
        message = f"{refused.words()} can arrive from `{feed.from_}`, and `{place.key.id}` does not allow that for `{place.path[-1]}`"
        yield Finding((*path, "from"), message, f"{_limits(into, domain)}; say with `map` what becomes of the rest", related=(place,))


def _is_part(origin: Characteristic, into: Characteristic) -> bool:
    """Whether the listed values of one stand word for word among those of the other: the quick way to see that nothing is wrong."""
    same = (origin.type, origin.unit, into.pattern) == (into.type, into.unit, None)
    return same and origin.values is not None and into.values is not None and origin.values.keys() <= into.values.keys()


def _everything(feed: Feed, entity: Feeding) -> dict[str, Variable]:
    """All values that the specification allows for what is fed from, whatever is on sale."""
    return {name: variable_of(name, entity.characteristics[name]) for name in feed.sources if name in entity.characteristics}


def _limits(into: Characteristic, domain: Domain) -> str:
    return f"it matches the pattern `{into.pattern}`" if domain.anything else f"it can be {domain.words()}"


def _beyond(arriving: Domain, allowed: Domain, into: Characteristic) -> Domain:
    """What arrives and is not allowed; open text is given the benefit of the doubt, as nobody can tell its values."""
    values = tuple(value for value in arriving.values if not (allowed.contains(value) and matches(into, value)))
    ranges = tuple(found for found in arriving.ranges if not allowed.covers(Domain(ranges=(found,))))
    return Domain(values, ranges)


RULE = NeighbourRule("TK308", "feed-values", FEEDING, check)
