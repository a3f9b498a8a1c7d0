"""Every characteristic of a product does something.

One that is neither sent to a service, nor priced, nor asked about in a condition is chosen by customers and then forgotten: mostly a
line under `with` is missing.

Fails:
```yaml
kind: CustomerFacingServiceSpecification
id: internet
name: Internet
characteristics: {bandwidth: {type: quantity, unit: Mbit/s, default: 100}}
---
kind: ProductSpecification
id: access
name: Access
characteristics:
  speed: {type: quantity, unit: Mbit/s, values: [100, 500]}
  colour: {values: [red, blue]}
services: {internet: {with: {bandwidth: {from: speed}}}}
---
kind: ProductOffering
id: home
name: Home
product: access
lifecycle: Active
```

Passes:
```yaml
kind: CustomerFacingServiceSpecification
id: internet
name: Internet
characteristics: {bandwidth: {type: quantity, unit: Mbit/s, default: 100}}
---
kind: ProductSpecification
id: access
name: Access
characteristics:
  speed: {type: quantity, unit: Mbit/s, values: [100, 500]}
services: {internet: {with: {bandwidth: {from: speed}}}}
---
kind: ProductOffering
id: home
name: Home
product: access
lifecycle: Active
```
"""

from collections.abc import Iterator

from tmfkit.catalog import Catalog
from tmfkit.diagnostics.model import Severity
from tmfkit.model.products import ProductOffering, ProductSpecification
from tmfkit.rules.base import Finding, NeighbourRule
from tmfkit.semantics.pricing import resolved


def check(product: ProductSpecification, catalog: Catalog) -> Iterator[Finding]:
    """Characteristics of a product that nothing asks about."""
    left = product.characteristics.keys() - set(_asked(product))
    if not left:
        return
    for key in catalog.referrers(product.key):
        offering = catalog.entity(key)
        if isinstance(offering, ProductOffering):
            left -= set(_priced(offering, catalog))
    for name in product.characteristics:
        if name in left:
            message = f"nothing uses `{name}`: it is not sent to a service, not priced and not asked about"
            yield Finding(("characteristics", name), message, "send it down under `with`, or delete it", at_key=True)


def _asked(product: ProductSpecification) -> Iterator[str]:
    for use in product.services.values():
        yield from (*use.when.subjects, *use.unless.subjects, use.count or "")
        yield from (source for feed in use.with_.values() for source in feed.sources)
    for constraint in product.constraints.values():
        yield from (*constraint.when.subjects, *constraint.then.subjects)


def _priced(offering: ProductOffering, catalog: Catalog) -> Iterator[str]:
    for written in offering.prices.values():
        price = resolved(written, catalog)
        if price is not None:
            yield from (*price.by, *price.when.subjects, *price.unless.subjects, price.count or "")


RULE = NeighbourRule("TK310", "used-characteristic", (ProductSpecification,), check, Severity.WARNING)
