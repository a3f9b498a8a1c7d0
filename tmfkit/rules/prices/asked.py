"""A condition, a table and a count ask about things that are there.

They may ask about characteristics of the product (or of the specification that they stand in), roles of the bundle, the facts
term, place, segment, channel, agreement, voucher, customer, action and ordered, and in a usage price about the dimensions of what
is used. Anything else never holds, and what depends on it never happens.

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
  setup: {type: oneTime, amount: 49.00 EUR, when: {tern: no-term}}
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
  setup: {type: oneTime, amount: 49.00 EUR, when: {term: no-term}}
```
"""

from collections.abc import Iterator

from tmfkit.catalog import Catalog
from tmfkit.diagnostics.suggest import did_you_mean
from tmfkit.model.base import Entity
from tmfkit.model.conditions import FACTS
from tmfkit.model.prices import ProductOfferingPrice
from tmfkit.model.products import ProductOffering
from tmfkit.rules.base import Finding, NeighbourRule
from tmfkit.rules.parts import asked_in_offering, characteristics, conditions_of, knows_its_product, priced, subjects_of
from tmfkit.semantics.configuration import exists, names_of
from tmfkit.semantics.feeds import FEEDING, uses_of
from tmfkit.source.document import Path


def check(entity: Entity, catalog: Catalog) -> Iterator[Finding]:
    """Subjects that do not exist."""
    if type(entity) is ProductOffering:
        if entity.prices and knows_its_product(entity, catalog):
            yield from _offering(entity, catalog)
        return
    if type(entity) is ProductOfferingPrice:
        yield from _shared(entity, catalog)
        return
    for path, condition, _, _ in conditions_of(entity):
        for subject in condition.subjects:
            if subject not in FACTS and subject not in characteristics(entity) and subject not in uses_of(entity):
                yield _absent((*path, subject), subject, subjects_of(entity, catalog), f"`{entity.id}`", at_key=True)


def _offering(offering: ProductOffering, catalog: Catalog) -> Iterator[Finding]:
    for path, condition, usage, use in asked_in_offering(offering, catalog):
        for subject in condition.subjects:
            if not exists(subject, offering, catalog, usage):
                yield _missing(path if use else (*path, subject), subject, offering, catalog, usage, at_key=not use)
    for name, written, price in priced(offering, catalog, "by"):
        for index, subject in enumerate(price.by):
            if not exists(subject, offering, catalog, price.usage):
                place: Path = ("prices", name, "by", index) if written.by else ("prices", name, "use")
                yield _missing(place, subject, offering, catalog, price.usage)
    for name, written, price in priced(offering, catalog, "count"):
        counted = str(price.count)
        if counted in FACTS or not exists(counted, offering, catalog, price.usage):
            yield _missing(("prices", name, "count" if written.count else "use"), counted, offering, catalog, price.usage)
    for name, written, price in priced(offering, catalog, "shared"):
        for index, role in enumerate(price.shared):
            if role not in offering.bundle:
                place = ("prices", name, "shared", index) if written.shared else ("prices", name, "use")
                yield _no_role(place, role, offering)


def _shared(price: ProductOfferingPrice, catalog: Catalog) -> Iterator[Finding]:
    """An `unless` about what no offering has that uses the price; a `when` is looked at where it is used."""
    if not price.unless:
        return
    users = [one for key in catalog.referrers(price.key) if isinstance(one := catalog.entity(key), ProductOffering)]
    if not users or not all(knows_its_product(one, catalog) for one in users):
        return
    for subject in price.unless.subjects:
        if not any(exists(subject, one, catalog, price.usage) for one in users):
            known = (name for one in users for name in names_of(one, catalog, price.usage))
            help = did_you_mean(subject, known) or "name a characteristic, a role or a fact that they have"
            yield Finding(
                ("unless", subject), f"this asks about `{subject}`, which no offering has that uses this price", help, at_key=True
            )


def _no_role(path: Path, role: str, offering: ProductOffering) -> Finding:
    help = did_you_mean(role, offering.bundle) or "name roles of the bundle whose members share the allowance"
    return Finding(path, f"this is shared by `{role}`, which is no role of `{offering.id}`", help)


def _missing(path: Path, subject: str, offering: ProductOffering, catalog: Catalog, usage: str | None, *, at_key: bool = False) -> Finding:
    if subject == "term":
        help = "add them, as in `terms: {24-months: {commitment: 24 months}}`"
        return Finding(path, f"this asks about the term, and `{offering.id}` has no `terms`", help, at_key=at_key)
    return _absent(path, subject, subjects_of(offering, catalog, usage), f"`{offering.id}`", at_key=at_key)


def _absent(path: Path, subject: str, known: tuple[str, ...], whose: str, *, at_key: bool = False) -> Finding:
    help = did_you_mean(subject, known) or f"it may ask about {', '.join(f'`{name}`' for name in known)}"
    return Finding(path, f"this asks about `{subject}`, which {whose} does not have", help, at_key=at_key)


RULE = NeighbourRule("TK208", "condition-subject", (ProductOffering, ProductOfferingPrice, *FEEDING), check)
