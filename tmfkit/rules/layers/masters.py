"""Each SID entity has one source of record.

`masters` names the SID entities (Customer, Product, CustomerBill …) of which a system is the source of record. Two of them for
one entity drift apart, and nobody can say which is right.

Fails:
```yaml
kind: System
id: siebel
name: Siebel
role: crm
masters: [Customer]
---
kind: System
id: salesforce
name: Salesforce
role: crm
masters: [Customer]
```

Passes:
```yaml
kind: System
id: siebel
name: Siebel
role: crm
masters: [Organization]
---
kind: System
id: salesforce
name: Salesforce
role: crm
masters: [Customer]
```
"""

from collections.abc import Iterator

from tmfkit.catalog import Catalog
from tmfkit.model.base import Key
from tmfkit.model.landscape import System
from tmfkit.rules.base import CatalogRule, Finding, Place


def check(catalog: Catalog) -> Iterator[Finding]:
    """Entities of which two systems are the source of record."""
    first: dict[str, tuple[Key, int]] = {}
    for system in catalog.every(System):
        for index, name in enumerate(system.masters):
            key, position = first.setdefault(name.casefold(), (system.key, index))
            if (key, position) != (system.key, index):
                whose = "twice here" if key == system.key else f"by `{key.id}` too"
                place = Place("first claimed here", key, ("masters", position))
                message = f"`{name}` is claimed {whose}: an entity has one source of record"
                yield Finding(("masters", index), message, "keep it in one of them", related=(place,), key=system.key)


RULE = CatalogRule("TK603", "one-source-of-record", check)
