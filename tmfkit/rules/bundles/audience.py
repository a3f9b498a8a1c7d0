"""The members of a bundle are sold where the bundle is.

A bundle in the web shop whose member is sold in shops only is ordered there and refused. The rule compares channels, segments and
places; an offering that names none is sold in all of them.

Fails:
```yaml
kind: ProductSpecification
id: access
name: Access
---
kind: ProductOffering
id: home
name: Home
product: access
lifecycle: Active
channels: [retail]
---
kind: ProductOffering
id: duo
name: Duo
lifecycle: Active
channels: [webshop, retail]
bundle: {home: {}}
```

Passes:
```yaml
kind: ProductSpecification
id: access
name: Access
---
kind: ProductOffering
id: home
name: Home
product: access
lifecycle: Active
channels: [retail, webshop]
---
kind: ProductOffering
id: duo
name: Duo
lifecycle: Active
channels: [webshop, retail]
bundle: {home: {}}
```
"""

from collections.abc import Iterator

from tmfkit.catalog import Catalog
from tmfkit.diagnostics.model import Severity
from tmfkit.model.products import Member, ProductOffering
from tmfkit.rules.base import Finding, NeighbourRule, Place
from tmfkit.rules.lifecycle.launched import SELLABLE
from tmfkit.rules.vocabulary import SETS


def check(offering: ProductOffering, catalog: Catalog) -> Iterator[Finding]:
    """Members that are not sold to somebody to whom the bundle is."""
    for role, member in offering.bundle.items() if offering.lifecycle in SELLABLE else ():
        sold = [catalog.get(ProductOffering, target) for target in member.offerings(role)]
        known = [one for one in sold if one is not None]
        if len(known) == len(sold):
            yield from _role(offering, role, member, known, catalog)


def _role(offering: ProductOffering, role: str, member: Member, sold: list[ProductOffering], catalog: Catalog) -> Iterator[Finding]:
    for fact, field in SETS.items():
        audience = getattr(offering, field) or tuple(getattr(catalog.vocabulary, field))
        limits = [getattr(one, field) for one in sold]
        if not audience or not all(limits):
            continue
        missing = [word for word in audience if not any(word in words for words in limits)]
        if missing and (member.fewest > 0 or len(missing) == len(audience)):
            said = " and ".join(f"`{word}`" for word in missing)
            whose = f"`{sold[0].id}`" if len(sold) == 1 else f"what fills `{role}`"
            message = f"{whose} is not sold to the {fact} {said}, and `{offering.id}` is"
            places = tuple(Place("who can buy it", one.key, (field,)) for one in sold[:4])
            yield Finding(("bundle", role), message, f"make the {field} agree", related=places, at_key=True)


RULE = NeighbourRule("TK507", "audience-of-members", (ProductOffering,), check, Severity.WARNING)
