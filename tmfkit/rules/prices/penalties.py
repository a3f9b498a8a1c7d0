"""Only who is bound pays for leaving.

A penalty for an early exit belongs to a term with a commitment. Charged without one, it is challenged by the first customer who
reads the contract.

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
  monthly: {type: recurring, every: 1 month, amount: 30.00 EUR}
  exit: {type: penalty, amount: 120.00 EUR, when: {action: delete}}
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
  monthly: {type: recurring, every: 1 month, amount: 30.00 EUR}
  exit: {type: penalty, amount: 120.00 EUR, when: {action: delete, term: 24-months}}
```
"""

from collections.abc import Iterator

from tmfkit.catalog import Catalog
from tmfkit.diagnostics.model import Severity
from tmfkit.model.prices import PriceType
from tmfkit.model.products import ProductOffering
from tmfkit.rules.base import Finding, NeighbourRule, Place
from tmfkit.rules.parts import priced


def check(offering: ProductOffering, catalog: Catalog) -> Iterator[Finding]:
    """Penalties for leaving that hold for a term without commitment."""
    loose = [name for name, term in offering.terms.items() if term.commitment is None and term.lasts is None]
    if not loose:
        return
    for name, _, price in priced(offering, catalog, "when"):
        if price.type is not PriceType.PENALTY or price.when.values("action") != ("delete",):
            continue
        wanted, refused = (price.when.values("term") or tuple(offering.terms)), price.unless.values("term")
        for term in loose:
            if term in wanted and term not in refused and "term" not in price.by:
                message = f"`{name}` is charged for leaving, and the term `{term}` binds nobody"
                place = Place("the term", offering.key, ("terms", term))
                yield Finding(("prices", name), message, "name the terms with a commitment in `when`", related=(place,), at_key=True)
                break


RULE = NeighbourRule("TK225", "penalty-without-commitment", (ProductOffering,), check, Severity.WARNING)
