"""A discount reduces prices that exist.

`reduces` names prices of the same offering, or `offering/price` (or `role/price` in a bundle). A discount on nothing is never
given, and nobody notices before the first complaint.

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
  welcome: {type: discount, reduces: [montly], percent: 50, for: 6 months}
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
  welcome: {type: discount, reduces: [monthly], percent: 50, for: 6 months}
```
"""

from collections.abc import Iterator

from tmfkit.catalog import Catalog
from tmfkit.diagnostics.suggest import did_you_mean
from tmfkit.model.base import External
from tmfkit.model.prices import Price, PriceType
from tmfkit.model.products import ProductOffering
from tmfkit.rules.base import Finding, NeighbourRule
from tmfkit.rules.parts import priced
from tmfkit.source.document import Path


def check(offering: ProductOffering, catalog: Catalog) -> Iterator[Finding]:
    """Discounts of an offering that name no price."""
    for name, written, price in priced(offering, catalog, "reduces"):
        if price.type is not PriceType.DISCOUNT:
            continue
        for index, target in enumerate(price.reduces):
            path: Path = ("prices", name, "reduces", index) if written.reduces else ("prices", name, "use")
            yield from _named(offering, catalog, name, target, path)


def _named(offering: ProductOffering, catalog: Catalog, name: str, target: str, path: Path) -> Iterator[Finding]:
    place, slash, wanted = target.rpartition("/")
    if target == name:
        yield Finding(path, f"the discount `{name}` reduces itself", "name the price that it makes cheaper")
    elif not slash:
        yield from _missing(target, f"`{offering.id}`", offering.prices, path)
    elif place not in offering.bundle and place != offering.id:
        yield from _elsewhere(offering, catalog, place, wanted, path)
    else:
        yield from _in_members(offering, catalog, place, wanted, path)


def _in_members(offering: ProductOffering, catalog: Catalog, place: str, wanted: str, path: Path) -> Iterator[Finding]:
    if place == offering.id:
        yield from _missing(wanted, f"`{place}`", offering.prices, path)
        return
    members = [_sold(found, catalog) for found in offering.bundle[place].offerings(place)]
    prices: dict[str, Price] = {}
    for member in members:
        if member is None:
            return
        prices |= member.prices
    yield from _missing(wanted, f"the role `{place}`", prices, path)


def _elsewhere(offering: ProductOffering, catalog: Catalog, place: str, wanted: str, path: Path) -> Iterator[Finding]:
    if catalog.find((ProductOffering.KIND,), place) is None:
        help = did_you_mean(place, (*offering.bundle, *(summary.key.id for summary in catalog.of(ProductOffering.KIND))))
        yield Finding(path, f"`{place}` is neither a role of this bundle nor an offering", help)
        return
    other = catalog.get(ProductOffering, place)
    if other is not None:
        yield from _missing(wanted, f"`{place}`", other.prices, path)


def _missing(wanted: str, whose: str, prices: dict[str, Price], path: Path) -> Iterator[Finding]:
    if wanted in prices:
        return
    help = did_you_mean(wanted, prices) or (f"its prices are {', '.join(f'`{name}`' for name in prices)}" if prices else "it has no prices")
    yield Finding(path, f"{whose} has no price called `{wanted}`, so this discount reduces nothing", help)


def _sold(target: str | External, catalog: Catalog) -> ProductOffering | None:
    return catalog.get(ProductOffering, target)


RULE = NeighbourRule("TK203", "discount-target", (ProductOffering,), check)
