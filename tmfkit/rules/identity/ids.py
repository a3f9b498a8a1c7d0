"""Ids are written in one way: small letters and digits with hyphens.

`fibre-home`, not `Fibre_Home` nor `fibreHome`. Ids stand in links, file names and commands; one way of writing saves everybody from
looking up how this one was written.

Fails:
```yaml
kind: Category
id: fibreHome
name: Fibre
```

Passes:
```yaml
kind: Category
id: fibre-home
name: Fibre
```
"""

import re
from collections.abc import Iterator

from tmfkit.diagnostics.model import Severity
from tmfkit.model.base import Entity
from tmfkit.model.kinds import KINDS
from tmfkit.rules.base import EntityRule, Finding

_PLAIN = re.compile(r"[a-z0-9]+([-.][a-z0-9]+)*").fullmatch


def check(entity: Entity) -> Iterator[Finding]:
    """An id that is written in another way."""
    if not _PLAIN(entity.id):
        split = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|_+", "-", entity.id).casefold().strip("-.")
        help = f"write it `{split}`, and keep its history with `renamedFrom: {entity.id}`"
        yield Finding(("id",), f"`{entity.id}` is not in small letters with hyphens", help)


RULE = EntityRule("TK113", "plain-id", tuple(kind.model for kind in KINDS.values()), check, Severity.WARNING)
