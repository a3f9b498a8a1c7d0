"""The schema of a TMF637 v4 product: what a record of an offering says, and all that it says of a product in use."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tmfkit.api import (
    Catalog,
    Choice,
    Form,
    Layout,
    LocalizedText,
    ProductSpecification,
    SinglePrice,
    characteristic_entries,
    choice_words,
    choices_of,
    conditional,
    granted,
    having,
    implication,
    json_number,
    member_ids,
    must_state,
    part_exclusions,
    part_numbers,
    ruled,
    term_entries,
    term_words,
    there,
    within,
)

from .lifecycle import IN_USE, STATUSES

BUNDLED = "bundled"
"""The relationship of a bundle to its parts, as TMF637 calls it."""

PRODUCT = Layout(
    characteristics=("productCharacteristic",),
    terms="productTerm",
    parts="productRelationship",
    part_offering=("product", "productOffering", "id"),
    part_counts=having("relationshipType", BUNDLED),
)
"""Where a TMF637 product has things."""


@dataclass(frozen=True)
class Record:
    """All that the record of an offering is made of: `charges` with what each asks of the product, `amount` the field of their amounts."""

    form: Form
    specification: ProductSpecification | None
    charges: tuple[tuple[SinglePrice, tuple[Choice, ...]], ...]
    amount: str
    catalog: Catalog

    @property
    def services(self) -> dict[str, tuple[Choice, ...] | None]:
        """The services that realise the product by their roles, and when they are needed; None where a record does not say that."""
        found: dict[str, tuple[Choice, ...] | None] = {}
        for role, use in self.specification.services.items() if self.specification else ():
            sure = use.count is None and not use.unless
            found[role] = choices_of(use.when, self.form, self.catalog) if sure else None
        return found


def product(record: Record) -> dict[str, Any]:
    """The schema of the records of an offering."""
    form = record.form
    offering = form.offering
    statuses, complete = [*STATUSES, "aborted "], list(_in_use(record))
    rules = [
        ruled(form.say("record-id"), {"properties": {"id": {"type": "string", "minLength": 1}}, "required": ["id"]}),
        ruled(form.say("record-offering", id=offering.id), there(("productOffering", "id"), {"const": offering.id})),
        ruled(form.say("status", values=form.speech.listing(STATUSES)), having("status", statuses)),
        ruled(form.say("bundle", value=str(offering.is_bundle).lower()), {"properties": {"isBundle": {"const": offering.is_bundle}}}),
        _specification(record),
        within(PRODUCT.characteristics, characteristic_entries(form, False)),
        within((PRODUCT.terms,), term_entries(form, form.terms)),
        within((PRODUCT.parts,), _parts(form)),
        within(("productPrice",), _charges(record)),
        within(("realizingService",), _services(record)),
        *part_numbers(form, PRODUCT, False),
        *part_exclusions(form, PRODUCT),
        *([{"if": having("status", list(IN_USE)), "then": {"allOf": complete}}] if complete else []),
    ]
    return {**ruled(form.say("record"), {"type": "object"}), "allOf": [rule for rule in rules if rule]}


def _specification(record: Record) -> dict[str, Any]:
    if record.specification is None:
        return {}
    id = record.specification.id
    return ruled(record.form.say("specification", id=id), within(("productSpecification", "id"), {"const": id}))


def _parts(form: Form) -> dict[str, Any]:
    """Which products are parts of this one; other relationships are free."""
    ids = member_ids(form)
    known = form.speech.listing((form.titles[id] for id in ids), "and")
    part = there(("product", "productOffering", "id"), {"enum": ids}) if ids else {"not": {}}
    message = form.say("member", members=known) if ids else form.say("no-members")
    return {"items": ruled(message, {"if": having("relationshipType", BUNDLED), "then": part})}


def _charges(record: Record) -> dict[str, Any]:
    form = record.form
    ids = [price.id for price, _ in record.charges]
    if not ids:
        return ruled(form.say("no-charges"), {"type": "array", "maxItems": 0})
    known = ruled(form.say("charge", ids=form.speech.listing(ids)), there(("productOfferingPrice", "id"), {"enum": ids}))
    return {"type": "array", "items": {"allOf": [known, *(_charge(price, record) for price, _ in record.charges)]}}


def _charge(price: SinglePrice, record: Record) -> dict[str, Any]:
    said = charge_fields(price, record.amount)
    fields = {name: {"const": value} for name, value in said.items() if name not in ("price", "productOfferingPrice")}
    fields["price"] = {"properties": {name: {"const": value} for name, value in said["price"].items()}, "required": [*said["price"]]}
    needed = ["priceType", "price", *(["recurringChargePeriod"] if price.terms.every is not None else [])]
    return ruled(
        charge_words(price, record.form),
        {"if": there(("productOfferingPrice", "id"), {"const": price.id}), "then": {"properties": fields, "required": needed}},
    )


def charge_fields(price: SinglePrice, amount: str) -> dict[str, Any]:
    """A charge as a record states it: the single price by its id in the catalog APIs, and what it comes to."""
    said: dict[str, Any] = {"priceType": str(price.type)}
    if price.terms.every is not None:
        said["recurringChargePeriod"] = str(price.terms.every)
    if price.terms.per is not None:
        said["unitOfMeasure"] = str(price.terms.per)
    money: dict[str, Any] = {}
    if price.percent is not None:
        money["percentage"] = json_number(price.percent)
    elif price.money is not None:
        money[amount] = {"unit": price.money.currency, "value": json_number(price.money.amount)}
    return {**said, "price": money, "productOfferingPrice": {"id": price.id}}


def charge_words(price: SinglePrice, form: Form) -> LocalizedText:
    """What a charge comes to, for people."""
    amount: Any = form.say("no-amount")
    if price.percent is not None:
        amount = f"{json_number(price.percent)} %"
    elif price.money is not None:
        amount = str(price.money)
    every = form.say("every", period=form.speech.duration(price.terms.every.amount, price.terms.every.unit)) if price.terms.every else ""
    return form.say("charge-says", charge=f"`{price.id}`", type=str(price.type), every=every, amount=amount)


def _services(record: Record) -> dict[str, Any]:
    form, roles = record.form, list(record.services)
    if form.is_open:
        return {}
    if not roles:
        return ruled(form.say("no-services"), {"type": "array", "maxItems": 0})
    message = form.say("service", services=form.speech.listing(f"`{role}`" for role in roles))
    return {"type": "array", "items": ruled(message, {"type": "object", **having("name", roles)})}


def _in_use(record: Record) -> Iterator[dict[str, Any]]:
    """What the record of a product that somebody has says besides."""
    form = record.form
    yield from (must_state(trait, PRODUCT, form) for trait in form.traits.values() if trait.fewest > 0)
    if form.terms:
        terms = form.speech.listing(term_words(name, form) for name in form.terms)
        yield ruled(form.say("term-missing", terms=terms), there((PRODUCT.terms,), {"type": "array", "minItems": 1}))
    if record.specification is not None:
        id = record.specification.id
        yield ruled(form.say("specification", id=id), {"required": ["productSpecification"]})
    yield from (rule for rule in part_numbers(form, PRODUCT, True) if "required" in rule)
    yield from (implication(rule, form, PRODUCT, True) for rule in form.constraints)
    for role, when in record.services.items():
        if when is not None:
            realised = there(("realizingService",), {"contains": having("name", role)})
            rule = {"if": conditional(when, form, PRODUCT), "then": realised} if when else realised
            yield ruled(form.say("service-missing", service=f"`{role}`"), rule)
    for price, choices in record.charges:
        if choices:
            charged = there(("productPrice",), {"contains": there(("productOfferingPrice", "id"), {"const": price.id})})
            message = form.say("charge-when", charge=f"`{price.id}`", what=choice_words(choices, form))
            yield ruled(message, {"if": charged, "then": granted(choices, form, PRODUCT)})
