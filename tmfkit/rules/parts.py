"""The parts of an entity that several rules walk over, each with the path at which it stands."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple, TypeGuard
from weakref import WeakKeyDictionary

from tmfkit.catalog import Catalog
from tmfkit.diagnostics.suggest import did_you_mean
from tmfkit.model.base import Entity, Step
from tmfkit.model.characteristics import Characteristic
from tmfkit.model.conditions import FACTS, Condition
from tmfkit.model.prices import Price, PriceTerms, ProductOfferingPrice
from tmfkit.model.products import ProductOffering, ProductSpecification
from tmfkit.semantics.configuration import Variable, names_of, variable
from tmfkit.semantics.domains import number_of
from tmfkit.semantics.feeds import Use, field_of, is_characterised, is_feeding, uses_of, variable_of
from tmfkit.semantics.pricing import resolved
from tmfkit.source.document import Path


class Asked(NamedTuple):
    """A condition and where it stands; `use` says that it is a shared price's own."""

    path: Path
    condition: Condition
    usage: str | None = None
    use: bool = False


def has_prices(entity: Entity) -> TypeGuard[ProductOffering | ProductOfferingPrice]:
    """Whether an entity states the terms of prices. Asks for the exact class: `isinstance` of a model that it is not is slow."""
    return type(entity) is ProductOffering or type(entity) is ProductOfferingPrice


def terms_of(entity: ProductOffering | ProductOfferingPrice) -> Iterator[tuple[Path, PriceTerms]]:
    """The terms that stand in an offering's prices or in a shared price."""
    if type(entity) is ProductOffering:
        for name, price in entity.prices.items():
            yield ("prices", name), price
    elif type(entity) is ProductOfferingPrice:
        yield (), entity


def priced(offering: ProductOffering, catalog: Catalog, field: str) -> Iterator[tuple[str, Price, Price]]:
    """The prices of an offering that say something in a field: by name, as written and with the terms of the shared price that they use."""
    for name, terms in _resolved(offering, catalog).items():
        if getattr(terms, field):
            yield name, offering.prices[name], terms


_LAST: WeakKeyDictionary[Catalog, tuple[ProductOffering, Mapping[str, Price]]] = WeakKeyDictionary()
"""The offering looked at last: the rules ask about one offering after the other."""


def _resolved(offering: ProductOffering, catalog: Catalog) -> Mapping[str, Price]:
    last = _LAST.get(catalog)
    if last is None or last[0] is not offering:
        found = {name: terms for name, price in offering.prices.items() if (terms := resolved(price, catalog)) is not None}
        last = (offering, found)
        _LAST[catalog] = last
    return last[1]


def shared_of(price: Price, catalog: Catalog) -> ProductOfferingPrice | None:
    """The shared price that a price uses; None for one that is missing, broken or outside the repository."""
    return catalog.get(ProductOfferingPrice, price.use) if price.use is not None else None


def step_path(path: Path, field: str, steps: tuple[Step[Any], ...], index: int) -> Path:
    """Where the value of a dated step stands; a value that is written plainly stands at the field itself."""
    plain = len(steps) == 1 and steps[0].from_ is None and steps[0].until is None and steps[0].applies_to == "all"
    return (*path, field) if plain else (*path, field, index, "is")


def conditions_of(entity: Entity) -> Iterator[Asked]:
    """Every condition that an entity states."""
    if has_prices(entity):
        for path, terms in terms_of(entity):
            if terms.when or terms.unless:
                yield from _pair(path, terms.when, terms.unless, terms.usage)
        return
    if not is_feeding(entity):
        return
    for role, use in uses_of(entity).items():
        if use.when or use.unless:
            yield from _pair((field_of(entity), role), use.when, use.unless)
    for name, constraint in entity.constraints.items():
        yield Asked(("constraints", name, "when"), constraint.when)
        yield Asked(("constraints", name, "then"), constraint.then)


def asked_in_offering(offering: ProductOffering, catalog: Catalog) -> Iterator[Asked]:
    """The conditions that hold in an offering: its own, and those of the shared prices that it uses (which stand at `use`)."""
    for name, price in offering.prices.items():
        shared = shared_of(price, catalog)
        if price.when or price.unless:
            usage = price.usage or (shared.usage if shared is not None else None)
            yield from _pair(("prices", name), price.when, price.unless, usage)
        terms = resolved(price, catalog) if shared is not None and shared.when else None
        if terms is not None:
            brought = (clause for clause in terms.when.clauses if clause[0] not in price.when.subjects or not clause[1])
            yield Asked(("prices", name, "use"), Condition(tuple(brought)), terms.usage, use=True)


def knows_its_product(offering: ProductOffering, catalog: Catalog) -> bool:
    """Whether the characteristics of what is sold are known here; those of a product elsewhere are not."""
    return offering.is_bundle or catalog.get(ProductSpecification, offering.product) is not None


def subject_of(name: str, entity: Entity, catalog: Catalog, usage: str | None = None) -> Variable | None:
    """What a condition of an entity asks about by this name."""
    if isinstance(entity, ProductOffering):
        return variable(name, entity, catalog, usage)
    found = characteristics(entity).get(name)
    return None if found is None else variable_of(name, found)


def subjects_of(entity: Entity, catalog: Catalog, usage: str | None = None) -> tuple[str, ...]:
    """Everything that a condition of an entity may ask about."""
    if isinstance(entity, ProductOffering):
        return names_of(entity, catalog, usage)
    return (*characteristics(entity), *uses_of(entity), *FACTS)


def characteristics(entity: Entity) -> Mapping[str, Characteristic]:
    """The characteristics that an entity declares; none for an offering, which only narrows those of its product."""
    return entity.characteristics if is_characterised(entity) else {}


def suggestion(text: str, known: Iterable[str]) -> str:
    """The value that was most likely meant; of numbers, a near one is no better than another."""
    return "" if number_of(text) is not None else did_you_mean(text, known)


def uses(entity: Entity) -> Iterator[tuple[Path, str, Use]]:
    """The roles of a specification with their places."""
    for role, use in uses_of(entity).items():
        yield (field_of(entity), role), role, use


def _pair(path: Path, when: Condition, unless: Condition, usage: str | None = None) -> Iterator[Asked]:
    if when:
        yield Asked((*path, "when"), when, usage)
    if unless:
        yield Asked((*path, "unless"), unless, usage)
