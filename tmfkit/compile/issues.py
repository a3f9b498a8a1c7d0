"""Gives every single price of an offering its id and its name, and finds those that another price refers to."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tmfkit.catalog import Catalog
from tmfkit.compile.bundle import Settings
from tmfkit.compile.expand import Variant, expand
from tmfkit.compile.scope import Scope, label, scope_of
from tmfkit.compile.wording import wire_id
from tmfkit.model.base import Key
from tmfkit.model.prices import Price, PriceTerms, ProductOfferingPrice
from tmfkit.model.products import ProductOffering
from tmfkit.semantics.pricing import resolved
from tmfkit.tmf.common import Ref


@dataclass(frozen=True, slots=True)
class Issue:
    """One single price as it is published; `price` is its name in the offering, empty for a shared one."""

    price: str
    id: str
    name: str
    version: str
    variant: Variant

    @property
    def ref(self) -> Ref:
        """A reference to it."""
        return Ref(id=self.id, name=self.name, version=self.version)


def uses_as_is(price: Price) -> bool:
    """Whether an offering takes a shared price without changing anything about it; that one is published once for all."""
    return price.use is not None and price.model_fields_set <= {"use"}


def own_prices(offering: ProductOffering, catalog: Catalog) -> Iterator[tuple[str, Price]]:
    """The prices that are published as the offering's own, with the terms of the shared ones that they narrow."""
    for name, price in offering.prices.items():
        terms = None if uses_as_is(price) else resolved(price, catalog)
        if terms is not None and terms.type is not None:
            yield name, terms


def own_issues(offering: ProductOffering, scope: Scope) -> list[Issue]:
    """All single prices of an offering, each under a name of its own."""
    found: list[Issue] = []
    for name, terms in own_prices(offering, scope.catalog):
        title = f"{offering.title} – {terms.name.default if terms.name else name}"
        found += _issued(name, wire_id(offering.id, name), title, offering.version, terms, scope)
    return distinct(found)


def shared_issues(price: ProductOfferingPrice, scope: Scope) -> list[Issue]:
    """All single prices of a shared price."""
    return distinct(list(_issued("", price.id, price.title, price.version, price, scope)))


def _issued(price: str, base: str, title: str, version: str, terms: PriceTerms, scope: Scope) -> Iterator[Issue]:
    for variant in expand(terms):
        labels = (*(label(scope, pick) for pick in variant.picks), *variant.labels)
        yield Issue(price, variant_id(base, variant), ", ".join((title, *labels)), version, variant)


def variant_id(base: str, variant: Variant) -> str:
    """The id of a single price; `base` is that of the price which it is a part of."""
    return wire_id(base, *variant.suffix)


def distinct(issues: list[Issue]) -> list[Issue]:
    """The same with their ids behind those names that several have; catalog APIs tell prices apart by name and version."""
    names = Counter(issue.name for issue in issues)
    if len(names) == len(issues):
        return issues
    return [replace(issue, name=f"{issue.name} ({issue.id})") if names[issue.name] > 1 else issue for issue in issues]


def shared_scope(key: Key, catalog: Catalog, settings: Settings) -> Scope:
    """The surroundings of a shared price: those of the first offering that uses it."""
    users = (other for other in catalog.referrers(key) if other.kind == ProductOffering.KIND)
    first = next((user for other in users if (user := catalog.get(ProductOffering, other.id)) is not None), None)
    return scope_of(first, catalog, settings)


def issues_of(offering: ProductOffering, name: str, own: list[Issue], catalog: Catalog, settings: Settings) -> list[Issue]:
    """The published prices that one price of an offering stands for; `own` are those of the offering itself."""
    price = offering.prices.get(name)
    if price is None or not uses_as_is(price):
        return [issue for issue in own if issue.price == name]
    shared = catalog.get(ProductOfferingPrice, price.use)
    return shared_issues(shared, shared_scope(shared.key, catalog, settings)) if shared else []


def issues_at(offering: ProductOffering, path: str, own: list[Issue], catalog: Catalog, settings: Settings) -> list[Issue]:
    """The published prices that a discount reduces: `monthly` of the offering itself, `fibre-home/monthly` of a member."""
    if "/" not in path:
        return issues_of(offering, path, own, catalog, settings)
    role, _, name = path.partition("/")
    member = offering.bundle.get(role)
    found: list[Issue] = []
    for target in member.offerings(role) if member else ():
        other = catalog.get(ProductOffering, target)
        if other is not None:
            found += issues_of(other, name, own_issues(other, scope_of(other, catalog, settings)), catalog, settings)
    return found
