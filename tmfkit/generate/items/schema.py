"""JSON Schema of a product in an order or an inventory: one rule for each thing that can be wrong, each with its own words."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from tmfkit.generate.items.form import Choice, Form, Role, Rule
from tmfkit.generate.items.values import Schema, Trait
from tmfkit.model.conditions import band
from tmfkit.model.values import LocalizedText

MESSAGE = "x-message"
"""The keyword under which a schema says in words what is wrong where it fails: a text for each language."""

MOST_SHARED = 4
"""Up to how many roles that one offering may fill are looked at in all combinations."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a document has the characteristics, the terms and the parts, each below the document itself.

    `part_offering` leads from a part to the id of its offering; `part_counts` is what makes a part count besides.
    """

    characteristics: tuple[str, ...]
    terms: str
    parts: str
    part_offering: tuple[str, ...]
    part_counts: Schema


def ruled(message: LocalizedText, schema: Schema) -> Schema:
    """A schema with what it says where it fails."""
    return {MESSAGE: dict(message.texts), **schema}


def within(path: Sequence[str], schema: Schema) -> Schema:
    """A schema for what lies at a path, if anything does."""
    for name in reversed(path):
        schema = {"properties": {name: schema}}
    return schema


def there(path: Sequence[str], schema: Schema) -> Schema:
    """A schema for what lies at a path and has to be there."""
    for name in reversed(path):
        schema = {"properties": {name: schema}, "required": [name]}
    return schema


def having(name: str, value: Any) -> Schema:
    """An object in which a member has one value, or one of several."""
    return {"properties": {name: {"enum": value} if isinstance(value, list) else {"const": value}}, "required": [name]}


def unless_met(*schemas: Schema) -> Schema:
    """A schema that fails where all of these hold."""
    return {"not": _all(schemas)}


def characteristic_entries(form: Form, ordered: bool) -> Schema:
    """The list of characteristics: what may stand in it, each with its values. In an order nothing stands that only the network sets."""
    known = [trait for trait in form.traits.values() if trait.is_ordered or not ordered]
    name: Schema = {"enum": list(form.traits)} if form.traits else {"not": {}}
    entry = [
        *([] if form.is_open else [ruled(form.unknown(ordered), {"properties": {"name": name}})]),
        *(_value(trait, form) for trait in known),
        *(_kind(trait, form) for trait in known),
        *(_refused(trait, form) for trait in form.traits.values() if trait not in known),
    ]
    numbers = [rule for trait in known for rule in _numbers(trait, form)]
    return {
        **ruled(form.say("entries"), {"type": "array", "uniqueItems": True}),
        "items": {**ruled(form.say("entry"), {"type": "object", "required": ["name", "value"]}), **({"allOf": entry} if entry else {})},
        **({"allOf": numbers} if numbers else {}),
    }


def stated(trait: Trait, layout: Layout, values: Schema | None = None) -> Schema:
    """A document that states a characteristic, with one of some values where they are given."""
    return there(layout.characteristics, {"contains": _entry(trait, values)})


def must_state(trait: Trait, layout: Layout, form: Form) -> Schema:
    """The rule that a characteristic is stated."""
    return ruled(form.say("missing", name=trait.label, values=trait.words(form.speech)), stated(trait, layout))


def implication(rule: Rule, form: Form, layout: Layout, complete: bool) -> Schema:
    """A rule between characteristics, terms and parts as a schema; with `complete`, what is not stated has its default."""
    when = [_chosen(choice, form, layout, complete) for choice in rule.when]
    if not rule.then:
        return ruled(rule.message, unless_met(*when))
    then = [_granted(choice, form, layout, complete) for choice in rule.then]
    return ruled(rule.message, {"if": _all(when), "then": _all(then)})


def conditional(choices: Iterable[Choice], form: Form, layout: Layout) -> Schema:
    """A document in which all of these choices are made, defaults included."""
    return _all([_chosen(choice, form, layout, True) for choice in choices])


def granted(choices: Iterable[Choice], form: Form, layout: Layout) -> Schema:
    """A document that speaks against none of these choices."""
    return _all([_granted(choice, form, layout, False) for choice in choices])


def term_entries(form: Form, only: Iterable[str]) -> Schema:
    """The list of terms: at most one, by its name, with its own duration where that is stated."""
    names = list(only)
    if not form.terms:
        return ruled(form.say("no-terms"), {"type": "array", "maxItems": 0})
    unknown = form.say("term-unknown", terms=form.speech.listing(term_words(name, form) for name in names))
    each = [ruled(unknown, {"type": "object", **having("name", names)}), *(_duration(name, form) for name in names if _length(name, form))]
    return {**ruled(form.say("one-term"), {"type": "array", "maxItems": 1}), "items": {"allOf": each}}


def term_words(name: str, form: Form) -> LocalizedText:
    """A term by its name, and what people call it."""
    label = form.term_label(name)
    return form.speech.listing([name]) if label.default == name else form.speech.say("described", text=name, label=label)


def length_of(name: str, form: Form) -> tuple[int, str] | None:
    """How long a term binds or lasts: the number, and its unit."""
    return _length(name, form)


def part_numbers(form: Form, layout: Layout, fewest: bool) -> Iterator[Schema]:
    """The rules on the number of parts of each role; with `fewest` also on the least number.

    Where an offering may fill several roles, nobody says which part fills which role: then some roles together are looked at.
    """
    for group in _groups(list(form.roles.values())):
        union = list(dict.fromkeys(id for role in group for id in role.offerings))
        least = sum(role.fewest for role in group)
        if fewest and least:
            message = form.say("fewest", number=least, role=_labels(group, form), members=_titles(union, form))
            yield ruled(message, there((layout.parts,), {"contains": _part(union, layout), "minContains": least}))
        elsewhere = {id for role in form.roles.values() if role not in group for id in role.offerings}
        own = [id for id in union if id not in elsewhere]
        tops = [role.most for role in group]
        if own and all(top is not None for top in tops):
            most = sum(top for top in tops if top is not None)
            message = form.say("most", number=most, role=_labels(group, form), members=_titles(own, form))
            yield ruled(message, within((layout.parts,), {"contains": _part(own, layout), "minContains": 0, "maxContains": most}))


def part_exclusions(form: Form, layout: Layout) -> Iterator[Schema]:
    """The rules on parts that may not be there together."""
    for one, other, message in form.excludes:
        parts = [there((layout.parts,), {"contains": _part([id], layout)}) for id in (one, other)]
        yield ruled(message, unless_met(*parts))


def member_ids(form: Form) -> list[str]:
    """The ids of all offerings that a bundle may contain."""
    return list(dict.fromkeys(id for role in form.roles.values() for id in role.offerings))


def schema_messages(schema: Any, pointer: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Every message of a schema by the JSON Pointer (RFC 6901) of the part that says it."""
    if isinstance(schema, dict):
        if isinstance(schema.get(MESSAGE), dict):
            yield pointer, schema[MESSAGE]
        for name, part in schema.items():
            if name not in (MESSAGE, "enum", "const"):
                yield from schema_messages(part, f"{pointer}/{str(name).replace('~', '~0').replace('/', '~1')}")
    elif isinstance(schema, list):
        for index, part in enumerate(schema):
            yield from schema_messages(part, f"{pointer}/{index}")


def _all(schemas: Iterable[Schema]) -> Schema:
    found = list(schemas)
    return found[0] if len(found) == 1 else {"allOf": found} if found else {}


def _entry(trait: Trait, values: Schema | None) -> Schema:
    value = {} if values is None else {"value": values}
    return {"type": "object", "properties": {"name": {"const": trait.name}, **value}, "required": ["name", *value]}


def _value(trait: Trait, form: Form) -> Schema:
    message = form.say("value", name=trait.label, values=trait.words(form.speech))
    return ruled(message, {"if": having("name", trait.name), "then": {"properties": {"value": trait.schema}}})


def _kind(trait: Trait, form: Form) -> Schema:
    message = form.say("value-type", name=trait.label, type=trait.wire_type)
    return ruled(message, {"if": having("name", trait.name), "then": {"properties": {"valueType": {"const": trait.wire_type}}}})


def _refused(trait: Trait, form: Form) -> Schema:
    return ruled(form.say("network", name=trait.label), {"not": having("name", trait.name)})


def _numbers(trait: Trait, form: Form) -> Iterator[Schema]:
    """How often a characteristic stands in the list, once for each value, if it stands there at all."""
    entry, most, least = _entry(trait, None), trait.most, trait.together
    if most is not None:
        message = form.say("once", name=trait.label) if most == 1 else form.say("too-many", name=trait.label, number=most)
        yield ruled(message, {"contains": entry, "minContains": 0, "maxContains": most})
    if least > 1:
        message = form.say("too-few", name=trait.label, number=least)
        yield ruled(message, {"if": {"contains": entry}, "then": {"contains": entry, "minContains": least}})


def _chosen(choice: Choice, form: Form, layout: Layout, complete: bool) -> Schema:
    """A document in which a choice is made."""
    if choice.subject in form.roles:
        return _counted(choice, form.roles[choice.subject], layout)
    trait = form.traits.get(choice.subject)
    if trait is None:
        return there((layout.terms,), {"contains": having("name", _names(choice, form))})
    values = trait.among(choice.texts, choice.shared_ends)
    made = stated(trait, layout, {"not": values} if choice.other and choice.texts else None if choice.other else values)
    default = trait.default if complete and trait.characteristic.set_by == "customer" else None
    if default is not None and _matches(choice, trait, default):
        return {"anyOf": [made, {"not": stated(trait, layout)}]}
    return made


def _granted(choice: Choice, form: Form, layout: Layout, complete: bool) -> Schema:
    """As `_chosen`; what is not known yet, or not changed, speaks against nothing."""
    made = _chosen(choice, form, layout, complete)
    trait = form.traits.get(choice.subject)
    if complete and (trait is None or trait.characteristic.set_by == "customer"):
        return made
    if trait is None:
        name = layout.parts if choice.subject in form.roles else layout.terms
        return {"anyOf": [made, {"not": {"required": [name]}}]}
    return {"anyOf": [made, {"not": stated(trait, layout)}]}


def _matches(choice: Choice, trait: Trait, text: str) -> bool:
    kept = trait.domain.only(choice.texts).contains(text) and text not in choice.shared_ends
    return (kept or text in choice.texts) is not choice.other


def _names(choice: Choice, form: Form) -> list[str]:
    return [name for name in form.terms if (name in choice.texts) is not choice.other]


def _counted(choice: Choice, role: Role, layout: Layout) -> Schema:
    parts = [_numbered(text, role, layout, choice.shared_ends) for text in choice.texts]
    one = parts[0] if len(parts) == 1 else {"anyOf": parts}
    return {"not": one} if choice.other else one


def _numbered(text: str, role: Role, layout: Layout, shared_ends: frozenset[str]) -> Schema:
    found = band(text) if ".." in text else None
    low, high = (int(text), int(text)) if found is None else (found.low, found.high)
    least = 0 if low is None else -int(-low // 1) + (text.partition("..")[0] in shared_ends)
    schema: Schema = {"contains": _part(list(role.offerings), layout), "minContains": least}
    if high is not None:
        schema["maxContains"] = int(high // 1)
    return there((layout.parts,), schema) if least else within((layout.parts,), schema)


def _part(ids: list[str], layout: Layout) -> Schema:
    found = there(layout.part_offering, {"enum": ids})
    return {"allOf": [found, layout.part_counts]} if layout.part_counts else found


def _groups(roles: list[Role]) -> Iterator[tuple[Role, ...]]:
    """Each role alone, then all combinations of roles that share offerings."""
    yield from ((role,) for role in roles)
    shared = [role for role in roles if any(other is not role and set(other.offerings) & set(role.offerings) for other in roles)]
    sizes = range(2, len(shared) + 1) if len(shared) <= MOST_SHARED else (len(shared),)
    for size in sizes:
        yield from combinations(shared, size)


def _labels(group: Sequence[Role], form: Form) -> LocalizedText:
    return form.speech.listing((role.label for role in group), "and")


def _titles(ids: Iterable[str], form: Form) -> LocalizedText:
    return form.speech.listing(form.titles.get(id, id) for id in ids)


def _length(name: str, form: Form) -> tuple[int, str] | None:
    term = form.terms[name]
    found = term.commitment or term.lasts
    return None if found is None else (found.amount, found.unit)


def _duration(name: str, form: Form) -> Schema:
    amount, unit = _length(name, form) or (0, "")
    message = form.say("duration", term=form.term_label(name), duration=form.speech.duration(amount, unit))
    length = {"type": "object", "properties": {"amount": {"const": amount}, "units": {"const": unit}}}
    return ruled(message, {"if": having("name", name), "then": {"properties": {"duration": length}}})
