"""The schema of a TMF622 v4 order item: what is added states all that somebody must choose, what is changed only what changes."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from tmfkit.api import (
    Catalog,
    Entity,
    Form,
    Layout,
    ProductOffering,
    ProductSpecification,
    characteristic_entries,
    form_of,
    having,
    implication,
    member_ids,
    must_state,
    part_exclusions,
    part_numbers,
    ruled,
    schema_messages,
    term_entries,
    term_words,
    there,
    within,
)

ITEM = Layout(
    characteristics=("product", "productCharacteristic"),
    terms="itemTerm",
    parts="productOrderItem",
    part_offering=("productOffering", "id"),
    part_counts={"not": having("action", "delete")},
)
"""Where a TMF622 order item has things; a part that ends does not count."""

THERE = ["modify", "delete", "noChange"]
"""The actions on a product that the customer has already."""


class Forms:
    """The forms of offerings by their ids; the forms of the parts of bundles are asked for again and again."""

    def __init__(self, catalog: Catalog, moment: datetime) -> None:
        self.catalog, self.moment = catalog, moment
        self._known: dict[str, Form | None] = {}

    def get(self, id: str) -> Form | None:
        """The form of an offering; None for what is sold elsewhere."""
        if id not in self._known:
            offering = self.catalog.get(ProductOffering, id)
            self._known[id] = None if offering is None else form_of(offering, self.catalog, self.moment)
        return self._known[id]

    def inside(self, form: Form) -> dict[str, Form]:
        """An offering and all parts of it that are in this catalog, parts of parts too, in the order of their ids."""
        found, ahead = {form.offering.id: form}, [form]
        while ahead:
            for id in member_ids(ahead.pop()):
                part = None if id in found else self.get(id)
                if part is not None:
                    found[id] = part
                    ahead.append(part)
        return dict(sorted(found.items()))


def order_item(form: Form, forms: Forms) -> dict[str, Any]:
    """The schema of the items that order an offering by themselves."""
    alone = [] if form.offering.sellable else [ruled(form.say("not-alone"), {"not": having("action", "add")})]
    definitions = {id: _item(part) for id, part in forms.inside(form).items()}
    return {"allOf": [*alone, {"$ref": f"#/$defs/{form.offering.id}"}, *_levels(form, forms)], "$defs": definitions}


def _levels(form: Form, forms: Forms) -> Iterator[dict[str, Any]]:
    """The parts of a bundle by the forms of their own offerings, then the parts of these, level by level.

    They stand here and not in the definitions, because readers tell the place of an error only in definitions that refer to no other.
    """
    ids = member_ids(form)
    for depth in range(1, len(forms.inside(form)) + 1):
        known = [part for id in ids if (part := forms.get(id)) is not None]
        if not known:
            return
        offering = ("productOffering", "id")
        each = [_form_of(part.offering.id, there(offering, {"const": part.offering.id})) for part in known]
        level: dict[str, Any] = {"allOf": each}
        for _ in range(depth):
            level = _each_part(level)
        yield level
        ids = list(dict.fromkeys(id for part in known for id in member_ids(part)))


def _form_of(id: str, is_it: dict[str, Any]) -> dict[str, Any]:
    """The form of an offering for what is an item of it."""
    return {"if": is_it, "then": {"$ref": f"#/$defs/{id}"}}


def messages_of(schema: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The messages of a schema as it is written, by their places in it."""
    yield from schema_messages(json.loads(schema))


def sources(form: Form, forms: Forms) -> list[Entity]:
    """What a form is made from: the offering and its parts, with the characteristics of their products."""
    return [part.offering for part in forms.inside(form).values()]


def products(form: Form, forms: Forms, catalog: Catalog) -> list[Entity]:
    """The products of the offering and its parts, whose own names and states an order never sees."""
    found = (catalog.get(ProductSpecification, part.offering.product) for part in forms.inside(form).values())
    return [product for product in found if product is not None]


def _item(form: Form) -> dict[str, Any]:
    """An item of an offering, alone or as a part."""
    id = form.offering.id
    rules = [
        ruled(form.say("item-id"), {"properties": {"id": {"type": "string", "minLength": 1}}, "required": ["id"]}),
        ruled(form.say("action"), having("action", ["add", *THERE])),
        ruled(form.say("offering", id=id), there(("productOffering", "id"), {"const": id})),
        *([] if form.is_sold else [ruled(form.say("retired"), {"not": having("action", "add")})]),
        ruled(form.say("quantity"), {"properties": {"quantity": {"type": "integer", "minimum": 1}}}),
        ruled(form.say("product"), {"properties": {"product": {"type": "object"}}}),
        within(ITEM.characteristics, characteristic_entries(form, True)),
        within(("itemTerm",), term_entries(form, form.terms)),
        within(("productOrderItem",), _parts(form)),
        *part_numbers(form, ITEM, False),
        *part_exclusions(form, ITEM),
        _if("add", list(_when_added(form))),
        _if("modify", list(_when_changed(form))),
        _if(THERE, list(_when_there(form))),
        *([_parts_end(form)] if form.roles else []),
    ]
    return {**ruled(form.say("item"), {"type": "object"}), "allOf": [rule for rule in rules if rule]}


def _if(action: str | list[str], rules: list[dict[str, Any]]) -> dict[str, Any]:
    return {"if": having("action", action), "then": {"allOf": rules}} if rules else {}


def _when_added(form: Form) -> Iterator[dict[str, Any]]:
    """What somebody must choose, and what does not go together, defaults included."""
    yield from (must_state(trait, ITEM, form) for trait in form.traits.values() if trait.is_asked)
    if form.terms:
        sold = [name for name in form.terms if name not in form.ended_terms]
        terms = form.speech.listing(term_words(name, form) for name in sold)
        yield ruled(form.say("term-missing", terms=terms), there(("itemTerm",), {"type": "array", "minItems": 1}))
        for name in sorted(form.ended_terms):
            ended = form.say("term-ended", term=form.term_label(name))
            yield ruled(ended, within(("itemTerm",), {"items": {"not": having("name", name)}}))
    yield from (rule for rule in part_numbers(form, ITEM, True) if "required" in rule)
    yield from (implication(rule, form, ITEM, True) for rule in (*form.constraints, *form.not_sold))
    if form.roles:
        yield ruled(form.say("new-parts"), _each_part({"properties": {"action": {"const": "add"}}}))


def _when_changed(form: Form) -> Iterator[dict[str, Any]]:
    """What does not go together among the things that an order changes; how many parts there are is known to the inventory."""
    for rule in (*form.constraints, *form.not_sold):
        if not any(choice.subject in form.roles for choice in (*rule.when, *rule.then)):
            yield implication(rule, form, ITEM, False)


def _when_there(form: Form) -> Iterator[dict[str, Any]]:
    yield ruled(form.say("which"), there(("product", "id"), {"type": "string", "minLength": 1}))
    yield ruled(form.say("one-product"), {"properties": {"quantity": {"const": 1}}})


def _parts_end(form: Form) -> dict[str, Any]:
    return ruled(
        form.say("ended-parts"), {"if": having("action", "delete"), "then": _each_part({"properties": {"action": {"const": "delete"}}})}
    )


def _each_part(schema: dict[str, Any]) -> dict[str, Any]:
    return within(("productOrderItem",), {"items": schema})


def _parts(form: Form) -> dict[str, Any]:
    """The parts of a bundle: which offerings, and one item for each."""
    if not form.roles:
        return ruled(form.say("no-members"), {"type": "array", "maxItems": 0})
    ids = member_ids(form)
    known = form.speech.listing((form.titles[id] for id in ids), "and")
    each: list[Any] = [
        ruled(form.say("member", members=known), there(("productOffering", "id"), {"enum": ids})),
        ruled(form.say("one-part"), {"properties": {"quantity": {"const": 1}}}),
    ]
    return {**ruled(form.say("member", members=known), {"type": "array"}), "items": {"allOf": each}}
