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
from dataclasses import replace

from tmfkit.catalog import Catalog
from tmfkit.model.services import Feed
from tmfkit.model.tables import ELSE, Cell, Table
from tmfkit.rules.base import Finding, NeighbourRule
from tmfkit.rules.parts import uses
from tmfkit.semantics.configuration import Variable
from tmfkit.semantics.feeds import FEEDING, Feeding
from tmfkit.semantics.reach import allowed_source, source, ways_through
from tmfkit.semantics.tables import Double, Gap, coverage
from tmfkit.source.document import Path

MOST_NAMED = 3
"""How many missing rows of one table a message names."""


def check(entity: Feeding, catalog: Catalog) -> Iterator[Finding]:
    """Maps and tables of feeds without a row for something that arrives, or with two."""
    for path, _, use in uses(entity):
        tables = {name: table for name, feed in use.with_.items() if (table := _rows(feed)) is not None}
        doubtful = {name: table for name, table in tables.items() if not _is_whole(table, use.with_[name].sources, entity, catalog)}
        if not doubtful:
            continue
        ways = list(ways_through(entity, use, catalog))
        for name, table in doubtful.items():
            feed = use.with_[name]
            arriving = [_arriving(feed.sources, entity, way, catalog) for way in ways]
            place = (*path, "with", name, "map" if feed.table is None else "table")
            yield from _missing(place, table, feed.sources, arriving)


def _rows(feed: Feed) -> Table[str] | None:
    """The rows of a feed's table, or those of its map."""
    if feed.map is None:
        return feed.table
    rest = (Cell((ELSE,), feed.else_),) if feed.else_ is not None else ()
    return Table((*(Cell((key,), text) for key, text in feed.map.items()), *rest))


def _is_whole(table: Table[str], by: tuple[str, ...], entity: Feeding, catalog: Catalog) -> bool:
    """Whether there is one row for everything that the specification allows: then it does not matter what arrives."""
    allowed = {name: _present(one) for name in by if (one := allowed_source(name, entity, catalog)) is not None}
    return len(allowed) < len(by) or not any(isinstance(one, Gap | Double) for one in coverage(table, by, allowed))


def _arriving(by: tuple[str, ...], entity: Feeding, way: Mapping[str, Variable], catalog: Catalog) -> dict[str, Variable]:
    return {name: _present(one) for name in by if (one := source(name, entity, way, catalog)) is not None}


def _present(one: Variable) -> Variable:
    """What is not there is not fed at all."""
    return replace(one, domain=replace(one.domain, absent=False)) if one.domain.absent else one


def _missing(place: Path, table: Table[str], by: tuple[str, ...], arriving: list[dict[str, Variable]]) -> Iterator[Finding]:
    events = [one for way in arriving for one in coverage(table, by, way)]
    gaps = [_words(one) for one in events if isinstance(one, Gap)]
    doubles = [_words(one) for one in events if isinstance(one, Double)]
    for said, what, help in (
        (gaps, "can arrive here and has no row", "add the row, or cover the rest with `else`"),
        (doubles, "has more than one row", "keep one of them"),
    ):
        names = list(dict.fromkeys(said))
        if names:
            more = f" (and {len(names) - MOST_NAMED} more)" if len(names) > MOST_NAMED else ""
            yield Finding(place, f"{'; '.join(names[:MOST_NAMED])}{more} {what}", help, at_key=True)


def _words(event: Gap | Double) -> str:
    return ", ".join(f"{name} {piece.words}" for name, piece in event.chosen)


RULE = NeighbourRule("TK306", "arriving-rows", FEEDING, check)
