"""Offerings as TMF620 keeps them: what is sold, to whom, at which terms, and the prices that belong to it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from tmfkit.catalog import Catalog
from tmfkit.compile import prices
from tmfkit.compile.bundle import Draft, Settings, Target
from tmfkit.compile.characteristics import Narrowing, default_of
from tmfkit.compile.issues import Issue, issues_at, issues_of, own_issues, own_prices, shared_issues, shared_scope, uses_as_is
from tmfkit.compile.neutral import written
from tmfkit.compile.opaque import as_json
from tmfkit.compile.prices import Priced
from tmfkit.compile.scope import PLACE_TYPE, Scope, offering_term, scope_of, words
from tmfkit.compile.wording import identity, outside, own_words, part_words, period, reference, references, targets, translations
from tmfkit.model.base import External, Validity
from tmfkit.model.characteristics import Characteristic
from tmfkit.model.prices import Price, ProductOfferingPrice
from tmfkit.model.products import Member, ProductOffering, Relation
from tmfkit.tmf.common import BundledGroup, BundledOffering, CharacteristicUse, CharacteristicValue, Further, Ref, Relationship, TimePeriod
from tmfkit.tmf.product_catalog import ProductOffering as OfferingItem

OFFERINGS = (ProductOffering.KIND,)
CATEGORIES = ("Category",)
_SAID_OF_TERMS = frozenset("name description commitment validFor".split())


def offering(entity: ProductOffering, catalog: Catalog, settings: Settings) -> Iterator[Draft]:
    """An offering and the prices that are its own."""
    scope = scope_of(entity, catalog, settings)
    own = own_issues(entity, scope)
    yield _offering(entity, scope, own)
    prices_of = dict(own_prices(entity, catalog))
    by_price = {name: [issue for issue in own if issue.price == name] for name in prices_of}
    relations = _discounts(entity, prices_of, by_price, own, catalog, settings)
    for name, terms in prices_of.items():
        priced = Priced(entity, terms, prices.base_of(entity.id, name), ("prices", name), scope, relations)
        yield from prices.drafts(priced, by_price[name])


def shared_price(entity: ProductOfferingPrice, catalog: Catalog, settings: Settings) -> Iterator[Draft]:
    """A price that several offerings share: published once."""
    scope = shared_scope(entity.key, catalog, settings)
    yield from prices.drafts(Priced(entity, entity, entity.id, (), scope), shared_issues(entity, scope))


def _discounts(
    entity: ProductOffering,
    prices_of: Mapping[str, Price],
    by_price: Mapping[str, list[Issue]],
    own: list[Issue],
    catalog: Catalog,
    settings: Settings,
) -> Mapping[str, tuple[Relationship, ...]]:
    reduced = {
        name: [issue for path in terms.reduces for issue in issues_at(entity, path, own, catalog, settings)]
        for name, terms in prices_of.items()
        if prices.is_discount(terms)
    }
    return prices.relations_between(reduced, by_price, frozenset(issue.id for issue in own)) if reduced else {}


def _offering(entity: ProductOffering, scope: Scope, own: list[Issue]) -> Draft:
    catalog, settings = scope.catalog, scope.settings
    categories = references(catalog, CATEGORIES, entity.categories)
    relationships = tuple(_relationships(entity, catalog, settings))
    members = _merged(_members(entity, catalog))
    groups = tuple(_groups(entity, catalog))
    price_refs = tuple(_price_refs(entity, own, catalog, settings))
    vocabulary = catalog.vocabulary
    noun = OfferingItem(
        **identity(entity, settings),
        is_bundle=entity.is_bundle,
        is_sellable=entity.sellable,
        product_specification=scope.product,
        categories=categories,
        channels=words(entity.channels, vocabulary.channels),
        market_segments=words(entity.segments, vocabulary.segments),
        places=words(entity.places, vocabulary.places, PLACE_TYPE),
        characteristic_uses=tuple(_choices(entity, scope)),
        terms=tuple(offering_term(name, term, settings) for name, term in entity.terms.items()),
        prices=price_refs,
        bundled_offerings=members,
        bundled_groups=groups,
        relationships=relationships,
        further=tuple(_further(entity, settings)),
    )
    needs = (
        *targets("ProductSpecification", [scope.product]),
        *targets("Category", categories),
        *targets("ProductOfferingPrice", price_refs),
        *targets("ProductOffering", [member.ref for member in (*members, *_optional(groups))]),
        *targets("ProductOffering", relationships),
    )
    without_groups = replace(noun, bundled_offerings=_merged((*members, *_optional(groups)))) if groups else None
    return Draft(noun, (), _once(needs), as_json(entity.extra) if entity.extra else {}, without_groups=without_groups)


def _price_refs(entity: ProductOffering, own: list[Issue], catalog: Catalog, settings: Settings) -> Iterator[Ref]:
    for name, price in entity.prices.items():
        if isinstance(price.use, External):
            yield outside(price.use)
        else:
            yield from (issue.ref for issue in issues_of(entity, name, own, catalog, settings))


def _once(needs: tuple[Target, ...]) -> tuple[Target, ...]:
    return tuple(dict.fromkeys(needs))


def _choices(entity: ProductOffering, scope: Scope) -> Iterator[CharacteristicUse]:
    for name, texts in entity.choices.items():
        part = scope.characteristics.get(name)
        made = Narrowing(name, part, None).to(texts) if part is not None else None
        if part is not None and made is not None:
            yield replace(made, description=part.description.default if part.description else "", values=_with_default(made.values, part))


def _with_default(values: tuple[CharacteristicValue, ...], part: Characteristic) -> tuple[CharacteristicValue, ...]:
    """The values that are left, with the default among them; one that is left alone is what everybody gets."""
    if len(values) == 1:
        return (replace(values[0], is_default=True),)
    standard = default_of(part)
    if all(value.value != standard for value in values):
        return values
    return tuple(replace(value, is_default=value.value == standard) for value in values)


def _relationships(entity: ProductOffering, catalog: Catalog, settings: Settings) -> Iterator[Relationship]:
    for type, relations in (("requires", entity.requires), ("excludes", entity.excludes), ("replaces", entity.replaces)):
        for relation in relations:
            yield _relationship(type, relation, catalog, settings)


def _relationship(type: str, relation: Relation, catalog: Catalog, settings: Settings) -> Relationship:
    ref = reference(catalog, OFFERINGS, relation.offering)
    validity = Validity.model_construct(from_=relation.from_, until=relation.until)
    return related(ref, type, valid_for=period(validity, settings.zone))


def related(ref: Ref, type: str, role: str = "", valid_for: TimePeriod | None = None) -> Relationship:
    """A reference that also says what the relation is."""
    return Relationship(
        id=ref.id,
        name=ref.name,
        version=ref.version,
        referred_type=ref.referred_type,
        href=ref.href,
        outside=ref.outside,
        type=type,
        role=role,
        valid_for=valid_for,
    )


def _members(entity: ProductOffering, catalog: Catalog) -> Iterator[BundledOffering]:
    for role, member in entity.bundle.items():
        if not member.of:
            yield BundledOffering(_member_ref(catalog, member.offerings(role)[0]), member.default, member.fewest, member.most)


def _merged(members: Iterable[BundledOffering]) -> tuple[BundledOffering, ...]:
    """Each offering once: where it fills several roles, the numbers of the roles add up."""
    found: dict[str, BundledOffering] = {}
    for one in members:
        before = found.get(one.ref.id)
        found[one.ref.id] = one if before is None else _sum(before, one)
    return tuple(found.values())


def _sum(one: BundledOffering, other: BundledOffering) -> BundledOffering:
    default = None if one.default is None and other.default is None else (one.default or 0) + (other.default or 0)
    return BundledOffering(one.ref, default, (one.lower or 0) + (other.lower or 0), (one.upper or 0) + (other.upper or 0))


def _groups(entity: ProductOffering, catalog: Catalog) -> Iterator[BundledGroup]:
    for role, member in entity.bundle.items():
        if member.of:
            refs = (BundledOffering(_member_ref(catalog, target)) for target in member.of)
            yield BundledGroup(role, tuple(refs), member.fewest, _most(member))


def _most(member: Member) -> int:
    return len(member.of) if member.most is None else member.most


def _member_ref(catalog: Catalog, target: str | External) -> Ref:
    return reference(catalog, OFFERINGS, target)


def _optional(groups: tuple[BundledGroup, ...]) -> Iterator[BundledOffering]:
    """The members of choices as optional members: what is left of a choice where a dialect has none."""
    for group in groups:
        for member in group.members:
            yield BundledOffering(member.ref, None, 0, group.upper)


def _further(entity: ProductOffering, settings: Settings) -> Iterator[Further]:
    zone = settings.zone
    yield from translations((*own_words(entity), *part_words("terms", entity.terms), *part_words("bundle", entity.bundle)))
    terms = {name: found for name, term in entity.terms.items() if (found := written(term, zone, without=_SAID_OF_TERMS))}
    if terms:
        yield Further("terms", terms)
    if entity.bundle:
        roles = {role: written(member, zone) for role, member in entity.bundle.items()}
        if any(roles.values()):
            yield Further("bundle", roles)
    narrowed = {
        name: written(price, zone) for name, price in entity.prices.items() if isinstance(price.use, External) and not uses_as_is(price)
    }
    if narrowed:
        yield Further("prices", narrowed)
    if entity.payment is not None:
        yield Further("payment", entity.payment)
