"""Every value that can arrive has a row in the map or table that it goes through.

The rule follows the values that the offerings on sale can send, through every `with` on the way down, and respects the `when` of
roles. What arrives and has no row stops an order in provisioning, long after it was sold.

Fails:
```yaml
kind: ProductSpecification
id: access
name: Access
characteristics:
  speed: {type: quantity, unit: Mbit/s, values: [100, 500]}
services:
  internet:
    with: {profile: {from: speed, map: {100: slow}}}
---
kind: ProductOffering
id: home
name: Home
product: access
lifecycle: Active
---
kind: CustomerFacingServiceSpecification
id: internet
name: Internet
characteristics:
  profile: {values: [slow, fast]}
```

Passes:
```yaml
kind: ProductSpecification
id: access
name: Access
characteristics:
  speed: {type: quantity, unit: Mbit/s, values: [100, 500]}
services:
  internet:
    with: {profile: {from: speed, map: {100: slow, 500: fast}}}
---
kind: ProductOffering
id: home
name: Home
product: access
lifecycle: Active
---
kind: CustomerFacingServiceSpecification
id: internet
name: Internet
characteristics:
  profile: {values: [slow, fast]}
```
"""

from collections.abc import Iterator, Mapping

from tmfkit.catalog import Catalog
from tmfkit.model.services import Feed
from tmfkit.rules.base import Finding, NeighbourRule
from tmfkit.rules.parts import uses
from tmfkit.semantics.configuration import Variable
from tmfkit.semantics.domains import NOTHING, Domain
from tmfkit.semantics.feeds import FEEDING, Feeding, unmapped, variable_of
from tmfkit.semantics.reach import source, ways_through
from tmfkit.semantics.tables import Double, Gap, coverage
from tmfkit.source.document import Path

MOST_NAMED = 3
"""How many missing rows of one table a message names."""


def check(entity: Feeding, catalog: Catalog) -> Iterator[Finding]:
    """Maps and tables of feeds without a row for something that arrives."""
    for path, _, use in uses(entity):
        feeds = {name: feed for name, feed in use.with_.items() if _may_lack_rows(feed, entity)}
        if not feeds:
            continue
        ways = list(ways_through(entity, use, catalog))
        for name, feed in feeds.items():
            arriving = [_arriving(feed, entity, way, catalog) for way in ways]
            place = (*path, "with", name)
            yield from _table(place, feed, arriving) if feed.table is not None else _map(place, feed, arriving)


def _may_lack_rows(feed: Feed, entity: Feeding) -> bool:
    """Whether a map has no row for something that the specification allows; only then does it matter what arrives."""
    if feed.map is None or feed.else_ is not None:
        return feed.table is not None
    own = entity.characteristics.get(feed.from_ or "")
    return own is None or bool(unmapped(feed, variable_of(feed.from_ or "", own)))


def _arriving(feed: Feed, entity: Feeding, way: Mapping[str, Variable], catalog: Catalog) -> dict[str, Variable]:
    found = ((name, source(name, entity, way, catalog)) for name in feed.sources)
    return {name: _without_absence(one) for name, one in found if one is not None}


def _without_absence(one: Variable) -> Variable:
    """What is not there is not fed at all."""
    domain = one.domain
    return Variable(one.name, one.subject, Domain(domain.values, domain.ranges, domain.anything), one.characteristic)


def _map(place: Path, feed: Feed, arriving: list[dict[str, Variable]]) -> Iterator[Finding]:
    missing = NOTHING
    for way in arriving:
        for one in way.values():
            missing = missing.union(unmapped(feed, one))
    if missing:
        message = f"{missing.words()} of `{feed.from_}` can arrive here and has no row in `map`"
        yield Finding((*place, "map"), message, "add the row, or cover the rest with `else`", at_key=True)


def _table(place: Path, feed: Feed, arriving: list[dict[str, Variable]]) -> Iterator[Finding]:
    assert feed.table is not None
    events = [one for way in arriving if len(way) == len(feed.by) for one in coverage(feed.table, feed.by, way)]
    gaps = [_words(one) for one in events if isinstance(one, Gap)]
    doubles = [_words(one) for one in events if isinstance(one, Double)]
    for said, what, help in (
        (gaps, "can arrive here and has no row", "add the row, or cover the rest with `else`"),
        (doubles, "has more than one row", "keep one of them"),
    ):
        names = list(dict.fromkeys(said))
        if names:
            more = f" (and {len(names) - MOST_NAMED} more)" if len(names) > MOST_NAMED else ""
            yield Finding((*place, "table"), f"{'; '.join(names[:MOST_NAMED])}{more} {what}", help, at_key=True)


def _words(event: Gap | Double) -> str:
    return ", ".join(f"{name} {piece.words}" for name, piece in event.chosen)


RULE = NeighbourRule("TK306", "arriving-rows", FEEDING, check)
