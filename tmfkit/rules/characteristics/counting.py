"""What is counted is a number.

`count` says how many times a price is charged or a service is made. It names a number, a characteristic that takes several values,
or a role; a text cannot be counted.

Fails:
```yaml
kind: ProductSpecification
id: access
name: Access
characteristics: {colour: {values: [red, blue]}}
---
kind: ProductOffering
id: home
name: Home
product: access
lifecycle: Active
prices: {lamps: {type: recurring, every: 1 month, count: colour, amount: 3.00 EUR}}
```

Passes:
```yaml
kind: ProductSpecification
id: access
name: Access
characteristics: {lamps: {type: integer, min: 1, max: 9}}
---
kind: ProductOffering
id: home
name: Home
product: access
lifecycle: Active
prices: {lamps: {type: recurring, every: 1 month, count: lamps, amount: 3.00 EUR}}
```
"""

from collections.abc import Iterator

from tmfkit.catalog import Catalog
from tmfkit.model.base import Entity
from tmfkit.model.characteristics import Characteristic
from tmfkit.model.products import ProductOffering, ProductSpecification
from tmfkit.rules.base import Finding, NeighbourRule
from tmfkit.rules.parts import characteristics, priced, uses
from tmfkit.semantics.feeds import FEEDING, is_numeric
from tmfkit.source.document import Path


def check(entity: Entity, catalog: Catalog) -> Iterator[Finding]:
    """Counts of characteristics that are no numbers."""
    if isinstance(entity, ProductOffering):
        yield from _prices(entity, catalog)
        return
    for path, _, use in uses(entity):
        if use.count is not None:
            yield from _counted((*path, "count"), use.count, characteristics(entity).get(use.count))


def _prices(offering: ProductOffering, catalog: Catalog) -> Iterator[Finding]:
    for name, written, price in priced(offering, catalog, "count"):
        product = catalog.get(ProductSpecification, offering.product)
        found = product.characteristics.get(str(price.count)) if product is not None else None
        yield from _counted(("prices", name, "count" if written.count else "use"), str(price.count), found)


def _counted(path: Path, name: str, found: Characteristic | None) -> Iterator[Finding]:
    if found is not None and found.many is None and not is_numeric(found):
        message = f"`{name}` is of type {found.type} and cannot be counted"
        yield Finding(path, message, "count a number, a characteristic that takes several values, or a role")


RULE = NeighbourRule("TK318", "countable", (ProductOffering, *FEEDING), check)
