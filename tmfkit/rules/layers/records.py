"""A system masters what its role is there for.

A CRM that is the source of record of products, services or bills grows into a second inventory that no order keeps up to date. Each
entity belongs to the system whose work it is.

Fails:
```yaml
kind: System
id: salesforce
name: Salesforce
role: crm
masters: [Customer, Product]
```

Passes:
```yaml
kind: System
id: salesforce
name: Salesforce
role: crm
masters: [Customer]
```
"""

from collections.abc import Iterator
from types import MappingProxyType

from tmfkit.diagnostics.model import Severity
from tmfkit.model.landscape import Role, System
from tmfkit.rules.base import EntityRule, Finding

_HOMES = (
    ("Product", "product-inventory com"),
    ("ProductOrder", "com"),
    ("Service CustomerFacingService ResourceFacingService", "service-inventory som"),
    ("ServiceOrder", "som"),
    ("Resource PhysicalResource LogicalResource", "resource-inventory rom nfvo domain-controller"),
    ("ResourceOrder", "rom"),
    ("CustomerBill AppliedCustomerBillingRate BillingAccount", "billing"),
    ("Customer Opportunity SalesLead", "crm"),
)
_ROLES = MappingProxyType({name: tuple(map(Role, roles.split())) for names, roles in _HOMES for name in names.split()})
"""Which roles may be the source of record of an entity; others than these are nobody's business here."""

_ANYTHING = (Role.LEGACY_ADAPTER,)
"""What stands behind an adapter was built before there were roles."""


def check(system: System) -> Iterator[Finding]:
    """Entities that belong to systems of another role."""
    for index, name in enumerate(system.masters if system.role not in _ANYTHING else ()):
        homes = _ROLES.get(name)
        if homes is not None and system.role not in homes:
            message = f"`{system.id}` has the role {system.role}, and `{name}` belongs to a system of the role {homes[0]}"
            yield Finding(("masters", index), message, f"let the {homes[0]} master it, and give this system a copy to read")


RULE = EntityRule("TK609", "record-of-the-role", (System,), check, Severity.WARNING)
