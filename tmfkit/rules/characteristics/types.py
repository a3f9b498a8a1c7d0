"""What a feed sends has the type and unit of what it goes into.

Values pass from a characteristic to one of the same type; quantities convert within their dimension (1 Gbit/s into 1000 Mbit/s),
and whole numbers pass as numbers. Anything else needs a `map`. `per` counts numbers, and a constant is a value of the target's
type.

Fails:
```yaml
kind: ProductSpecification
id: access
name: Access
characteristics:
  speed: {type: quantity, unit: Mbit/s, values: [100, 500]}
services:
  internet: {with: {volume: {from: speed}}}
---
kind: CustomerFacingServiceSpecification
id: internet
name: Internet
characteristics:
  volume: {type: quantity, unit: GB}
```

Passes:
```yaml
kind: ProductSpecification
id: access
name: Access
characteristics:
  speed: {type: quantity, unit: Gbit/s, values: [0.1, 0.5]}
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
from tmfkit.model.characteristics import Characteristic, ValueType
from tmfkit.model.problems import NotUnderstood
from tmfkit.model.services import Feed
from tmfkit.model.tables import ELSE
from tmfkit.rules.base import Finding, NeighbourRule, Place
from tmfkit.rules.parts import uses
from tmfkit.semantics.configuration import spelled
from tmfkit.semantics.feeds import FEEDING, Feeding, agree, is_numeric
from tmfkit.semantics.reach import sibling_of, used_entity
from tmfkit.source.document import Path


def check(entity: Feeding, catalog: Catalog) -> Iterator[Finding]:
    """Feeds between characteristics of different types or units."""
    for path, role, use in uses(entity):
        target = used_entity(role, use, catalog) if use.with_ else None
        if target is None:
            continue
        for name, feed in use.with_.items():
            into = target.characteristics.get(name)
            if into is not None:
                origin = _origin(feed, entity, catalog)
                place = Place("it goes into this", target.key, ("characteristics", name))
                yield from _feed((*path, "with", name), feed, origin, into, place)


def _origin(feed: Feed, entity: Feeding, catalog: Catalog) -> Characteristic | None:
    if feed.from_ is None:
        return None
    if feed.from_ in entity.characteristics:
        return entity.characteristics[feed.from_]
    sibling = sibling_of(feed.from_, entity, catalog)
    return sibling[0] if sibling else None


def _feed(path: Path, feed: Feed, origin: Characteristic | None, into: Characteristic, place: Place) -> Iterator[Finding]:
    if feed.per is not None:
        yield from _counted(path, feed, origin, into, place)
    elif feed.map is not None:
        if origin is not None:
            yield from _keys((*path, "map"), (key for key in feed.map if key != ELSE), origin)
        yield from _texts((((*path, "map", key), text) for key, text in feed.map.items()), into, place)
        yield from _texts([((*path, "else"), feed.else_)] if feed.else_ is not None else [], into, place)
    elif feed.table is not None:
        yield from _texts((((*path, "table", *cell.keys), cell.value) for cell in feed.table.cells), into, place)
    elif feed.constant:
        yield from _texts(((path, text) for text in feed.constant), into, place)
    elif origin is not None and (why := agree(origin, into)):
        yield Finding((*path, "from"), f"`{feed.from_}` does not fit: {why}", "say with `map` what becomes of each value", related=(place,))


def _counted(path: Path, feed: Feed, origin: Characteristic | None, into: Characteristic, place: Place) -> Iterator[Finding]:
    if origin is not None and not is_numeric(origin):
        yield Finding((*path, "from"), f"`per` counts numbers, and `{feed.from_}` is of type {origin.type}", "feed from a number")
    if not is_numeric(into):
        message = f"`per` sends a number into `{place.path[-1]}`, which is of type {into.type}"
        yield Finding((*path, "per"), message, "make the target a number", related=(place,))


def _keys(path: Path, keys: Iterable[str], origin: Characteristic) -> Iterator[Finding]:
    for key in keys:
        if key in (origin.values or ()):
            continue
        try:
            spelled(origin, key)
        except NotUnderstood as error:
            message = f"no value that arrives is `{key}`: {error.problem.message}"
            yield Finding((*path, key), message, error.problem.help or f"what arrives is of type {origin.type}", at_key=True)


def _texts(texts: Iterable[tuple[Path, str]], into: Characteristic, place: Place) -> Iterator[Finding]:
    if into.type is ValueType.STRING:
        return
    for path, text in texts:
        try:
            into.read(text)
        except NotUnderstood as error:
            help = error.problem.help or f"`{place.path[-1]}` is of type {into.type}"
            yield Finding(path, f"{error.problem.message}, which `{place.path[-1]}` needs", help, related=(place,))


RULE = NeighbourRule("TK307", "feed-types", FEEDING, check)
