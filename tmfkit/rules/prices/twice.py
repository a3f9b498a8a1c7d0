"""Nobody is charged twice for one thing.

Two prices of one type with the same `chargeCode` that hold for the same customer are mostly one price that was copied and not yet
deleted, or two conditions that overlap where they should part.

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
terms: {no-term: {}, 24-months: {commitment: 24 months}}
prices:
  monthly: {type: recurring, every: 1 month, amount: 30.00 EUR, chargeCode: FIB-REC}
  bound: {type: recurring, every: 1 month, amount: 25.00 EUR, chargeCode: FIB-REC, when: {term: 24-months}}
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
terms: {no-term: {}, 24-months: {commitment: 24 months}}
prices:
  monthly: {type: recurring, every: 1 month, amount: 30.00 EUR, chargeCode: FIB-REC, when: {term: no-term}}
  bound: {type: recurring, every: 1 month, amount: 25.00 EUR, chargeCode: FIB-REC, when: {term: 24-months}}
```
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from tmfkit.catalog import Catalog
from tmfkit.diagnostics.model import Severity
from tmfkit.model.prices import Price, PriceType
from tmfkit.model.products import ProductOffering
from tmfkit.rules.base import Finding, NeighbourRule, Place
from tmfkit.rules.parts import priced
from tmfkit.semantics.overlap import meet

ONCE = (PriceType.RECURRING, PriceType.ONE_TIME)
"""The types of prices that are charged once for each thing."""


def check(offering: ProductOffering, catalog: Catalog) -> Iterator[Finding]:
    """Prices with one charge code that hold together."""
    if len(offering.prices) < 2:
        return
    alike: dict[tuple[str, str], list[tuple[str, Price]]] = defaultdict(list)
    for name, _, price in priced(offering, catalog, "charge_code"):
        if price.type in ONCE:
            alike[price.type, str(price.charge_code)].append((name, price))
    for (type, code), prices in alike.items():
        for (first, one), (second, other) in combinations(prices, 2):
            if meet(one, other, offering, catalog):
                message = f"`{first}` and `{second}` are both {type}, are charged as `{code}` and can hold for one customer"
                place = Place("the other price", offering.key, ("prices", first))
                help = "delete one of them, let their conditions part, or give them charge codes of their own"
                yield Finding(("prices", second), message, help, related=(place,), at_key=True)


RULE = NeighbourRule("TK216", "charged-twice", (ProductOffering,), check, Severity.WARNING)
