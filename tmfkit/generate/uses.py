"""Which features of the language an entity uses, and where: what a system must be able to take when it gets this entity."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from tmfkit.catalog import Catalog
from tmfkit.generate.capabilities import Feature
from tmfkit.model.base import ALWAYS, Entity, Step
from tmfkit.model.characteristics import Characteristic
from tmfkit.model.prices import Price, PriceType
from tmfkit.model.products import Member, ProductOffering, ProductSpecification
from tmfkit.model.services import CustomerFacingServiceSpecification, ResourceFacingServiceSpecification
from tmfkit.semantics.configuration import characteristics_of
from tmfkit.semantics.pricing import resolved
from tmfkit.source.document import Path


class Use(NamedTuple):
    """A feature, where the entity says it, and whether nothing can be ordered or charged without it."""

    feature: Feature
    path: Path
    essential: bool = False


CHARGE = {
    PriceType.RECURRING: Feature.RECURRING,
    PriceType.ONE_TIME: Feature.ONE_TIME,
    PriceType.USAGE: Feature.USAGE,
    PriceType.DISCOUNT: Feature.DISCOUNT,
    PriceType.ALLOWANCE: Feature.ALLOWANCE,
    PriceType.PENALTY: Feature.PENALTY,
    PriceType.DEPOSIT: Feature.DEPOSIT,
}
"""The feature that each type of price is."""


def uses(entity: Entity, catalog: Catalog) -> Iterator[Use]:
    """All features that an entity uses, in the order of the language."""
    yield from _own(entity)
    match entity:
        case ProductOffering():
            yield from _of_offering(entity, catalog)
        case ProductSpecification():
            yield from (Use(Feature.SERVICE, ("services", role)) for role in entity.services)
        case CustomerFacingServiceSpecification() | ResourceFacingServiceSpecification():
            yield from _characteristics(entity.characteristics)
            yield from (Use(Feature.CONSTRAINT, ("constraints", name)) for name in entity.constraints)
            if isinstance(entity, CustomerFacingServiceSpecification):
                yield from (Use(Feature.SERVICE, ("services", role)) for role in entity.services)
            else:
                yield from (Use(Feature.RESOURCE, ("resources", role)) for role in entity.resources)
                if entity.descriptor is not None:
                    yield Use(Feature.DESCRIPTOR, ("descriptor",))
        case _:
            return


def _own(entity: Entity) -> Iterator[Use]:
    if entity.name is not None:
        yield Use(Feature.NAME, ("name",))
        if len(entity.name.texts) > 1:
            yield Use(Feature.TRANSLATION, ("name",))
    if entity.description is not None:
        yield Use(Feature.DESCRIPTION, ("description",))
    if entity.code is not None:
        yield Use(Feature.CODE, ("code",))
    yield Use(Feature.LIFECYCLE, ("lifecycle",))
    if entity.valid_for != ALWAYS:
        yield Use(Feature.VALIDITY, ("validFor",))


def _of_offering(offering: ProductOffering, catalog: Catalog) -> Iterator[Use]:
    lists = (
        ("categories", Feature.CATEGORY),
        ("channels", Feature.CHANNEL),
        ("segments", Feature.SEGMENT),
        ("places", Feature.PLACE),
        ("requires", Feature.REQUIRES),
        ("excludes", Feature.EXCLUDES),
        ("replaces", Feature.REPLACES),
    )
    yield from (Use(feature, (field,)) for field, feature in lists if getattr(offering, field))
    if offering.payment is not None:
        yield Use(Feature.PAYMENT, ("payment",))
    for name, term in offering.terms.items():
        yield Use(Feature.TERM, ("terms", name))
        if term.renews is not None:
            yield Use(Feature.RENEWAL, ("terms", name, "renews"))
    for role, member in offering.bundle.items():
        yield from _of_member(role, member)
    yield from _characteristics(characteristics_of(offering, catalog), chosen=frozenset(offering.choices))
    specification = catalog.get(ProductSpecification, offering.product)
    yield from (Use(Feature.CONSTRAINT, ("constraints", name)) for name in (specification.constraints if specification else ()))
    for name, price in offering.prices.items():
        terms = resolved(price, catalog)
        if terms is not None:
            yield from _of_price(name, terms, catalog)


def _of_member(role: str, member: Member) -> Iterator[Use]:
    yield Use(Feature.MEMBER, ("bundle", role))
    if (member.fewest, member.most) != (1, 1):
        yield Use(Feature.CARDINALITY, ("bundle", role))
    if member.of:
        yield Use(Feature.GROUP, ("bundle", role, "of"))
    if member.included:
        yield Use(Feature.INCLUDED, ("bundle", role, "included"))


def _characteristics(found: Mapping[str, Characteristic], chosen: frozenset[str] = frozenset()) -> Iterator[Use]:
    """Essential are those that somebody must fill; what an offering narrows is said there, the rest in its specification."""
    for name, characteristic in found.items():
        essential = not characteristic.optional and characteristic.set_by == "customer" and characteristic.default is None
        yield Use(Feature.CHARACTERISTIC, ("choices", name) if name in chosen else ("characteristics", name), essential)


def _of_price(name: str, price: Price, catalog: Catalog) -> Iterator[Use]:
    path: Path = ("prices", name)
    if price.type is None:
        return
    yield Use(CHARGE[price.type], path, essential=True)
    metered = catalog.vocabulary.usage.get(price.usage or "")
    dimensions = frozenset(metered.dimensions if metered else ())
    steps: Sequence[Step[Any]] = (*price.amount, *price.percent, *price.table, *price.tiers)
    says = (
        (Feature.PRICE_TABLE, "table", bool(price.table)),
        (Feature.TIERS, "tiers", bool(price.tiers)),
        (Feature.VOLUME, "tierMode", bool(price.tiers) and price.tier_mode == "volume"),
        (Feature.COUNT, "count", price.count is not None),
        (Feature.METERING, "increment", any(found is not None for found in (price.first, price.increment, price.minimum))),
        (Feature.DIMENSION, "by" if price.by else "when", not dimensions.isdisjoint((*price.by, *price.when.subjects))),
        (Feature.CONDITION, "when", bool(price.when or price.unless)),
        (Feature.LIMITED, "for", price.for_ is not None or price.after is not None),
        (Feature.IN_ARREARS, "charged", price.type is PriceType.RECURRING and price.charged == "inArrears"),
        (Feature.DATED, "", len(steps) > 1),
        (Feature.COHORT, "", any(step.applies_to != "all" for step in steps)),
        (Feature.TAX, "tax", price.tax is not None),
        (Feature.GL_ACCOUNT, "glAccount", price.gl_account is not None),
        (Feature.CHARGE_CODE, "chargeCode", price.charge_code is not None),
        (Feature.ROLLOVER, "rollover", price.rollover is not None),
        (Feature.SHARED, "shared", bool(price.shared)),
    )
    for feature, key, said in says:
        if said:
            yield Use(feature, (*path, key) if key else path)
