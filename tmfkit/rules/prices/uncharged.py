"""Whatever can be ordered is charged for.

When every price of an offering has a condition, a combination may be left for which none of them holds: it can be ordered, and the
bill is empty. The rule goes through the terms, characteristics and facts that the conditions ask about.

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
terms: {no-term: {}, 12-months: {}, 24-months: {}}
prices:
  loose: {type: recurring, every: 1 month, amount: 30.00 EUR, when: {term: no-term}}
  bound: {type: recurring, every: 1 month, amount: 25.00 EUR, when: {term: 24-months}}
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
terms: {no-term: {}, 12-months: {}, 24-months: {}}
prices:
  loose: {type: recurring, every: 1 month, amount: 30.00 EUR, when: {term: no-term}}
  bound: {type: recurring, every: 1 month, amount: 25.00 EUR, unless: {term: no-term}}
```
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from tmfkit.catalog import Catalog
from tmfkit.diagnostics.model import Severity
from tmfkit.model.base import Lifecycle
from tmfkit.model.prices import Price, PriceType
from tmfkit.model.products import ProductOffering, ProductSpecification
from tmfkit.rules.base import Finding, NeighbourRule
from tmfkit.rules.parts import knows_its_product, priced
from tmfkit.semantics.conditions import verdict
from tmfkit.semantics.configuration import Variable, configurations, variables
from tmfkit.semantics.domains import Domain, listed

CHARGES = (PriceType.RECURRING, PriceType.ONE_TIME, PriceType.USAGE)
"""The types of prices that a customer pays for what is delivered."""

RUNNING = (PriceType.RECURRING, PriceType.USAGE)
"""Those that go on: an offering that has only single fees may well be free in some cases."""

USUAL = MappingProxyType({"voucher": Domain(absent=True), "agreement": Domain(absent=True), "action": listed(("add",))})
"""How most customers order: without a voucher or an agreement."""

MOST = 500
"""How many combinations are looked at; an offering with more is left alone."""


def check(offering: ProductOffering, catalog: Catalog) -> Iterator[Finding]:
    """Combinations for which no price of an offering holds."""
    if any(price.type in CHARGES and not (price.when or price.unless) for price in offering.prices.values()):
        return
    charges = [price for _, _, price in priced(offering, catalog, "type") if price.type in CHARGES]
    if (
        not any(price.type in RUNNING for price in charges)
        or not all(price.when or price.unless for price in charges)
        or not _is_judged(offering, catalog)
    ):
        return
    known = _known(charges, offering, catalog)
    if any(verdict(price.when, known) is False for price in charges):
        return  # a condition that never holds has its own rule
    asked = {name: replace(one, domain=USUAL.get(name, one.domain)) for name, one in known.items()}
    combined, _ = configurations({name: one for name, one in asked.items() if one.domain.values}, MOST + 1)
    if len(combined) > MOST:
        return
    for chosen in combined:
        settled = {**asked, **{name: replace(asked[name], domain=listed((value,))) for name, value in chosen.items()}}
        if not any(_may_hold(price, settled) for price in charges) and not _is_excluded(offering, catalog, settled):
            said = ", ".join(f"{name} `{value}`" for name, value in chosen.items() if len(asked[name].domain.values) > 1)
            message = f"nothing is charged for {said}" if said else "none of these prices is charged without a voucher or an agreement"
            yield Finding(("prices",), message, "add a price for it, or widen the condition of one", at_key=True)
            return


def _is_judged(offering: ProductOffering, catalog: Catalog) -> bool:
    """Whether the offering is sold and everything about it is known here."""
    sold = offering.lifecycle in (Lifecycle.ACTIVE, Lifecycle.LAUNCHED)
    whole = all(price.use is None or isinstance(price.use, str) for price in offering.prices.values())
    return sold and whole and not offering.is_bundle and knows_its_product(offering, catalog)


def _known(charges: Sequence[Price], offering: ProductOffering, catalog: Catalog) -> dict[str, Variable]:
    """What the conditions ask about; zones and periods of a usage have their own rule."""
    subjects = (subject for price in charges for subject in (*price.when.subjects, *price.unless.subjects))
    return variables(subjects, offering, catalog)


def _may_hold(price: Price, settled: Mapping[str, Variable]) -> bool:
    return verdict(price.when, settled) is not False and not (price.unless and verdict(price.unless, settled) is True)


def _is_excluded(offering: ProductOffering, catalog: Catalog, settled: Mapping[str, Variable]) -> bool:
    product = catalog.get(ProductSpecification, offering.product)
    constraints = product.constraints.values() if product is not None else ()
    return any(verdict(one.when, settled) is True and verdict(one.then, settled) is False for one in constraints)


RULE = NeighbourRule("TK214", "uncharged-combination", (ProductOffering,), check, Severity.WARNING)
