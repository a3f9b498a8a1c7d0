"""Examples of order items: those that a form accepts, and those that it refuses, each with the reason in the words of the form."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from tmfkit.api import (
    Form,
    Rule,
    Sample,
    Trait,
    breaking_sample,
    fullest_sample,
    length_of,
    member_ids,
    plainest_sample,
    product_samples,
    sample_values,
    term_words,
    value_beyond,
)

from .item import Forms

Item = dict[str, Any]

MOST_PARTS = 20
"""An example of too many parts is given up to this many of them."""


class Valid(NamedTuple):
    """An item that the form accepts, and what it is an example of."""

    words: str
    item: Item


class Invalid(NamedTuple):
    """An item that the form refuses, what is wrong with it, and the message of the form."""

    words: str
    reason: dict[str, str]
    item: Item


Wrong = tuple[str, Any, Item]
"""What is wrong, the message as a text in several languages, and the item."""


def examples(form: Form, forms: Forms) -> tuple[list[Valid], list[Invalid]]:
    """The examples of a form; none where no product of the offering is possible."""
    plain, full = plainest_sample(form), fullest_sample(form)
    if plain is None or full is None:
        return [], []
    add = form.is_sold and form.offering.sellable
    action = "add" if add else "modify"
    valid = [
        Valid(f"{action}, {sample.words}", item)
        for sample in product_samples(form)
        if (item := _item(form, forms, sample, action)) is not None
    ]
    valid += [Valid("modify, nothing but what is meant", _there(form, "modify")), Valid("delete", _there(form, "delete"))]
    base = _item(form, forms, plain, action)
    whole = _item(form, forms, full, action)
    if base is None or whole is None:
        return [], []
    wrong = [*_frame(form, base), *_characteristics(form, base, whole), *_combinations(form, forms, action), *_terms(form, base)]
    wrong += _parts(form, forms, base) if form.roles else _no_parts(form, base)
    if not add:
        wrong.append(_refused(form, base))
    return valid, [Invalid(words, dict(reason.texts), item) for words, reason, item in wrong]


def _item(form: Form, forms: Forms, sample: Sample, action: str, number: str = "1") -> Item | None:
    """An item of an offering with its parts; None where one of these has no example."""
    parts = [_part(form, forms, id, f"{number}.{index}") for index, id in enumerate(sample.parts, 1)]
    if None in parts:
        return None
    entries = [_entry(form.traits[name], text) for name, texts in sample.values.items() for text in texts]
    product = {**({"id": f"{form.offering.id}-0001"} if action != "add" else {}), "productCharacteristic": entries}
    found: Item = {"id": number, "action": action, "productOffering": {"id": form.offering.id}}
    if entries or action != "add":
        found["product"] = product if entries else {"id": product["id"]}
    if sample.term is not None:
        found["itemTerm"] = [_term(form, sample.term)]
    if parts:
        found["productOrderItem"] = parts
    return found


def _part(form: Form, forms: Forms, id: str, number: str) -> Item | None:
    part = forms.get(id)
    if part is None:
        return {"id": number, "action": "add", "productOffering": {"id": id}}
    sample = plainest_sample(part)
    return None if sample is None or not part.is_sold else _item(part, forms, sample, "add", number)


def _there(form: Form, action: str) -> Item:
    product = {"id": f"{form.offering.id}-0001"}
    return {"id": "1", "action": action, "productOffering": {"id": form.offering.id}, "product": product}


def _entry(trait: Trait, text: str) -> Item:
    return {"name": trait.name, "valueType": trait.wire_type, "value": trait.value(text)}


def _term(form: Form, name: str) -> Item:
    length = length_of(name, form)
    return {"name": name, **({"duration": {"amount": length[0], "units": length[1]}} if length else {})}


def _without(item: Item, name: str) -> Item:
    return {key: value for key, value in item.items() if key != name}


def _stating(item: Item, *entries: Item, instead: str = "") -> Item:
    """An item that states these characteristics, in place of those of one name."""
    product = item.get("product", {})
    kept = [entry for entry in product.get("productCharacteristic", ()) if entry["name"] != instead]
    return {**item, "product": {**product, "productCharacteristic": [*kept, *entries]}}


def _frame(form: Form, base: Item) -> Iterator[Wrong]:
    yield "no id", form.say("item-id"), _without(base, "id")
    yield "an unknown action", form.say("action"), {**base, "action": "order"}
    other = {"id": f"not-{form.offering.id}"}
    yield "another offering", form.say("offering", id=form.offering.id), {**base, "productOffering": other}
    yield "a quantity of nothing", form.say("quantity"), {**base, "quantity": 0}
    for action in ("modify", "delete"):
        yield f"{action} without a product", form.say("which"), _without(_there(form, action), "product")


def _characteristics(form: Form, base: Item, whole: Item) -> Iterator[Wrong]:
    if not form.is_open:
        yield "an unknown characteristic", form.unknown(True), _stating(base, {"name": "no such characteristic", "value": "x"})
    for trait in form.traits.values():
        if not trait.is_ordered:
            entry = {"name": trait.name, "value": "x"}
            yield f"{trait.name}: set by the network", form.say("network", name=trait.label), _stating(base, entry)
            continue
        yield from _values(trait, form, base, whole)
        if trait.is_asked and base["action"] == "add":
            reason = form.say("missing", name=trait.label, values=trait.words(form.speech))
            yield f"{trait.name}: missing", reason, _stating(whole, instead=trait.name)


def _values(trait: Trait, form: Form, base: Item, whole: Item) -> Iterator[Wrong]:
    outside, known = value_beyond(trait), sample_values(trait)
    if outside is not None:
        reason = form.say("value", name=trait.label, values=trait.words(form.speech))
        entries = [_entry(trait, text) for text in known[: trait.together - 1]]
        entries.append({"name": trait.name, "valueType": trait.wire_type, "value": outside})
        yield f"{trait.name}: a value that is not offered", reason, _stating(whole, *entries, instead=trait.name)
    if len(known) >= trait.together > 1:
        entries = [_entry(trait, text) for text in known[: trait.together - 1]]
        reason = form.say("too-few", name=trait.label, number=trait.together)
        yield f"{trait.name}: too few values", reason, _stating(base, *entries, instead=trait.name)
    most = trait.most
    if most is not None and len(known) > most:
        reason = form.say("once", name=trait.label) if most == 1 else form.say("too-many", name=trait.label, number=most)
        entries = [_entry(trait, text) for text in known[: most + 1]]
        yield f"{trait.name}: too many values", reason, _stating(base, *entries, instead=trait.name)


def _combinations(form: Form, forms: Forms, action: str) -> Iterator[Wrong]:
    for rule in (*form.constraints, *form.not_sold):
        if action != "add" and _is_about_parts(rule, form):
            continue
        sample = breaking_sample(form, rule, action != "add")
        item = _item(form, forms, sample, action) if sample is not None else None
        if item is not None:
            yield "a combination that is not possible", rule.message, item


def _is_about_parts(rule: Rule, form: Form) -> bool:
    return any(choice.subject in form.roles for choice in (*rule.when, *rule.then))


def _terms(form: Form, base: Item) -> Iterator[Wrong]:
    none = [{"name": "no-such-term"}]
    if not form.terms:
        yield "a term where there is none", form.say("no-terms"), {**base, "itemTerm": none}
        return
    listed = form.speech.listing(term_words(name, form) for name in form.terms)
    yield "an unknown term", form.say("term-unknown", terms=listed), {**base, "itemTerm": none}
    sold = [name for name in form.terms if name not in form.ended_terms]
    if base["action"] == "add" and sold:
        missing = form.say("term-missing", terms=form.speech.listing(term_words(name, form) for name in sold))
        yield "no term", missing, _without(base, "itemTerm")
        for name in sorted(form.ended_terms):
            ended = form.say("term-ended", term=form.term_label(name))
            yield f"term {name}: ended", ended, {**base, "itemTerm": [_term(form, name)]}
    for name in form.terms:
        length = length_of(name, form)
        if length is not None and name not in form.ended_terms:
            reason = form.say("duration", term=form.term_label(name), duration=form.speech.duration(*length))
            wrong = {"name": name, "duration": {"amount": length[0] + 1, "units": length[1]}}
            yield f"term {name}: another duration", reason, {**base, "itemTerm": [wrong]}


def _no_parts(form: Form, base: Item) -> Iterator[Wrong]:
    part = {"id": "1.1", "action": "add", "productOffering": {"id": form.offering.id}}
    yield "a part of what is no bundle", form.say("no-members"), {**base, "productOrderItem": [part]}


def _parts(form: Form, forms: Forms, base: Item) -> Iterator[Wrong]:
    known = form.speech.listing((form.titles[id] for id in member_ids(form)), "and")
    stranger = {"id": "1.99", "action": "add", "productOffering": {"id": "no-such-part"}}
    yield "a part that is none", form.say("member", members=known), _with_parts(base, [*_parts_of(base), stranger])
    if base["action"] != "add":
        return
    for role in form.roles.values():
        yield from _numbers(form, forms, base, role.name)
    for part in _parts_of(base)[:1]:
        yield "one item for two parts", form.say("one-part"), _with_parts(base, [{**part, "quantity": 2}, *_parts_of(base)[1:]])
        gone = {"id": "1.98", "action": "delete", **_there_as(part)}
        yield "a new bundle that ends a part", form.say("new-parts"), _with_parts(base, [*_parts_of(base), gone])
    for one, other, reason in form.excludes:
        pair = [found for number, id in enumerate((one, other), 90) if (found := _part(form, forms, id, f"1.{number}")) is not None]
        kept = [part for part in _parts_of(base) if part["productOffering"]["id"] not in (one, other)]
        if len(pair) == 2:
            yield "parts that exclude each other", reason, _with_parts(base, [*kept, *pair])


def _there_as(part: Item) -> Item:
    id = part["productOffering"]["id"]
    return {"productOffering": {"id": id}, "product": {"id": f"{id}-0001"}}


def _numbers(form: Form, forms: Forms, base: Item, name: str) -> Iterator[Wrong]:
    """Too few and too many parts of a role, unless they could fill another one too."""
    role, parts = form.roles[name], _parts_of(base)
    if any(set(role.offerings) & set(other.offerings) for other in form.roles.values() if other is not role):
        return
    own = [part for part in parts if part["productOffering"]["id"] in role.offerings]
    others = [part for part in parts if part not in own]
    titles = form.speech.listing(form.titles[id] for id in role.offerings)
    if role.fewest:
        reason = form.say("fewest", number=role.fewest, role=role.label, members=titles)
        yield f"{name}: too few", reason, _with_parts(base, [*others, *own[: role.fewest - 1]])
    if role.most is not None and role.most < MOST_PARTS:
        more = [_part(form, forms, role.offerings[0], f"1.{100 + number}") for number in range(role.most + 1)]
        reason = form.say("most", number=role.most, role=role.label, members=titles)
        if None not in more:
            yield f"{name}: too many", reason, _with_parts(base, [*others, *(part for part in more if part is not None)])


def _parts_of(item: Item) -> list[Item]:
    return list(item.get("productOrderItem", ()))


def _with_parts(item: Item, parts: list[Item]) -> Item:
    return {**item, "productOrderItem": parts}


def _refused(form: Form, base: Item) -> Wrong:
    """What can be had, and not ordered by itself."""
    phrase = "retired" if form.offering.sellable else "not-alone"
    return "add", form.say(phrase), {**base, "action": "add"}
