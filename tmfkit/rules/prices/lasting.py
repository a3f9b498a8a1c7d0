"""What a contract gives or threatens does not outlive the contract.

A discount of 24 months on a contract of 12 promises what nobody has decided, and a penalty for leaving has nothing to stand on once
the commitment is over. The rule compares `for` with the longest of the terms for which the price holds.

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
terms: {12-months: {commitment: 12 months}}
prices:
  monthly: {type: recurring, every: 1 month, amount: 30.00 EUR}
  welcome: {type: discount, reduces: [monthly], percent: 50, for: 24 months}
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
terms: {12-months: {commitment: 12 months}}
prices:
  monthly: {type: recurring, every: 1 month, amount: 30.00 EUR}
  welcome: {type: discount, reduces: [monthly], percent: 50, for: 6 months}
```
"""

from collections.abc import Iterator

from tmfkit.catalog import Catalog
from tmfkit.diagnostics.model import Severity
from tmfkit.model.prices import Price, PriceType
from tmfkit.model.products import ProductOffering, Term
from tmfkit.model.values import Duration
from tmfkit.rules.base import Finding, NeighbourRule, Place
from tmfkit.rules.parts import priced

BOUND = (PriceType.DISCOUNT, PriceType.PENALTY)
"""The types of prices that belong to a contract."""


def check(offering: ProductOffering, catalog: Catalog) -> Iterator[Finding]:
    """Discounts and penalties that last longer than every term for which they hold."""
    if not offering.terms:
        return
    for name, written, price in priced(offering, catalog, "for_"):
        longest = _longest(offering, price) if price.type in BOUND else None
        if price.for_ is None or longest is None or price.for_.hours <= longest[1].hours:
            continue
        path = ("prices", name, "for" if written.for_ else "use")
        message = f"this {price.type} lasts {price.for_}, and the longest contract that it is for lasts {longest[1]}"
        place = Place("the term", offering.key, ("terms", longest[0]))
        yield Finding(path, message, f"let it end with the contract: `for: {longest[1]}`", related=(place,))


def _longest(offering: ProductOffering, price: Price) -> tuple[str, Duration] | None:
    """The longest of the terms for which a price holds; None where one of them has no end."""
    wanted, refused = price.when.values("term"), price.unless.values("term")
    terms = {name: term for name, term in offering.terms.items() if (not wanted or name in wanted) and name not in refused}
    lasting = {name: bound for name, term in terms.items() if (bound := _bound(term)) is not None}
    if not lasting or len(lasting) < len(terms):
        return None
    return max(lasting.items(), key=lambda pair: pair[1].hours)


def _bound(term: Term) -> Duration | None:
    return term.commitment or (None if term.renews == "automatic" else term.lasts)


RULE = NeighbourRule("TK213", "lasting-price", (ProductOffering,), check, Severity.WARNING)
