"""What is launched is delivered by some service.

An offering whose product needs no service is sold and billed, and nobody is told to deliver it: mostly the work is done by a mail to
somebody. Write it as a service with a `manual` controller.

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
lifecycle: Launched
```

Passes:
```yaml
kind: ProductSpecification
id: access
name: Access
services: {line: {service: {external: LINE-1, type: CustomerFacingServiceSpecification}}}
---
kind: ProductOffering
id: home
name: Home
product: access
lifecycle: Launched
```
"""

from collections.abc import Iterator

from tmfkit.catalog import Catalog
from tmfkit.diagnostics.model import Severity
from tmfkit.model.base import Lifecycle
from tmfkit.model.products import ProductOffering, ProductSpecification
from tmfkit.rules.base import Finding, NeighbourRule, Place


def check(offering: ProductOffering, catalog: Catalog) -> Iterator[Finding]:
    """A launched offering of a product without services."""
    if offering.lifecycle is not Lifecycle.LAUNCHED:
        return
    product = catalog.get(ProductSpecification, offering.product)
    if product is not None and not product.services:
        place = Place("it needs no service", product.key, ("id",))
        message = f"`{offering.id}` is Launched, and no service delivers `{product.id}`"
        yield Finding(("product",), message, "add `services` to the product", related=(place,))


RULE = NeighbourRule("TK612", "delivered", (ProductOffering,), check, Severity.WARNING)
