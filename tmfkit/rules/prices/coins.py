"""An amount has no more decimals than its currency has coins.

A monthly fee of 39.905 EUR is rounded by each system in its own way, so bills and web shop differ. Prices of usage and of counted
things may be finer: they are multiplied before they are rounded.

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
prices: {monthly: {type: recurring, every: 1 month, amount: 39.905 EUR}}
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
prices: {monthly: {type: recurring, every: 1 month, amount: 39.90 EUR}}
```
"""

from collections.abc import Iterator

from tmfkit.diagnostics.model import Severity
from tmfkit.model.prices import PriceTerms, PriceType, ProductOfferingPrice
from tmfkit.model.products import ProductOffering
from tmfkit.model.units import decimals_of
from tmfkit.model.values import Money
from tmfkit.rules.base import EntityRule, Finding
from tmfkit.rules.parts import terms_of
from tmfkit.rules.prices.currency import amounts


def check(entity: ProductOffering | ProductOfferingPrice) -> Iterator[Finding]:
    """Amounts that no coins can pay."""
    for path, terms in terms_of(entity):
        if terms.type is PriceType.USAGE or terms.count is not None or not any(map(_is_fine, _money(terms))):
            continue
        for place, money in amounts(terms):
            if _is_fine(money):
                message = f"{money} is finer than the coins of {money.currency}"
                yield Finding((*path, *place), message, f"round it to {decimals_of(money.currency)} decimals")


def _money(terms: PriceTerms) -> Iterator[Money]:
    """All amounts without their places: the quick way to see that nothing is wrong."""
    for step in terms.amount:
        yield step.is_
    for table in terms.table:
        yield from (cell.value for cell in table.is_.cells if cell.value is not None)


def _is_fine(money: Money) -> bool:
    exponent = money.amount.as_tuple().exponent
    decimals = decimals_of(money.currency)
    return isinstance(exponent, int) and exponent < -decimals and money.amount != round(money.amount, decimals)


RULE = EntityRule("TK224", "coins", (ProductOffering, ProductOfferingPrice), check, Severity.WARNING)
