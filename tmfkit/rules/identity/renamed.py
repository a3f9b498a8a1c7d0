"""A thing takes over the id of one that is gone.

`renamedFrom` says that this entity is the one that had another id before. While the old id is still declared there are two of them,
and history, orders and bills would be given to both.

Fails:
```yaml
kind: Category
id: broadband
name: Broadband
renamedFrom: internet
---
kind: Category
id: internet
name: Internet
```

Passes:
```yaml
kind: Category
id: broadband
name: Broadband
renamedFrom: internet
```
"""

from collections.abc import Iterator

from tmfkit.catalog import Catalog
from tmfkit.model.base import Entity, Key
from tmfkit.model.kinds import KINDS
from tmfkit.rules.base import Finding, NeighbourRule, Place


def check(entity: Entity, catalog: Catalog) -> Iterator[Finding]:
    """An old id that somebody still has."""
    if entity.renamed_from is None:
        return
    if entity.renamed_from == entity.id:
        yield Finding(("renamedFrom",), f"`{entity.id}` is renamed from itself", "delete `renamedFrom`, or name the old id")
        return
    old = Key(entity.KIND, entity.renamed_from)
    if old in catalog.summaries:
        message = f"`{entity.renamed_from}` is still there, so `{entity.id}` cannot have been renamed from it"
        place = Place("it is declared here", old, ("id",))
        yield Finding(("renamedFrom",), message, "delete the old one, or `renamedFrom`", related=(place,))


RULE = NeighbourRule("TK114", "renamed-once", tuple(kind.model for kind in KINDS.values()), check)
