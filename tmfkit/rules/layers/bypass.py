"""A product needs customer-facing services, and these need services: nobody passes the service layer.

Inside this repository a product cannot name a resource. Something outside it can be named with any `type`, and a product that names a
resource or a resource-facing service there sends its orders past the service layer, where no inventory sees them.

Fails:
```yaml
kind: ProductSpecification
id: access
name: Access
services: {line: {service: {external: OLT-PORT, type: PhysicalResourceSpecification}}}
```

Passes:
```yaml
kind: ProductSpecification
id: access
name: Access
services: {line: {service: {external: OLT-PORT, type: CustomerFacingServiceSpecification}}}
```
"""

from collections.abc import Iterator

from tmfkit.model.base import External
from tmfkit.model.products import ProductSpecification
from tmfkit.model.services import CustomerFacingServiceSpecification
from tmfkit.rules.base import EntityRule, Finding
from tmfkit.rules.parts import uses
from tmfkit.semantics.feeds import target_of


def check(entity: ProductSpecification | CustomerFacingServiceSpecification) -> Iterator[Finding]:
    """Uses of something outside the repository that is of a lower layer than the next."""
    for path, role, use in uses(entity):
        target = target_of(role, use)
        if not isinstance(target, External) or target.type is None:
            continue
        is_resource = "Resource" in target.type.removeprefix("ResourceFacing")
        if is_resource or (isinstance(entity, ProductSpecification) and target.type.startswith("ResourceFacing")):
            message = f"`{entity.id}` reaches `{target.external}`, a {target.type}, past the service layer"
            help = "put a customer-facing service between them, and a resource-facing one above a resource"
            yield Finding((*path, "service", "type"), message, help)


RULE = EntityRule("TK604", "service-layer", (ProductSpecification, CustomerFacingServiceSpecification), check)
