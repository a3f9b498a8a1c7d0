"""Examples of product records: those that a schema accepts, and those that it refuses, each with the reason in its words."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any, NamedTuple

from tmfkit.api import (
    Form,
    Sample,
    Trait,
    breaking_sample,
    length_of,
    member_ids,
    product_samples,
    sample_agrees,
    sample_values,
    value_beyond,
)

from .lifecycle import ACTIVE, STATUSES
from .product import BUNDLED, Record, charge_fields, charge_words

Product = dict[str, Any]


class Valid(NamedTuple):
    """A record that the schema accepts, and what it is an example of."""

    words: str
    product: Product


class Invalid(NamedTuple):
    """A record that the schema refuses, what is wrong with it, and the message of the schema."""

    words: str
    reason: dict[str, str]
    product: Product


def examples(record: Record) -> tuple[list[Valid], list[Invalid]]:
    """The examples of a record; none where no product of the offering is possible."""
    made = [(sample, _product(record, sample)) for sample in product_samples(record.form, True)]
    if not made:
        return [], []
    valid = [Valid(f"{ACTIVE}, {sample.words}", product) for sample, product in made]
    valid += [Valid(status, _bare(record, status)) for status in ("created", "terminated")]
    wrong = [*_frame(record, made[0][1]), *_values(record, made[0][1]), *_uses(record, made[0][1])]
    return valid, [Invalid(words, dict(reason.texts), product) for words, reason, product in wrong]


def _bare(record: Record, status: str) -> Product:
    offering = record.form.offering
    return {"id": f"{offering.id}-0001", "status": status, "isBundle": offering.is_bundle, "productOffering": {"id": offering.id}}


def _product(record: Record, sample: Sample) -> Product:
    form = record.form
    found = {**_bare(record, ACTIVE), "name": form.title.default}
    if record.specification is not None:
        found["productSpecification"] = {"id": record.specification.id}
    entries = [_entry(form.traits[name], text) for name, texts in sample.values.items() for text in texts]
    entries += [_entry(trait, text) for trait in form.traits.values() if not trait.is_ordered for text in sample_values(trait)[:1]]
    price = [charge_fields(price, record.amount) for price, choices in record.charges if sample_agrees(form, sample, choices)]
    parts = [_part(id, number) for number, id in enumerate(sample.parts, 1)]
    services = [{"id": f"{role}-0001", "name": role} for role in record.services]
    term = [] if sample.term is None else [_term(form, sample.term)]
    lists = (
        ("productCharacteristic", entries),
        ("productTerm", term),
        ("productPrice", price),
        ("realizingService", services),
        ("productRelationship", parts),
    )
    return {**found, **{name: listed for name, listed in lists if listed}}


def _entry(trait: Trait, text: str) -> Product:
    return {"name": trait.name, "valueType": trait.wire_type, "value": trait.value(text)}


def _term(form: Form, name: str) -> Product:
    length = length_of(name, form)
    return {"name": name, **({"duration": {"amount": length[0], "units": length[1]}} if length else {})}


def _part(id: str, number: int) -> Product:
    return {"relationshipType": BUNDLED, "product": {"id": f"{id}-{number:04}", "productOffering": {"id": id}}}


def _with(product: Product, name: str, *entries: Any) -> Product:
    return {**product, name: [*product.get(name, ()), *entries]}


def _frame(record: Record, base: Product) -> Iterator[tuple[str, Any, Product]]:
    form = record.form
    yield "no id", form.say("record-id"), {name: value for name, value in base.items() if name != "id"}
    other = {"id": f"not-{form.offering.id}"}
    reason = form.say("record-offering", id=form.offering.id)
    yield "another offering", reason, {**base, "productOffering": other}
    yield "an unknown status", form.say("status", values=form.speech.listing(STATUSES)), {**base, "status": "running"}
    if record.specification is not None:
        reason = form.say("specification", id=record.specification.id)
        yield "another specification", reason, {**base, "productSpecification": {"id": "another"}}
    stranger = _part("no-such-part", 99)
    ids = member_ids(form)
    reason = form.say("member", members=form.speech.listing((form.titles[id] for id in ids), "and")) if ids else form.say("no-members")
    yield "a part that is none", reason, _with(base, "productRelationship", stranger)


def _values(record: Record, base: Product) -> Iterator[tuple[str, Any, Product]]:
    form = record.form
    entry = {"name": "no such characteristic", "value": "x"}
    if not form.is_open:
        yield "an unknown characteristic", form.unknown(False), _with(base, "productCharacteristic", entry)
    for trait in form.traits.values():
        others = [entry for entry in base["productCharacteristic"] if entry["name"] != trait.name]
        outside = value_beyond(trait)
        if outside is not None:
            reason = form.say("value", name=trait.label, values=trait.words(form.speech))
            kept = [_entry(trait, text) for text in sample_values(trait)[: trait.together - 1]]
            wrong = [*others, *kept, {"name": trait.name, "value": outside}]
            yield f"{trait.name}: a value that is not offered", reason, {**base, "productCharacteristic": wrong}
        if trait.fewest:
            reason = form.say("missing", name=trait.label, values=trait.words(form.speech))
            yield f"{trait.name}: missing in use", reason, {**base, "productCharacteristic": others}
    for rule in form.constraints:
        sample = breaking_sample(form, rule, True)
        if sample is not None:
            yield "a combination that is not possible", rule.message, _product(record, sample)


def _uses(record: Record, base: Product) -> Iterator[tuple[str, Any, Product]]:
    form = record.form
    ids = [price.id for price, _ in record.charges]
    stranger = {"priceType": "recurring", "price": {}, "productOfferingPrice": {"id": "no-such-charge"}}
    reason = form.say("charge", ids=form.speech.listing(ids)) if ids else form.say("no-charges")
    yield "an unknown charge", reason, _with(base, "productPrice", stranger)
    for price, _ in record.charges:
        said = charge_fields(price, record.amount)
        at = [index for index, one in enumerate(base.get("productPrice", ())) if one["productOfferingPrice"]["id"] == price.id]
        if at and price.money is not None and price.percent is None:
            other = deepcopy(said)
            other["price"][record.amount]["value"] += 1
            changed = [other if index == at[0] else one for index, one in enumerate(base["productPrice"])]
            yield f"{price.id}: another amount", charge_words(price, form), {**base, "productPrice": changed}
    roles = list(record.services)
    message = form.say("service", services=form.speech.listing(f"`{role}`" for role in roles)) if roles else form.say("no-services")
    if not form.is_open:
        yield "an unknown service", message, _with(base, "realizingService", {"id": "x-1", "name": "no-such-service"})
    needed = next((role for role, when in record.services.items() if when == ()), None)
    if needed is not None:
        rest = [one for one in base["realizingService"] if one["name"] != needed]
        yield "a service is missing", form.say("service-missing", service=f"`{needed}`"), {**base, "realizingService": rest}
