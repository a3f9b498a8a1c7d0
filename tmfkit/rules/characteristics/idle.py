"""Every row of a feed is for a value that its source can have.

A row for a value that the source does not allow is never used, whatever is sold. It is mostly a typing error, and then the row
that was meant is missing or `else` takes its place in silence.

Fails:
```yaml
kind: ProductSpecification
id: access
name: Access
characteristics:
  speed: {type: quantity, unit: Mbit/s, values: [100, 500]}
services:
  internet:
    with: {profile: {from: speed, map: {100: slow, 5000: fast}, else: slow}}
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
    with: {profile: {from: speed, map: {100: slow, 500: fast}, else: slow}}
---
kind: CustomerFacingServiceSpecification
id: internet
name: Internet
characteristics:
  profile: {values: [slow, fast]}
```
"""

from collections.abc import Iterable, Iterator

from tmfkit.catalog import Catalog
from tmfkit.diagnostics.model import Severity
from tmfkit.model.services import Feed
from tmfkit.model.tables import ELSE
from tmfkit.rules.base import Finding, NeighbourRule
from tmfkit.rules.parts import suggestion, uses
from tmfkit.semantics.configuration import Variable
from tmfkit.semantics.feeds import FEEDING, Feeding
from tmfkit.semantics.reach import allowed_source
from tmfkit.semantics.tables import Keys, Unreached, coverage
from tmfkit.source.document import Path


def check(entity: Feeding, catalog: Catalog) -> Iterator[Finding]:
    """Rows of maps and tables for values that their source does not allow."""
    for path, _, use in uses(entity):
        for name, feed in use.with_.items():
            if feed.map is None and feed.table is None:
                continue
            sources = {one: found for one in feed.sources if (found := allowed_source(one, entity, catalog)) is not None}
            if len(sources) < len(feed.sources):
                continue
            for place, source in _idle(feed, sources):
                message = f"nothing reaches this row: `{source.name}` cannot be `{place[-1]}` ({source.domain.words()})"
                help = suggestion(str(place[-1]), source.domain.values) or "delete the row, or allow the value where it comes from"
                yield Finding((*path, "with", name, *place), message, help, at_key=True)


def _idle(feed: Feed, sources: dict[str, Variable]) -> Iterator[tuple[Path, Variable]]:
    """Keys that are read and never match; one that is no value of the type at all has its own rule where it stands in a map."""
    if feed.table is not None:
        rows = (one for one in coverage(feed.table, feed.by, sources) if isinstance(one, Unreached))
        yield from ((("table", *path), sources[subject]) for path, subject in dict.fromkeys((row.path, row.subject) for row in rows))
        return
    for source in sources.values():
        yield from ((("map", key), source) for key in _unmatched(feed.map or {}, source))


def _unmatched(written: Iterable[str], source: Variable) -> Iterator[str]:
    keys = Keys(written, source)
    used = {key for piece in keys.pieces(source.domain) for key in piece.keys}
    for key in written:
        if key not in used and key not in keys.unread and key != ELSE:
            yield key


RULE = NeighbourRule("TK309", "idle-row", FEEDING, check, Severity.WARNING)
