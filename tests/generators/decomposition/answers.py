"""One order answered by each reader of the generated files: the tables in two engines, the plain rules, and the language itself."""

import json
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine, TaskDataEnvironment

from tests.targets.dmn import process, run_all_by_feelin, run_by_spiff, tables
from tmfkit.catalog import Catalog
from tmfkit.model.base import Entity
from tmfkit.model.characteristics import Characteristic, ValueType
from tmfkit.semantics.decisions import decisions
from tmfkit.semantics.domains import NUMERIC
from tmfkit.semantics.feeds import Feeding
from tmfkit.semantics.settled import completed, is_needed, number_needed, told

Order = Mapping[str, Any]
Files = Mapping[str, str]
Answer = dict[str, dict[str, Any]]
"""By role: `service`, `count`, `shared`, `told` (the values of each characteristic) and `sources` (what siblings know)."""


def filled(plain: Mapping[str, Any], order: Order) -> dict[str, Any]:
    """The order with the defaults of the specification."""
    defaults = {one["name"]: one["default"] for one in plain["order"] if "default" in one}
    return {**defaults, **{name: value for name, value in order.items() if value not in (None, [])}}


def context_of(plain: Mapping[str, Any], order: Order) -> dict[str, Any]:
    """The inputs of the decision tables for an order, as `inputs` says."""
    said = filled(plain, order)
    return {one["input"]: _input(one, said.get(one["of"])) for one in plain["inputs"]}


def _input(one: Mapping[str, Any], value: Any) -> Any:
    match one["says"]:
        case "given":
            return _yes(value is not None)
        case "has":
            return _yes(any(passes(one["test"], item) for item in value or ()))
        case "number":
            return len(value or ())
        case _:
            return one["absent"] if value is None else _yes(value) if isinstance(value, bool) else value


def _yes(said: bool) -> str:
    return "true" if said else "false"


def passes(test: Mapping[str, Any], value: Any) -> bool:
    """Whether a value is as a test of the plain rules says."""
    if "given" in test:
        return (value is not None) is test["given"]
    if value is None:
        return False
    checks = {
        "is": lambda wanted: value == wanted,
        "isNot": lambda wanted: value not in wanted,
        "from": lambda wanted: value >= wanted,
        "above": lambda wanted: value > wanted,
        "to": lambda wanted: value <= wanted,
        "below": lambda wanted: value < wanted,
    }
    return all(checks[key](wanted) for key, wanted in test.items() if key in checks)


def by_plain_rules(plain: Mapping[str, Any], order: Order) -> Answer:
    """What the rules of `decomposition.json` say, read by a reader that knows nothing but their documented form."""
    said = filled(plain, order)
    found: Answer = {}
    for role in plain["roles"]:
        for count in _answers(role["needed"], said):
            found[role["role"]] = _role(role["id"], count, role.get("shared", ""))
            for name, target in role["told"].items():
                sources = [rule["sibling"] for rule in target["rules"] if "sibling" in rule and _holds(rule, said)]
                _tell(found[role["role"]], name, _answers(target["rules"], said), sources)
    return found


def _holds(rule: Mapping[str, Any], said: Order) -> bool:
    return all(_condition(one, said.get(one["name"])) for one in rule.get("if", ()))


def _condition(one: Mapping[str, Any], value: Any) -> bool:
    if "has" in one or "hasNot" in one:
        return any(passes(one.get("has") or one["hasNot"], item) for item in value or ()) is ("has" in one)
    return passes(one, value)


def _answers(rules: Sequence[Mapping[str, Any]], said: Order) -> list[Any]:
    return [value for rule in rules if "sibling" not in rule and _holds(rule, said) for value in _answer(rule, said)]


def _answer(rule: Mapping[str, Any], said: Order) -> list[Any]:
    if "value" in rule:
        return [rule["value"]]
    if "numberOf" in rule:
        return [len(said.get(rule["numberOf"], ()))]
    value = said.get(rule["from"], [])
    if "per" in rule:
        return [
            {"up": math.ceil, "down": math.floor, "nearest": lambda number: math.floor(number + 0.5)}[rule["round"]](value / rule["per"])
        ]
    return [_times(one, rule) for one in (value if isinstance(value, list) else [value])]


def _times(value: Any, rule: Mapping[str, Any]) -> Any:
    return value if isinstance(value, bool | str) else value * rule.get("times", 1) / rule.get("dividedBy", 1)


def _role(service: str, count: Any, shared: str) -> dict[str, Any]:
    return {"service": service, "count": count, "shared": shared, "told": {}, "sources": {}}


def _tell(role: dict[str, Any], name: str, values: Sequence[Any], sources: Sequence[str]) -> None:
    if values:
        role["told"][name] = _set([*role["told"].get(name, ()), *values])
    if sources:
        role["sources"][name] = sorted({*role["sources"].get(name, ()), *sources})


def _set(values: Sequence[Any]) -> list[Any]:
    """Each value once, numbers as numbers and booleans as the tables write them."""
    plain = [_yes(value) if isinstance(value, bool) else float(value) if isinstance(value, int | float) else value for value in values]
    return sorted(set(plain), key=lambda value: (isinstance(value, str), value))


def collected(needed: Mapping[str, list[Any]], told: Mapping[str, list[Any]]) -> Answer:
    """The columns that the two tables of a specification answer with, taken together."""
    found: Answer = {}
    for role, service, count, shared in zip(
        *(needed.get(f"needed_{part}", []) for part in ("role", "service", "count", "shared")), strict=True
    ):
        assert role not in found, f"{role} is needed twice"
        found[role] = _role(service, count, shared)
    rows: dict[tuple[str, str], tuple[list[Any], list[str]]] = defaultdict(lambda: ([], []))
    for role, name, value, source in zip(*(told.get(f"told_{part}", []) for part in ("role", "parameter", "value", "source")), strict=True):
        values, sources = rows[role, name]
        sources += [source] if source else []
        values += [] if source else value if isinstance(value, list) else [value]
    for (role, name), (values, sources) in rows.items():
        _tell(found[role], name, values, sources)
    return found


def by_spiff(files: Files, id: str, contexts: Sequence[Order]) -> list[Answer]:
    """What SpiffWorkflow answers, one table after the other."""
    found = {part: run_by_spiff(xml, decision, contexts) for part, decision, xml in _decisions(files, id)}
    return _together(found, len(contexts))


def by_feelin(asked: Sequence[tuple[Files, str, Sequence[Order]]], node_modules: Path) -> list[list[Answer]]:
    """What feelin answers to the contexts of several specifications."""
    parts = [(index, part, xml) for index, (files, id, _) in enumerate(asked) for part, _, xml in _decisions(files, id)]
    answers = run_all_by_feelin(node_modules, [(tables(xml)[0], asked[index][2]) for index, _, xml in parts])
    found: list[dict[str, list[dict[str, list[Any]]]]] = [{} for _ in asked]
    for (index, part, _), answer in zip(parts, answers, strict=True):
        found[index][part] = answer
    return [_together(one, len(contexts)) for one, (_, _, contexts) in zip(found, asked, strict=True)]


def _decisions(files: Files, id: str) -> Iterator[tuple[str, str, bytes]]:
    for part, decision in json.loads(files[f"{id}/decomposition.json"])["decisions"].items():
        yield part, decision, files[f"{id}/{part}.dmn"].encode()


def _together(found: Mapping[str, list[dict[str, list[Any]]]], number: int) -> list[Answer]:
    nothing: list[dict[str, list[Any]]] = [{}] * number
    return [collected(*pair) for pair in zip(found.get("needed", nothing), found.get("told", nothing), strict=True)]


class Ordering(TaskDataEnvironment):
    """The systems behind the process: they note what is ordered, and answer with what only they know."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[dict[str, Any]] = []

    def call_service(self, context: Any, **asked: Any) -> str:
        self.calls.append({name: parameter["value"] for name, parameter in asked["operation_params"].items()})
        return json.dumps({"circuitId": "C-1", "circuit": "C-2", "msisdn": "4790000001", "managementAddress": "10.0.0.1"})


def by_process(files: Mapping[str, str], id: str, context: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What the process of a specification orders for one order, in this order."""
    plain = json.loads(files[f"{id}/decomposition.json"])
    found = {f"{part}.dmn": files[f"{id}/{part}.dmn"].encode() for part in plain["decisions"]}
    name = plain["decisions"]["needed"].removesuffix("-needed")
    environment = Ordering()
    workflow = BpmnWorkflow(
        process(found, files[f"{id}/process.bpmn"].encode(), name), script_engine=PythonScriptEngine(environment=environment)
    )
    workflow.get_next_task(state=TaskState.READY).data.update(context)
    workflow.run_all()
    assert workflow.completed
    return environment.calls


def by_the_language(entity: Feeding, order: Order, catalog: Catalog) -> Answer:
    """What the catalog itself says, without any rules in between."""
    chosen = {name: _texts(value) for name, value in order.items() if value is not None}
    known = completed(entity, chosen)
    found: Answer = {}
    for one in decisions(entity, catalog):
        if not is_needed(one.use, entity, known, catalog):
            continue
        target = one.target if isinstance(one.target, str) else one.target.external
        count = float(number_needed(one.use, entity, known))
        found[one.role] = _role(target, count, getattr(one.use, "shared", None) or "")
        for name, fed in one.told.items():
            values = told(fed.feed, entity, known, fed.characteristic)
            sources = [source for source in fed.feed.sources if "/" in source]
            _tell(found[one.role], name, [] if sources else [typed(fed.characteristic, text) for text in values], sources)
    return found


def typed(characteristic: Characteristic, text: str) -> Any:
    """A value in its one spelling as a value of JSON."""
    if characteristic.type in NUMERIC:
        number = Decimal(text)
        return int(number) if number == number.to_integral_value() else float(number)
    return text == "true" if characteristic.type is ValueType.BOOLEAN else text


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(_yes(one) if isinstance(one, bool) else str(one) for one in (value if isinstance(value, list | tuple) else [value]))


def entity_of(plain: Mapping[str, Any], catalog: Catalog) -> Entity:
    """The specification that a file is about."""
    key = catalog.find([plain["specification"]["kind"]], plain["specification"]["id"])
    assert key is not None
    entity = catalog.entity(key)
    assert entity is not None
    return entity
