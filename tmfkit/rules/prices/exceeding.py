"""A discount takes off no more than there is.

An amount off that is larger than the price itself would pay the customer. Billing systems refuse it or stop at nothing; both differ
from what was promised.

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
prices:
  setup: {type: oneTime, amount: 19.00 EUR}
  online: {type: discount, reduces: [setup], amount: 20.00 EUR}
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
prices:
  setup: {type: oneTime, amount: 19.00 EUR}
  online: {type: discount, reduces: [setup], amount: 10.00 EUR}
```
"""

from collections.abc import Iterator
from decimal import Decimal

from tmfkit.catalog import Catalog
from tmfkit.model.prices import Price, PriceType
from tmfkit.model.products import ProductOffering
from tmfkit.rules.base import Finding, NeighbourRule, Place
from tmfkit.rules.parts import priced, step_path
from tmfkit.semantics.pricing import resolved


def check(offering: ProductOffering, catalog: Catalog) -> Iterator[Finding]:
    """Amounts off a price of the same offering that are above all that it ever is."""
    for name, written, price in priced(offering, catalog, "amount"):
        if price.type is not PriceType.DISCOUNT:
            continue
        for target in price.reduces:
            reduced = offering.prices.get(target.removeprefix(f"{offering.id}/"))
            most = _most(reduced, catalog) if reduced is not None else None
            for index, step in enumerate(price.amount):
                if most is not None and step.is_.amount > most:
                    path = step_path(("prices", name), "amount", price.amount, index) if written.amount else ("prices", name, "use")
                    message = f"this takes {step.is_} off `{target}`, which is never above {most:f} {step.is_.currency}"
                    place = Place("what it reduces", offering.key, ("prices", target.rpartition("/")[2]))
                    yield Finding(path, message, "lower it, or write a `percent` up to 100", related=(place,))


def _most(price: Price, catalog: Catalog) -> Decimal | None:
    """The highest amount of a price; None where it depends on a number."""
    terms = resolved(price, catalog)
    if terms is None or terms.count is not None or terms.tiers or terms.type is PriceType.USAGE:
        return None
    found = [step.is_.amount for step in terms.amount]
    found += [cell.value.amount for table in terms.table for cell in table.is_.cells if cell.value is not None]
    return max(found, default=None)


RULE = NeighbourRule("TK220", "discount-above-price", (ProductOffering,), check)
