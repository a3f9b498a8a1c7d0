"""One charge code is booked on one account.

Finance reads revenue by charge code. When two offerings book one code on different accounts, the books depend on which of them was
read first.

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
prices: {monthly: {type: recurring, every: 1 month, amount: 30.00 EUR, chargeCode: REC, glAccount: "4010"}}
---
kind: ProductOffering
id: flat
name: Flat
product: access
lifecycle: Active
prices: {monthly: {type: recurring, every: 1 month, amount: 20.00 EUR, chargeCode: REC, glAccount: "4020"}}
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
prices: {monthly: {type: recurring, every: 1 month, amount: 30.00 EUR, chargeCode: REC, glAccount: "4010"}}
---
kind: ProductOffering
id: flat
name: Flat
product: access
lifecycle: Active
prices: {monthly: {type: recurring, every: 1 month, amount: 20.00 EUR, chargeCode: REC, glAccount: "4010"}}
```
"""

from collections.abc import Iterator

from tmfkit.catalog import Catalog
from tmfkit.diagnostics.model import Severity
from tmfkit.model.base import Key
from tmfkit.model.prices import ProductOfferingPrice
from tmfkit.model.products import ProductOffering
from tmfkit.rules.base import CatalogRule, Finding, Place
from tmfkit.rules.parts import has_prices, terms_of
from tmfkit.source.document import Path


def check(catalog: Catalog) -> Iterator[Finding]:
    """Charge codes that are booked on a second account."""
    first: dict[str, tuple[str, Key, Path]] = {}
    for summary in catalog.of(ProductOffering.KIND, ProductOfferingPrice.KIND):
        entity = catalog.entity(summary.key)
        for path, terms in terms_of(entity) if entity is not None and has_prices(entity) else ():
            if terms.charge_code is None or terms.gl_account is None:
                continue
            place = (*path, "glAccount")
            account, key, before = first.setdefault(terms.charge_code, (terms.gl_account, summary.key, place))
            if account != terms.gl_account:
                message = f"`{terms.charge_code}` is booked on {terms.gl_account} here and on {account} elsewhere"
                related = (Place(f"booked on {account} here", key, before),)
                yield Finding(place, message, "book it on one account, or use another charge code", related=related, key=summary.key)


RULE = CatalogRule("TK218", "one-account", check, Severity.WARNING)
