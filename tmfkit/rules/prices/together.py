"""Percentages that hold together do not add up to more than everything.

Discounts apply one after the other, so 60 % and 50 % leave a fifth of the price: nearly nothing, and mostly not what was meant.
A discount of 100 % on its own is a free time, and is left alone.

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
  monthly: {type: recurring, every: 1 month, amount: 30.00 EUR}
  welcome: {type: discount, reduces: [monthly], percent: 60}
  summer: {type: discount, reduces: [monthly], percent: 50}
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
  monthly: {type: recurring, every: 1 month, amount: 30.00 EUR}
  welcome: {type: discount, reduces: [monthly], percent: 60}
  summer: {type: discount, reduces: [monthly], percent: 30}
```
"""

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from tmfkit.catalog import Catalog
from tmfkit.diagnostics.model import Severity
from tmfkit.model.prices import Price
from tmfkit.model.products import ProductOffering
from tmfkit.model.values import plain
from tmfkit.rules.base import Finding, NeighbourRule, Place
from tmfkit.rules.parts import priced
from tmfkit.semantics.overlap import meet


def check(offering: ProductOffering, catalog: Catalog) -> Iterator[Finding]:
    """Pairs of discounts on one price that take off more than it together."""
    if len(offering.prices) < 3:
        return
    discounts = [(name, price, _most(price)) for name, _, price in priced(offering, catalog, "percent")]
    for (first, one, less), (second, other, more) in combinations(discounts, 2):
        shared = [target for target in one.reduces if target in other.reduces]
        if not shared or max(less, more) >= 100 or less + more <= 100 or not meet(one, other, offering, catalog):
            continue
        message = f"`{first}` and `{second}` take {plain(less)} % and {plain(more)} % off `{shared[0]}`, and one customer can get both"
        place = Place("the other discount", offering.key, ("prices", first))
        yield Finding(("prices", second), message, "let their conditions part, or lower one of them", related=(place,), at_key=True)


def _most(price: Price) -> Decimal:
    return max(step.is_ for step in price.percent)


RULE = NeighbourRule("TK219", "discounts-together", (ProductOffering,), check, Severity.WARNING)
