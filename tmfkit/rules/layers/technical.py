"""A product does not know the network.

VLANs, addresses of interfaces, subscriber identities and states of orders are found out while an order runs, and live in inventories.
On a product they reach the CRM and the web shop, which keep a copy that is never right again.

Fails:
```yaml
kind: ProductSpecification
id: access
name: Access
characteristics: {vlanId: {type: integer, min: 2, max: 4094, default: 2}}
```

Passes:
```yaml
kind: ProductSpecification
id: access
name: Access
characteristics: {lines: {type: integer, min: 2, max: 9, default: 2}}
```
"""

from collections.abc import Iterator
from itertools import pairwise

from tmfkit.diagnostics.model import Severity
from tmfkit.model.products import ProductSpecification
from tmfkit.rules.base import EntityRule, Finding
from tmfkit.rules.wording import words_in

TECHNICAL = frozenset("vlan vrf imsi iccid bgp vnf vnfd nsd dslam olt".split())
"""Words that only the network needs."""

PAIRS = frozenset(
    (
        ("mac", "address"),
        ("ip", "address"),
        ("order", "state"),
        ("order", "status"),
        ("port", "id"),
        ("circuit", "id"),
    )
)
"""Words that together say what only the network or an order knows."""


def is_technical(name: str) -> bool:
    """Whether a name says that what it names belongs to the network or to an order."""
    words = words_in(name)
    return not TECHNICAL.isdisjoint(words) or not PAIRS.isdisjoint(pairwise(words))


def check(product: ProductSpecification) -> Iterator[Finding]:
    """Characteristics of a product that belong to the network or to an order."""
    for name in product.characteristics:
        if is_technical(name):
            message = f"`{name}` belongs to the network or to an order, and `{product.id}` is a product"
            help = "put it on the service or resource that has it, with `setBy: network`"
            yield Finding(("characteristics", name), message, help, at_key=True)


RULE = EntityRule("TK610", "technical-detail", (ProductSpecification,), check, Severity.WARNING)
