"""The parts of an entity that several rules walk over, each with the path at which it stands."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from tmfkit.catalog import Catalog
from tmfkit.model.base import Entity, Step
from tmfkit.model.characteristics import Characteristic
from tmfkit.model.conditions import FACTS, Condition
from tmfkit.model.prices import Price, PriceTerms, ProductOfferingPrice
from tmfkit.model.products import ProductOffering, ProductSpecification
from tmfkit.model.services import ServiceSpecification
from tmfkit.semantics.configuration import Variable, names_of, variable
from tmfkit.semantics.feeds import Characterised, Use, field_of, uses_of, variable_of
from tmfkit.semantics.pricing import resolved
from tmfkit.source.document import Path


class Asked(NamedTuple):
    """A condition and where it stands; `use` says that it is a shared price's own."""

    path: Path
    condition: Condition
    usage: str | None = None
    use: bool = False


def terms_of(entity: ProductOffering | ProductOfferingPrice) -> Iterator[tuple[Path, PriceTerms]]:
    """The terms that stand in an offering's prices or in a shared price."""
    if isinstance(entity, ProductOfferingPrice):
        yield (), entity
        return
    for name, price in entity.prices.items():
        yield ("prices", name), price


def priced(offering: ProductOffering, catalog: Catalog) -> Iterator[tuple[str, Price, Price]]:
    """The prices of an offering by name, as written and with the terms of the shared price that they use."""
    for name, price in offering.prices.items():
        terms = resolved(price, catalog)
        if terms is not None:
            yield name, price, terms


def step_path(path: Path, field: str, steps: tuple[Step[Any], ...], index: int) -> Path:
    """Where the value of a dated step stands; a value that is written plainly stands at the field itself."""
    plain = len(steps) == 1 and steps[0].from_ is None and steps[0].until is None and steps[0].applies_to == "all"
    return (*path, field) if plain else (*path, field, index, "is")


def conditions_of(entity: Entity) -> Iterator[Asked]:
    """Every condition that an entity states."""
    if isinstance(entity, ProductOffering | ProductOfferingPrice):
        for path, terms in terms_of(entity):
            yield from _pair(path, terms.when, terms.unless, terms.usage)
        return
    for role, use in uses_of(entity).items():
        yield from _pair((field_of(entity), role), use.when, use.unless)
    if isinstance(entity, ProductSpecification | ServiceSpecification):
        for name, constraint in entity.constraints.items():
            yield Asked(("constraints", name, "when"), constraint.when)
            yield Asked(("constraints", name, "then"), constraint.then)


def asked_in_offering(offering: ProductOffering, catalog: Catalog) -> Iterator[Asked]:
    """The conditions that hold in an offering: its own, and those of the shared prices that it uses (which stand at `use`)."""
    for name, price in offering.prices.items():
        terms = resolved(price, catalog) if price.use is not None else price
        if terms is None:
            continue
        yield from _pair(("prices", name), price.when, price.unless, terms.usage)
        if price.use is not None and terms.when and terms.when != price.when:
            yield Asked(("prices", name, "use"), terms.when, terms.usage, use=True)


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


def characteristics(entity: Entity) -> dict[str, Characteristic]:
    """The characteristics that an entity declares; none for an offering, which only narrows those of its product."""
    return dict(entity.characteristics) if isinstance(entity, Characterised) else {}


def uses(entity: Entity) -> Iterator[tuple[Path, str, Use]]:
    """The roles of a specification with their places."""
    for role, use in uses_of(entity).items():
        yield (field_of(entity), role), role, use


def _pair(path: Path, when: Condition, unless: Condition, usage: str | None = None) -> Iterator[Asked]:
    if when:
        yield Asked((*path, "when"), when, usage)
    if unless:
        yield Asked((*path, "unless"), unless, usage)
