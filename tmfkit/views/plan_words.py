"""How the parts of a plan are said: values, changes of one attribute, and what to do about a brake that holds."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from tmfkit.plan.steps import Action, Brake, Field, Plan, Step, Stop
from tmfkit.remote.connection import host_of
from tmfkit.tmf.roles import Amount, called
from tmfkit.views.columns import shortened
from tmfkit.views.diagnostics_text import printable

LONGEST = 60
"""Characters of a value that are shown."""

LEAD = 15
"""Characters before the first difference of two long values that are shown."""

SIGNS = {
    Action.CREATE: "+",
    Action.UPDATE: "~",
    Action.RETIRE: "-",
    Action.REMOVE: "-",
    Action.ADOPT: "!",
    Action.CONFLICT: "!",
    Action.NOTHING: " ",
}

VERBS = {
    Action.CREATE: "create",
    Action.UPDATE: "update",
    Action.RETIRE: "retire",
    Action.REMOVE: "delete",
    Action.ADOPT: "adopt first",
    Action.CONFLICT: "settle first",
    Action.NOTHING: "leave alone",
}
"""What is done, in the order in which a plan tells it."""

_OTHERWISE = {
    Brake.SHRINK: "if so much less is meant, say so with {allow}",
    Brake.PRICE_DROP: "if the prices are meant, say so with {allow}",
    Brake.REMOVAL: "to retire them on the server, say so with {allow}",
    Brake.UNMANAGED: "take them over with `tmfkit adopt {target}`, or publish everything that does not need them with {allow}",
    Brake.CONFLICT: "bring the server's values into the catalog, or let the catalog win with {allow}",
}


def place(target: str, hosts: Sequence[str]) -> str:
    """A target, and the servers where its APIs are: `local (127.0.0.1:8000)`."""
    return f"{target} ({some(hosts, 3)})" if hosts else target


def hosts(plan: Plan) -> tuple[str, ...]:
    """The servers that a plan is for, each once."""
    return tuple(dict.fromkeys(host_of(address) for _, address in plan.apis))


def some(names: Sequence[str], most: int) -> str:
    """The first of some names, and how many more there are."""
    return ", ".join(names[:most]) + (f" and {len(names) - most:,} more" if len(names) > most else "")


def way_out(stop: Stop, target: str) -> str:
    """What to do about a brake that holds."""
    return _OTHERWISE[stop.brake].format(allow=f"`--allow {stop.brake.value}`", target=target)


def held_by(plan: Plan) -> str:
    """What holds a plan back, in few words: the plan itself says more."""
    brakes = ", ".join(dict.fromkeys(stop.brake.value for stop in plan.stops if not stop.lifted))
    troubles = some(plan.troubles, 1)
    return "; ".join(part for part in (troubles, f"held back by {brakes}" if brakes else "") if part)


def counts(plan: Plan) -> str:
    """`3 to create, 1 to retire; 40 unchanged`."""
    numbers = {action: sum(step.action is action for step in plan.steps) for action in VERBS}
    told = ", ".join(f"{number:,} to {VERBS[action]}" for action, number in numbers.items() if number)
    return f"{told}; {plan.unchanged:,} unchanged"


def entity(step: Step) -> str:
    """`ProductOffering fibre-home`, and its name where that says more."""
    return called(step.address) + (f"  {printable(step.name)}" if step.name != step.address.id else "")


def passes(plan: Plan) -> Iterator[str]:
    """In how many levels the plan is carried out, and why something is written twice."""
    if (levels := len(plan.levels)) > 1:
        yield f"written in {levels} levels: what others refer to first, what leaves last"
    if again := sum(bool(step.later) for step in plan.steps):
        words = "item refers" if again == 1 else "items refer"
        yield f"{again:,} {words} to something that refers back: the references are written when all of them exist"


def change(field: Field) -> str:
    """`price/value: 39.90 -> 44.90`, with a word about who changed it before."""
    before, after = _apart(said(field.path, field.before), said(field.path, field.after))
    match field.before, field.after:
        case None, _:
            words = f"+ {field.path}{f': {after}' if after else ''}"
        case _, None:
            words = f"- {field.path}{f': was {before}' if before else ''}"
        case _:
            words = f"~ {field.path}: {before} -> {after}"
    return printable(words) + ("  (changed on the server)" if field.foreign else "")


def said(path: str, value: Any) -> str:
    """A value on one line; empty for a reference whose id the path ends with."""
    if isinstance(value, Mapping):
        if set(value) == {"id"} and path.endswith(f"/{value['id']}"):
            return ""
        if set(value) == {"value", "unit"} and _is_number(value["value"]):
            return str(Amount(Decimal(str(value["value"])), str(value["unit"])))
    if path.endswith("price/value") and _is_number(value):
        return str(Amount(Decimal(str(value)), ""))
    return _flow(value)


def _apart(before: str, after: str) -> tuple[str, str]:
    """Two texts, cut to what a line shows: from the beginning, or from where they begin to differ if that would not be seen."""
    same = next((at for at, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), min(len(before), len(after)))
    start = same - LEAD if same > LONGEST - LEAD else 0
    if start == 0:
        return shortened(before, LONGEST), shortened(after, LONGEST)
    return shortened(f"…{before[start:]}", LONGEST), shortened(f"…{after[start:]}", LONGEST)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _flow(value: Any) -> str:
    match value:
        case Mapping():
            return "{" + ", ".join(f"{name}: {_flow(inner)}" for name, inner in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(_flow, value)) + "]"
        case str():
            return value
        case _:
            return json.dumps(value)
