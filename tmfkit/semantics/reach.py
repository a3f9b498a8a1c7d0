"""Which values can arrive at the characteristics of a service or resource from the products that are on sale."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice, product
from typing import TypeAlias
from weakref import WeakKeyDictionary

from tmfkit.catalog import Catalog
from tmfkit.model.base import Key, Lifecycle
from tmfkit.model.characteristics import Characteristic
from tmfkit.model.products import ProductOffering, ProductSpecification
from tmfkit.model.resources import ResourceSpecification
from tmfkit.model.services import RESOURCES, SERVICES, Feed, ResourceUse, ServiceSpecification
from tmfkit.semantics.conditions import narrowed_by, verdict
from tmfkit.semantics.configuration import Variable, offered
from tmfkit.semantics.domains import ANYTHING, Domain, domain_of, listed
from tmfkit.semantics.feeds import CHARACTERISED, Characterised, Use, sent, target_of, uses_of, variable_of

OFF_SALE = frozenset((Lifecycle.RETIRED, Lifecycle.OBSOLETE, Lifecycle.REJECTED))
"""The states in which an offering is sold to nobody any more."""

MOST_WAYS = 64
"""How many different ways to reach a specification are told apart before their values are taken together."""

Way: TypeAlias = Mapping[str, Domain]
"""One way to reach a specification: the values that each of its characteristics can have on it."""

Ways: TypeAlias = tuple[Way, ...]


class Reached:
    """What was found out about one catalog, so that each specification is looked at once."""

    def __init__(self) -> None:
        self.ways: dict[Key, Ways] = {}
        self.open: set[Key] = set()


_REACHED: WeakKeyDictionary[Catalog, Reached] = WeakKeyDictionary()
"""Lives exactly as long as the catalog itself."""


def ways_to(entity: Characterised, catalog: Catalog) -> Ways:
    """The different ways to reach a specification. One that nothing uses has a single way, on which all its own values are possible."""
    reached = _REACHED.setdefault(catalog, Reached())
    key = entity.key
    if key not in reached.ways:
        if key in reached.open:
            return (_own(entity),)
        reached.open.add(key)
        found = _of_product(entity, catalog) if isinstance(entity, ProductSpecification) else _of_users(entity, catalog)
        reached.ways[key] = few(found) or (_own(entity),)
        reached.open.discard(key)
    return reached.ways[key]


def arrivals(entity: Characterised, catalog: Catalog) -> Mapping[str, Domain]:
    """All values that can arrive at each characteristic, whatever the way."""
    return _merged(ways_to(entity, catalog))


def ways_through(entity: Characterised, use: Use, catalog: Catalog) -> Iterator[dict[str, Variable]]:
    """The ways on which a role of a specification is needed, with the values that are left by its `when` and `unless`."""
    for way in ways_to(entity, catalog):
        for part in _told_apart(entity, use, way):
            asked = {name: variable_of(name, entity.characteristics[name], domain) for name, domain in part.items()}
            if verdict(use.when, asked) is False or (use.unless and verdict(use.unless, asked) is True):
                continue
            yield narrowed_by(use.when, use.unless, asked)


def source(name: str, entity: Characterised, asked: Mapping[str, Variable], catalog: Catalog) -> Variable | None:
    """What a feed takes its values from: a characteristic of the feeding specification, or `role/characteristic` of a sibling."""
    if name in asked:
        return asked[name]
    sibling = sibling_of(name, entity, catalog)
    if sibling is None:
        return None
    characteristic, feed = sibling
    if feed is None or characteristic.set_by != "customer":
        return variable_of(name, characteristic)
    sources = [variable_of(one, entity.characteristics[one], asked[one].domain) for one in feed.sources if one in asked]
    complete = len(sources) == len(feed.sources)
    return variable_of(name, characteristic, sent(feed, sources, characteristic) if complete else None)


def allowed_source(name: str, entity: Characterised, catalog: Catalog) -> Variable | None:
    """As `source`, with all values that the characteristic allows, whatever is on sale."""
    own = entity.characteristics.get(name)
    if own is not None:
        return variable_of(name, own)
    sibling = sibling_of(name, entity, catalog)
    return None if sibling is None else variable_of(name, sibling[0])


def sibling_of(name: str, entity: Characterised, catalog: Catalog) -> tuple[Characteristic, Feed | None] | None:
    """The characteristic that `role/characteristic` names, and what feeds it; None where there is no such thing to see."""
    role, slash, wanted = name.partition("/")
    use = uses_of(entity).get(role)
    if not slash or use is None:
        return None
    target = used_entity(role, use, catalog)
    found = target.characteristics.get(wanted) if target is not None else None
    return None if found is None else (found, use.with_.get(wanted))


def used_entity(role: str, use: Use, catalog: Catalog) -> ServiceSpecification | ResourceSpecification | None:
    """The service or resource that fills a role; None for what is missing, broken or outside the repository."""
    target = target_of(role, use)
    kinds = RESOURCES if isinstance(use, ResourceUse) else SERVICES
    key = catalog.find(kinds, target) if isinstance(target, str) else None
    found = catalog.entity(key) if key else None
    return found if isinstance(found, ServiceSpecification | ResourceSpecification) else None


def few(found: Iterable[Way]) -> Ways:
    """Different ways only; too many of them are taken together."""
    kept: dict[tuple[tuple[str, Domain], ...], Way] = {}
    merged: Way | None = None
    for way in found:
        key = tuple(way.items())
        if key in kept:
            continue
        if len(kept) < MOST_WAYS:
            kept[key] = way
        else:
            merged = way if merged is None else _merged((merged, way))
    return (*kept.values(), merged) if merged is not None else tuple(kept.values())


def _of_product(entity: ProductSpecification, catalog: Catalog) -> Iterator[Way]:
    for key in catalog.referrers(entity.key):
        summary = catalog.summaries[key]
        if key.kind != ProductOffering.KIND or not summary.usable or summary.lifecycle in OFF_SALE:
            continue
        offering = catalog.entity(key)
        if isinstance(offering, ProductOffering):
            choices = offering.choices
            yield from _sellable(entity, {name: offered(found, choices.get(name)) for name, found in entity.characteristics.items()})


def _of_users(entity: Characterised, catalog: Catalog) -> Iterator[Way]:
    for key in catalog.referrers(entity.key):
        user = catalog.entity(key)
        if not isinstance(user, CHARACTERISED):
            continue
        for role, use in uses_of(user).items():
            if target_of(role, use) == entity.id and isinstance(use, ResourceUse) is isinstance(entity, ResourceSpecification):
                for asked in ways_through(user, use, catalog):
                    yield from _sellable(entity, fed_by(user, use, entity, asked, catalog))


def fed_by(user: Characterised, use: Use, entity: Characterised, asked: Mapping[str, Variable], catalog: Catalog) -> Way:
    """The values that each characteristic of an entity can have that fills a role of `user`, whose own values are `asked`."""
    found: dict[str, Domain] = {}
    for name, characteristic in entity.characteristics.items():
        feed = use.with_.get(name)
        if feed is None:
            found[name] = _unfed(characteristic)
            continue
        sources = [source(one, user, asked, catalog) for one in feed.sources]
        known = [one for one in sources if one is not None]
        found[name] = sent(feed, known, characteristic) if len(known) == len(sources) else ANYTHING
    return found


def _unfed(characteristic: Characteristic) -> Domain:
    """What a characteristic has that nothing feeds: its default, what the network or the qualification finds, or nothing."""
    if characteristic.set_by != "customer":
        return replace(domain_of(characteristic), absent=False)
    if characteristic.default is None:
        return Domain(absent=True)
    return listed(variable_of("", characteristic).read(text) for text in (characteristic.default,))


def _own(entity: Characterised) -> Way:
    return {name: domain_of(found) for name, found in entity.characteristics.items()}


def _merged(ways: Iterable[Way]) -> Way:
    found: dict[str, Domain] = {}
    for way in ways:
        for name, domain in way.items():
            found[name] = found[name].union(domain) if name in found else domain
    return found


def _told_apart(entity: Characterised, use: Use, way: Way) -> Iterator[Way]:
    """A way split by the values of those characteristics that several parts of a role depend on together."""
    names = [*use.when.subjects, *(name for feed in use.with_.values() for name in feed.sources)]
    together = {name for name in names if names.count(name) > 1 and name in entity.characteristics}
    return _split(way, together)


def _sellable(entity: Characterised, way: Way) -> Iterator[Way]:
    """A way without those combinations that the constraints of the specification exclude."""
    if not isinstance(entity, ProductSpecification | ServiceSpecification) or not entity.constraints:
        yield way
        return
    names = {name for one in entity.constraints.values() for name in (*one.when.subjects, *one.then.subjects)}
    for part in _split(way, names & set(entity.characteristics)):
        asked = {name: variable_of(name, entity.characteristics[name], domain) for name, domain in part.items()}
        broken = (verdict(one.when, asked) is True and verdict(one.then, asked) is False for one in entity.constraints.values())
        if not any(broken):
            yield part


def _split(way: Way, names: Iterable[str]) -> Iterator[Way]:
    """A way once for each combination of the listed values of some characteristics; unsplit where that is too much."""
    listed_ones = [name for name in way if name in names and way[name].is_listed and len(way[name].values) > 1]
    combined = list(islice(product(*(_singles(way[name]) for name in listed_ones)), MOST_WAYS + 1))
    if not listed_ones or len(combined) > MOST_WAYS:
        yield way
        return
    for values in combined:
        yield {**way, **dict(zip(listed_ones, values, strict=True))}


def _singles(domain: Domain) -> list[Domain]:
    return [Domain((value,)) for value in domain.values] + ([Domain(absent=True)] if domain.absent else [])
