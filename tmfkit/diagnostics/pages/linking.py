"""The pages of findings about ids and references, and about what an API has no field for."""

from collections.abc import Mapping

LINKING: Mapping[str, str] = {
    "TK101": """What is referred to exists.

A reference to nothing breaks orders or leaves a gap in the shop. Write the right id, declare what is missing, or say that it lives
elsewhere: `{external: ID}`.

Fails:
```yaml
kind: Category
id: fibre
name: Fibre
parent: broadband
```
""",
    "TK102": """A reference names an entity of the right kind.

The field decides which kinds it may name: an offering sells a product, a product needs customer-facing services, and only resource-facing
services use resources.

Fails:
```yaml
kind: CustomerFacingServiceSpecification
id: internet-access
name: Internet access
---
kind: ProductOffering
id: fibre-home
name: Fibre Home
lifecycle: Active
product: internet-access
```
""",
    "TK103": """Nothing is made of itself.

In a circle an order never ends, and no value of a base can be found. The finding names the whole circle: take one of its references
out.

Fails:
```yaml
kind: Category
id: broadband
name: Broadband
parent: fibre
---
kind: Category
id: fibre
name: Fibre
parent: broadband
```
""",
    "TK104": """An id is declared once.

Ids are compared ignoring case, since some systems do so; customer-facing and resource-facing services share one space of ids, and so
do physical and logical resources. The first declaration counts; give the other another id.

Fails:
```yaml
kind: Category
id: broadband
name: Broadband
---
kind: Category
id: Broadband
name: Internet at home
```
""",
    "TK105": """What is to be removed is there.

`remove` takes away what a base says. When the base changes, a removal that meets nothing is the sign that the two no longer fit.

Fails:
```yaml
kind: Category
id: base
name: Base
---
kind: Category
id: fibre
name: Fibre
extends: base
remove: [description]
```
""",
    "TK106": """An entity extends one of its own kind.

Other kinds have other keys, so there is nothing that could be taken over.

Fails:
```yaml
kind: ServiceCategory
id: base
name: Base
---
kind: Category
id: fibre
name: Fibre
extends: base
```
""",
    "TK116": """What is published refers to what is published.

An entity with `abstract: true` is a base for others: it is never sent to a catalog API, so a reference to it would lead nowhere there. Name
an entity that extends it, or delete `abstract`.

Fails:
```yaml
kind: Category
id: base
abstract: true
---
kind: Category
id: fibre
name: Fibre
parent: base
```
""",
    "TK107": """Every part gets its own id in the catalog APIs.

The parts of an entity become resources of their own there: the price `c` of the offering `a.b` and the price `b.c` of the offering `a`
would be one and the same. `tmfkit compile` finds it; rename one of them.

Fails:
```yaml
kind: ProductSpecification
id: line
name: Line
---
kind: ProductOffering
id: a
name: First
lifecycle: Active
product: line
prices: {b.c: {type: oneTime, amount: 1.00 EUR}}
---
kind: ProductOffering
id: a.b
name: Second
lifecycle: Active
product: line
prices: {c: {type: oneTime, amount: 1.00 EUR}}
```
""",
}

UNSAID: Mapping[str, str] = {
    "TK701": """Not everything has a field in every version of a TM Forum API.

It is a hint, no error: what has no field travels in a documented extension, or in `pricing.json` of the release. The finding names the
version and the carrier, so that the systems that read the payloads can be told. `tmfkit compile --hints` lists them.

Fails:
```yaml
kind: Category
id: broadband
name: {en: Broadband, fr: Haut débit}
```
""",
}
