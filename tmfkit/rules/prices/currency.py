"""All prices of an offering, and of what it is a bundle of, are in one currency.

A bill has one currency. A second one is mostly copied from another market.

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
  setup: {type: oneTime, amount: 49.00 CHF}
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
  setup: {type: oneTime, amount: 49.00 EUR}
```
"""

from collections.abc import Iterator
from dataclasses import replace

from tmfkit.catalog import Catalog
from tmfkit.model.base import Key
from tmfkit.model.prices import PriceTerms, ProductOfferingPrice
from tmfkit.model.products import ProductOffering
from tmfkit.model.values import Money
from tmfkit.rules.base import Finding, NeighbourRule, Place
from tmfkit.rules.parts import step_path
from tmfkit.source.document import Path


def check(offering: ProductOffering, catalog: Catalog) -> Iterator[Finding]:
    """A second currency among the prices of an offering or its members."""
    if len(_currencies(offering, catalog).union(*_of_members(offering, catalog))) < 2:
        return
    first: tuple[str, Place] | None = None
    for path, money, whose in _all_money(offering, catalog):
        if first is None:
            place = whose or Place("", offering.key, path)
            first = (money.currency, replace(place, message=f"{money.currency} is used here"))
        elif money.currency != first[0]:
            message = f"this is in {money.currency}, other prices of `{offering.id}` are in {first[0]}"
            yield Finding(path, message, f"write it in {first[0]}", related=(first[1],), at_key=path[0] == "bundle")
            return


def _currencies(offering: ProductOffering, catalog: Catalog) -> set[str]:
    """The currencies of an offering's own prices: the quick way to see that nothing is wrong."""
    found: set[str] = set()
    for price in offering.prices.values():
        shared = catalog.get(ProductOfferingPrice, price.use) if price.use is not None else None
        for terms in (price, shared) if shared is not None else (price,):
            found.update(step.is_.currency for step in terms.amount)
            found.update(cell.value.currency for step in terms.table for cell in step.is_.cells if cell.value is not None)
            for tiers in terms.tiers:
                found.update(money.currency for tier in tiers.is_ for money in (tier.amount, tier.flat) if money is not None)
    return found


def _of_members(offering: ProductOffering, catalog: Catalog) -> Iterator[set[str]]:
    for role, member in offering.bundle.items():
        sold = (catalog.get(ProductOffering, target) for target in member.offerings(role))
        yield from (_currencies(one, catalog) for one in sold if one is not None)


def _all_money(offering: ProductOffering, catalog: Catalog) -> Iterator[tuple[Path, Money, Place | None]]:
    """Each amount, the path in the offering that leads to it, and where it stands if that is another entity."""
    yield from _money_of(offering, (), catalog)
    for role, member in offering.bundle.items():
        for target in member.offerings(role):
            sold = catalog.get(ProductOffering, target)
            found = next(iter(_money_of(sold, (), catalog)), None) if sold is not None else None
            if sold is not None and found is not None:
                yield ("bundle", role), found[1], found[2] or Place("", sold.key, found[0])


def _money_of(offering: ProductOffering, path: Path, catalog: Catalog) -> Iterator[tuple[Path, Money, Place | None]]:
    for name, price in offering.prices.items():
        place = (*path, "prices", name)
        for inner, money in amounts(price):
            yield (*place, *inner), money, None
        if price.use is not None:
            shared = catalog.get(ProductOfferingPrice, price.use)
            for inner, money in amounts(shared) if shared is not None else ():
                yield (*place, "use"), money, Place("", Key(ProductOfferingPrice.KIND, str(price.use)), inner)


def amounts(terms: PriceTerms) -> Iterator[tuple[Path, Money]]:
    """Every amount of money in the terms of a price, with its place in them."""
    for index, step in enumerate(terms.amount):
        yield step_path((), "amount", terms.amount, index), step.is_
    for index, table in enumerate(terms.table):
        place = step_path((), "table", terms.table, index)
        yield from (((*place, *cell.keys), cell.value) for cell in table.is_.cells if cell.value is not None)
    for index, tiers in enumerate(terms.tiers):
        place = step_path((), "tiers", terms.tiers, index)
        for number, tier in enumerate(tiers.is_):
            both = (("amount", tier.amount), ("flat", tier.flat))
            yield from (((*place, number, name), money) for name, money in both if money is not None)


RULE = NeighbourRule("TK207", "one-currency", (ProductOffering,), check)
