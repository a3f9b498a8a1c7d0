"""The same rules as plain JSON, about the values as an order has them: for a system without an engine for decision tables."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from tmfkit.api import (
    Apart,
    Asked,
    Between,
    Catalog,
    Characteristic,
    Decision,
    DecisionRule,
    Divided,
    Fixed,
    Given,
    Is,
    Missing,
    Open,
    Passed,
    ResourceFacingServiceSpecification,
    Size,
    Told,
    json_number,
    subject,
)

from .inputs import Answer, Input, Look, Specification, Test

NUMBERS = ("integer", "number", "quantity")
"""The types whose values are numbers, in the words that the order of this file has for them."""


def names_of(inputs: Mapping[Look, Input], found: Sequence[Decision]) -> tuple[str, ...]:
    """Everything about an order that the rules look at."""
    divided = (rule.answer.name for one in found for told in one.told.values() for rule in told.rules if isinstance(rule.answer, Divided))
    return tuple(dict.fromkeys((*(look.name for look in inputs), *divided)))


def order_of(names: Sequence[str], entity: Specification, catalog: Catalog) -> Iterator[dict[str, Any]]:
    """What an order has to say: each characteristic, fact or role with its type, and what counts where nothing is said."""
    for name in names:
        known = subject(name, entity, catalog)
        found = known.variable.characteristic
        said: dict[str, Any] = {"name": name, "is": known.variable.subject.value, "type": _type(found, known.numeric)}
        if name == "ordered":
            said["unit"] = "s since 1970-01-01T00:00:00Z"
        if found is not None:
            said |= {"unit": found.unit} if found.unit else {}
            said |= {"many": True} if found.many is not None else {}
            said |= {"default": _value(known.variable.read(found.default), said["type"])} if found.default is not None else {}
        yield said


def inputs_as_json(inputs: Mapping[Look, Input], types: Mapping[str, str]) -> list[dict[str, Any]]:
    """The inputs of the decision tables, and what each of them says of an order."""
    return [
        {"input": one.name, "of": look.name, "says": look.says, "type": one.type}
        | ({"test": _test(look.element, types[look.name])} if look.element is not None else {})
        | ({"absent": one.absent} if look.says == "value" else {})
        for look, one in inputs.items()
    ]


def role_as_json(one: Decision, types: Mapping[str, str], catalog: Catalog) -> dict[str, Any]:
    """A role: what fills it, when and how often, and what it is told."""
    return {
        "role": one.role,
        **_filled_by(one, catalog),
        **({"shared": shared} if (shared := getattr(one.use, "shared", None)) else {}),
        **({"after": list(one.after)} if one.after else {}),
        "needed": [_rule(rule, types, "integer") for rule in one.needed],
        "told": {
            name: _target(told.characteristic)
            | {"rules": [_rule(rule, types, told.characteristic.type.value) for rule in told.rules]}
            | ({"open": opened} if (opened := _opened(told)) else {})
            for name, told in one.told.items()
        },
    }


def _filled_by(one: Decision, catalog: Catalog) -> dict[str, Any]:
    if not isinstance(one.target, str):
        return {"id": one.target.external, "external": True}
    service = catalog.get(ResourceFacingServiceSpecification, one.target)
    controller = service.controller if service is not None else None
    found: dict[str, Any] = {"id": one.target}
    if isinstance(controller, str):
        found["controller"] = controller
    required = [id for id in (service.requires if service is not None else ()) if isinstance(id, str)]
    return found | ({"requires": required} if required else {})


def _opened(told: Told) -> dict[str, Any]:
    """What becomes of the value of a sibling; nothing where it is taken as it is."""
    feed = told.feed
    if not any("/" in source for source in feed.sources):
        return {}
    found: dict[str, Any] = {"map": dict(feed.map)} if feed.map else {}
    found |= {"else": feed.else_} if feed.else_ is not None else {}
    found |= {"per": json_number(feed.per), "round": feed.round} if feed.per is not None else {}
    if feed.table is None:
        return found
    return found | {"by": list(feed.by), "rows": [{"keys": list(cell.keys), "value": cell.value} for cell in feed.table.cells]}


def _target(found: Characteristic) -> dict[str, Any]:
    return {"type": found.type.value} | ({"unit": found.unit} if found.unit else {}) | ({"many": True} if found.many else {})


def _type(found: Characteristic | None, numeric: bool) -> str:
    return found.type.value if found is not None else "number" if numeric else "string"


def _rule(rule: DecisionRule, types: Mapping[str, str], target: str) -> dict[str, Any]:
    conditions = [_condition(asked, test, types) for asked, test in rule.conditions]
    return ({"if": conditions} if conditions else {}) | _answer(rule.answer, target)


def _condition(asked: Asked, test: Test, types: Mapping[str, str]) -> dict[str, Any]:
    if asked.element is not None:
        return {"name": asked.name, "has" if isinstance(test, Given) else "hasNot": _test(asked.element, types[asked.name])}
    return {"name": asked.name} | _test(test, types[asked.name])


def _test(test: Test, type: str) -> dict[str, Any]:
    match test:
        case Is(text):
            return {"is": _value(text, type)}
        case Between(low, high, with_low, with_high):
            least = {} if low is None else {"from" if with_low else "above": json_number(low)}
            return least | ({} if high is None else {"to" if with_high else "below": json_number(high)})
        case Apart(texts):
            return {"isNot": list(texts)}
        case Given():
            return {"given": True}
        case Missing():
            return {"given": False}


def _answer(answer: Answer, target: str) -> dict[str, Any]:
    match answer:
        case Fixed(text):
            return {"value": _value(text, target)}
        case Passed(name, times):
            above = {} if times.numerator == 1 else {"times": times.numerator}
            return {"from": name} | above | ({} if times.denominator == 1 else {"dividedBy": times.denominator})
        case Size(name):
            return {"numberOf": name}
        case Divided(name, per, rounded):
            return {"from": name, "per": json_number(Decimal(per)), "round": rounded}
        case Open(source):
            return {"sibling": source}


def _value(text: str, type: str) -> Any:
    if type == "boolean":
        return text == "true"
    return json_number(Decimal(text)) if type in NUMBERS else text
