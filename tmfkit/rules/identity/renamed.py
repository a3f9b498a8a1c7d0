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
from tmfkit.model.base import Key
from tmfkit.rules.base import CatalogRule, Finding, Place


def check(catalog: Catalog) -> Iterator[Finding]:
    """Old ids that somebody still has."""
    for key, summary in catalog.summaries.items():
        if summary.renamed_from is None or not summary.usable:
            continue
        if summary.renamed_from == key.id:
            message = f"`{key.id}` is renamed from itself"
            yield Finding(("renamedFrom",), message, "delete `renamedFrom`, or name the old id", key=key)
            continue
        old = Key(key.kind, summary.renamed_from)
        if old in catalog.summaries:
            message = f"`{old.id}` is still there, so `{key.id}` cannot have been renamed from it"
            place = Place("it is declared here", old, ("id",))
            yield Finding(("renamedFrom",), message, "delete the old one, or `renamedFrom`", related=(place,), key=key)


RULE = CatalogRule("TK114", "renamed-once", check)
