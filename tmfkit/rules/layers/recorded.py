"""Some system knows what customers have.

Without a system that masters `Product`, nobody can say which products a customer has: changes and terminations guess, and bills go on
for what was switched off. Where systems are declared, one of them is the product inventory.

Fails:
```yaml
kind: System
id: billing
name: Billing
role: billing
masters: [CustomerBill]
```

Passes:
```yaml
kind: System
id: billing
name: Billing
role: billing
masters: [CustomerBill]
---
kind: System
id: inventory
name: Inventory
role: product-inventory
masters: [Product]
```
"""

from collections.abc import Iterator

from tmfkit.catalog import Catalog
from tmfkit.diagnostics.model import Severity
from tmfkit.model.landscape import Role, System
from tmfkit.rules.base import CatalogRule, Finding

BUSINESS = (Role.CRM, Role.BILLING, Role.COM, Role.PRODUCT_INVENTORY)
"""The roles of systems that need to know what customers have."""


def check(catalog: Catalog) -> Iterator[Finding]:
    """A landscape in which nothing is the source of record of products; it is told at the first system that would ask."""
    found = list(catalog.every(System))
    asking = [system for system in found if system.role in BUSINESS]
    if asking and not any("Product" in system.masters for system in found):
        message = "no system is the source of record of what customers have (`Product`)"
        help = "declare the product inventory: a System with `role: product-inventory` and `masters: [Product]`"
        yield Finding(("id",), message, help, key=asking[0].key)


RULE = CatalogRule("TK614", "product-inventory", check, Severity.WARNING)
