"""Prices as TMF620 keeps them: each a resource of its own, and what no field says in the release's pricing file."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from tmfkit.compile.bundle import Draft, Target
from tmfkit.compile.characteristics import between
from tmfkit.compile.expand import Variant
from tmfkit.compile.issues import Issue
from tmfkit.compile.opaque import as_json
from tmfkit.compile.scope import PLACE_TYPE, Scope, answers, terms_of, uses, words
from tmfkit.compile.untold import untold
from tmfkit.compile.wording import codes, text, wire_id
from tmfkit.model.base import ALWAYS, Entity, Step, instant
from tmfkit.model.prices import Price, PriceTerms, PriceType, ProductOfferingPrice
from tmfkit.model.values import Quantity
from tmfkit.source.document import Path
from tmfkit.tmf import common
from tmfkit.tmf.common import CharacteristicUse, PricingLogic, Relationship, Tax, TimePeriod
from tmfkit.tmf.product_catalog import ProductOfferingPrice as PriceItem

PRICING_FILE = "pricing.json"
PRICING_SPEC = "tmfkit-pricing"
"""The file of the release that holds every price completely, and the name of its format in `plaSpecId`."""

NOUN = "ProductOfferingPrice"


@dataclass(frozen=True, slots=True)
class Priced:
    """A price with all that its single prices have in common."""

    owner: Entity
    terms: Price | ProductOfferingPrice
    base: str
    path: Path
    scope: Scope
    relations: Mapping[str, tuple[Relationship, ...]] = field(default_factory=dict)
    """By the id of the single price."""


def drafts(priced: Priced, issues: Sequence[Issue]) -> Iterator[Draft]:
    """The single prices of one price."""
    unsaid = tuple(untold(priced.terms, priced.path, priced.scope, issues))
    logic = bool(unsaid) or priced.terms.charge_code is not None or priced.terms.code is not None
    extra = as_json(priced.terms.extra) if priced.terms.extra else {}
    product = priced.scope.product
    for issue in issues:
        noun = _price(priced, issue, logic)
        needs = tuple(Target(NOUN, one.id) for one in noun.relationships)
        if product is not None and not product.outside and any(use.product_specification for use in noun.characteristic_uses):
            needs += (Target("ProductSpecification", product.id),)
        yield Draft(noun, (*priced.path, *issue.variant.path), needs, extra, unsaid if issue is issues[0] else ())


def _price(priced: Priced, issue: Issue, logic: bool) -> PriceItem:
    terms, variant, scope, owner = priced.terms, issue.variant, priced.scope, priced.owner
    assert terms.type is not None
    found = answers(scope, terms, variant) if terms.when or variant.picks else {}
    valid = _validity(priced, variant)
    return PriceItem(
        id=issue.id,
        name=issue.name,
        description=text(terms.description),
        version=issue.version,
        lifecycle_status=owner.lifecycle.value,
        last_update=scope.settings.last_update,
        valid_for=valid,
        external_identifiers=codes(code=terms.code, chargeCode=terms.charge_code),
        price_type=terms.type.value,
        recurring_charge_period_type=terms.every.unit if terms.every else "",
        recurring_charge_period_length=terms.every.amount if terms.every else None,
        price=common.Money(variant.part.money.amount, variant.part.money.currency) if variant.part.money else None,
        percentage=variant.part.percent,
        unit_of_measure=_unit(terms, scope),
        taxes=_taxes(terms.tax, valid, scope) if terms.tax else (),
        characteristic_uses=(*uses(scope, found, variant), *_counted(terms, variant, scope)),
        terms=terms_of(scope, found),
        places=words(found.get("place", ()), scope.catalog.vocabulary.places, PLACE_TYPE),
        relationships=priced.relations.get(issue.id, ()),
        pricing_logic=(pricing_logic(issue.id, issue.name, priced.base),) if logic else (),
    )


def pricing_logic(id: str, name: str, base: str) -> PricingLogic:
    """The pointer from a published price to its full text in the pricing file (a JSON pointer, RFC 6901)."""
    return PricingLogic(id=id, name=name, spec_id=PRICING_SPEC, description=f"{PRICING_FILE}#/prices/{base}")


def _validity(priced: Priced, variant: Variant) -> TimePeriod | None:
    """When a single price holds: its period within that of the price."""
    zone = priced.scope.settings.zone
    if variant.validity is ALWAYS and priced.terms.valid_for is None:
        return None
    both = (variant.validity, priced.terms.valid_for or ALWAYS)
    begins = [instant(found.from_, zone) for found in both if found.from_ is not None]
    ends = [instant(found.until, zone) for found in both if found.until is not None]
    return TimePeriod(max(begins, default=None), min(ends, default=None)) if begins or ends else None


def _unit(terms: PriceTerms, scope: Scope) -> common.Quantity | None:
    """What the amount is for: the quantity of an allowance, else the unit in which is counted."""
    measure = terms.quantity or terms.per
    match measure:
        case Quantity():
            return common.Quantity(_short(measure.amount), measure.unit)
        case Decimal():
            return common.Quantity(_short(measure), terms.count or "")
    usage = scope.catalog.vocabulary.usage.get(terms.usage) if terms.usage else None
    return common.Quantity(1, usage.unit) if usage else None


def _short(number: Decimal) -> Decimal | int:
    return int(number) if number == number.to_integral_value() else number


def _taxes(name: str, valid: TimePeriod | None, scope: Scope) -> tuple[Tax, ...]:
    """The tax, with its rate where only one holds while the price does."""
    steps = scope.catalog.vocabulary.taxes.get(name, ())
    rates = {step.is_ for step in steps if valid is None or _meet(step, valid, scope)}
    return (Tax(category=name, rate=rates.pop() if len(rates) == 1 else None),)


def _meet(step: Step[Decimal], valid: TimePeriod, scope: Scope) -> bool:
    zone = scope.settings.zone
    before = valid.start is not None and step.until is not None and instant(step.until, zone) <= valid.start
    after = valid.end is not None and step.from_ is not None and valid.end <= instant(step.from_, zone)
    return not (before or after)


def _counted(terms: PriceTerms, variant: Variant, scope: Scope) -> Iterator[CharacteristicUse]:
    """The numbers that a tier covers, where a characteristic says the number."""
    part = scope.characteristics.get(terms.count) if terms.count is not None and variant.part.tier is not None else None
    if part is None or variant.part.tier is None or terms.count is None:
        return
    low, high = _bare(variant.part.above), _bare(variant.part.tier.up_to)
    if low is not None or high is not None:
        yield between(terms.count, part.unit or "", low, high)


def _bare(bound: Quantity | Decimal | None) -> Decimal | None:
    return bound.amount if isinstance(bound, Quantity) else bound


def relations_between(
    reduced: Mapping[str, Sequence[Issue]], discounts: Mapping[str, Sequence[Issue]], own: frozenset[str]
) -> dict[str, tuple[Relationship, ...]]:
    """How discounts and the prices that they reduce are related, by the id of the price that says it.

    `reduced` holds what each discount reduces. A price of the offering says by what it is discounted; for a price that others sell
    too, the discount says it.
    """
    found: dict[str, list[Relationship]] = defaultdict(list)
    for name, targets in reduced.items():
        for target in targets:
            for discount in discounts[name]:
                if target.id in own:
                    found[target.id].append(_relation(discount, "discountedBy"))
                else:
                    found[discount.id].append(_relation(target, "discounts"))
    return {id: tuple(relations) for id, relations in found.items()}


def _relation(issue: Issue, type: str) -> Relationship:
    return Relationship(id=issue.id, name=issue.name, version=issue.version, type=type)


def is_discount(terms: PriceTerms) -> bool:
    """Whether a price reduces others."""
    return terms.type is PriceType.DISCOUNT


def base_of(offering: str, price: str) -> str:
    """The name of a price in the pricing file."""
    return wire_id(offering, price)
