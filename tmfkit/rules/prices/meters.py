"""What is metered is priced in every zone and at every time.

A usage that has a price for some zones or periods and none for the others is used there for nothing, and the loss is seen when the
partner's bill comes. An allowance is no price: it ends.

Fails:
```yaml
kind: Vocabulary
usage: {data: {unit: GB, dimensions: {zone: [national, eu, world]}}}
---
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
  home: {type: usage, usage: data, per: 1 GB, amount: 1.00 EUR, when: {zone: national}}
  world: {type: usage, usage: data, per: 1 GB, amount: 9.00 EUR, when: {zone: world}}
```

Passes:
```yaml
kind: Vocabulary
usage: {data: {unit: GB, dimensions: {zone: [national, eu, world]}}}
---
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
  home: {type: usage, usage: data, per: 1 GB, amount: 1.00 EUR, when: {zone: [national, eu]}}
  world: {type: usage, usage: data, per: 1 GB, amount: 9.00 EUR, when: {zone: world}}
```
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tmfkit.catalog import Catalog
from tmfkit.diagnostics.model import Severity
from tmfkit.model.prices import Price, PriceType
from tmfkit.model.products import ProductOffering
from tmfkit.rules.base import Finding, NeighbourRule, Place
from tmfkit.rules.parts import priced
from tmfkit.semantics.conditions import possible, verdict
from tmfkit.semantics.configuration import Subject, Variable, configurations
from tmfkit.semantics.domains import listed

MOST = 500
"""How many combinations of zones, periods and the like are looked at."""


def check(offering: ProductOffering, catalog: Catalog) -> Iterator[Finding]:
    """Usages that are priced in some of their dimensions only."""
    if not any(price.usage or price.use for price in offering.prices.values()):
        return
    metered: dict[str, list[tuple[str, Price]]] = defaultdict(list)
    for name, _, price in priced(offering, catalog, "usage"):
        if price.type is PriceType.USAGE:
            metered[str(price.usage)].append((name, price))
    for usage, prices in metered.items():
        said = _unpriced([price for _, price in prices], usage, catalog) if all(_is_narrowed(price) for _, price in prices) else ""
        if said:
            first = prices[0][0]
            places = tuple(Place("the usage is also priced here", offering.key, ("prices", name)) for name, _ in prices[1:5])
            message = f"`{usage}` has no price for {said}"
            help = "add a price for it, or widen the condition of one"
            yield Finding(("prices", first), message, help, related=places, at_key=True)


def _is_narrowed(price: Price) -> bool:
    return bool(price.when or price.unless)


def _unpriced(prices: Sequence[Price], usage: str, catalog: Catalog) -> str:
    """The first combination of the dimensions of a usage that no price is for, in words; empty where there is none."""
    kind = catalog.vocabulary.usage.get(usage)
    dimensions = {name: Variable(name, Subject.DIMENSION, listed(words)) for name, words in kind.dimensions.items()} if kind else {}
    if any(not possible(price.when, dimensions) for price in prices):
        return ""  # a word that the vocabulary does not know has its own rule
    asked = {subject for price in prices for subject in (*price.when.subjects, *price.unless.subjects)}
    known = {name: one for name, one in dimensions.items() if name in asked}
    combined, complete = configurations(known, MOST)
    for chosen in combined if complete and known else ():
        settled = {name: replace(known[name], domain=listed((word,))) for name, word in chosen.items()}
        if not any(_may_hold(price, settled) for price in prices):
            return ", ".join(f"{name} `{word}`" for name, word in chosen.items())
    return ""


def _may_hold(price: Price, settled: dict[str, Variable]) -> bool:
    return possible(price.when, settled) and not (price.unless and verdict(price.unless, settled) is True)


RULE = NeighbourRule("TK226", "metered-everywhere", (ProductOffering,), check, Severity.WARNING)
