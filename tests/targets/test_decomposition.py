"""The decision tables are run by two engines that share no code, and the process by one of them: each order becomes what was planted."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from tests.catalogs import validated
from tests.generators.decomposition.answers import (
    Answer,
    Files,
    Order,
    by_feelin,
    by_plain_rules,
    by_process,
    by_spiff,
    by_the_language,
    context_of,
    entity_of,
    typed,
)
from tests.generators.decomposition.catalogs import SMALL, TRICKY
from tests.generators.running import example_files, example_operator, generated
from tests.targets.dmn import tables
from tests.targets.node import moddle
from tmfkit.catalog import Catalog
from tmfkit.semantics.asked import parts_of, subject
from tmfkit.semantics.configuration import Variable, configurations
from tmfkit.semantics.domains import listed
from tmfkit.semantics.feeds import FEEDING, Feeding, uses_of

PLANTED = yaml.safe_load((Path(__file__).parent.parent / "generators" / "decomposition" / "orders.yaml").read_text(encoding="utf-8"))
MANY = 120
Ask = Callable[[Files, str, Order], Answer]


@cache
def files(system: str) -> Files:
    """What is generated for a system of the example operator."""
    return example_files(system, "decomposition")


def plain_of(found: Files, id: str) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(found[f"{id}/decomposition.json"])
    return plain


def specification_of(offering: str) -> str:
    rows = {one["id"]: one for one in json.loads(files("com")["offerings.json"])["offerings"]}
    return str(rows[offering]["specification"])


def decomposed(planted: Mapping[str, Any], ask: Ask) -> dict[str, Any]:
    """An order all the way down, in the words of the planted orders."""
    product = specification_of(planted["offering"])
    services = ask(files("com"), product, planted["order"])
    found: dict[str, Any] = {"services": _said(services), "realised": {}, "resources": {}}
    for role, service in services.items():
        if f"{service['service']}/decomposition.json" in files("som"):
            order = _order(plain_of(files("com"), product), role, service)
            _realised(role, service["service"], order, found, ask)
    return found


def _realised(path: str, service: str, order: Order, found: dict[str, Any], ask: Ask) -> None:
    plain = plain_of(files("som"), service)
    for role, one in ask(files("som"), service, order).items():
        found["realised"] |= _said({f"{path}/{role}": one})
        if plain_of(files("som"), one["service"])["decisions"]:
            _realised(f"{path}/{role}", one["service"], _order(plain, role, one), found, ask)
            continue
        below = by_plain_rules(plain_of(files("som"), one["service"]), _order(plain, role, one))
        found["resources"][f"{path}/{role}"] = sorted(_resource(name, use, one["service"]) for name, use in below.items())


def _order(plain: Mapping[str, Any], role: str, one: Mapping[str, Any]) -> dict[str, Any]:
    """What a role is told, as the order that its own rules begin with."""
    targets = next(known["told"] for known in plain["roles"] if known["role"] == role)
    return {name: _sent(values, targets[name]) for name, values in one["told"].items()}


def _sent(values: Sequence[Any], target: Mapping[str, Any]) -> Any:
    plain = [int(value) if isinstance(value, float) and value.is_integer() else value for value in values]
    plain = [value == "true" for value in plain] if target["type"] == "boolean" else plain
    return plain if target.get("many") else plain[0]


def _said(answer: Answer) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for path, one in answer.items():
        said = {name: values[0] if len(values) == 1 else values for name, values in one["told"].items()}
        said |= {name: f"@{sources[0]}" for name, sources in one["sources"].items()}
        said |= {"is": one["service"]} if one["service"] != path.rpartition("/")[2] else {}
        said |= {"times": one["count"]} if one["count"] != 1 else {}
        found[path] = said | ({"shared": one["shared"]} if one["shared"] else {})
    return found


def _resource(role: str, use: Mapping[str, Any], service: str) -> str:
    counted = any("from" in rule for known in plain_of(files("som"), service)["roles"] if known["role"] == role for rule in known["needed"])
    return " ".join(
        [role, *([f"x{use['count']:.0f}"] if counted else []), *(f"{name}={_one(values)}" for name, values in use["told"].items())]
    )


def _one(values: Sequence[Any]) -> str:
    return ",".join(f"{value:g}" if isinstance(value, float) else value for value in values)


def expected(planted: Mapping[str, Any]) -> dict[str, Any]:
    """Values of one are written without a list; those of several in the order of the alphabet."""
    single = {
        part: {path: {name: _unlisted(value) for name, value in said.items()} for path, said in planted[part].items()}
        for part in ("services", "realised")
    }
    return single | {"resources": planted.get("resources", {})}


def _unlisted(value: Any) -> Any:
    value = value[0] if isinstance(value, list) and len(value) == 1 else value
    return str(value).lower() if isinstance(value, bool) else value


def check(planted: Mapping[str, Any], ask: Ask) -> None:
    found = decomposed(planted, ask)
    wanted = expected(planted)
    assert found["services"] == wanted["services"]
    assert found["realised"] == wanted["realised"]
    assert {path: found["resources"][path] for path in wanted["resources"]} == wanted["resources"]


PLANTED_ORDERS = pytest.mark.parametrize("planted", PLANTED, ids=[one["name"] for one in PLANTED])


@PLANTED_ORDERS
def test_a_workflow_engine_decomposes_an_order(planted: Mapping[str, Any]) -> None:
    check(planted, lambda found, id, order: by_spiff(found, id, [context_of(plain_of(found, id), order)])[0])


@PLANTED_ORDERS
def test_the_plain_rules_decompose_an_order(planted: Mapping[str, Any]) -> None:
    check(planted, lambda found, id, order: by_plain_rules(plain_of(found, id), order))


def test_a_feel_interpreter_decomposes_the_orders_alike(node_modules: Path) -> None:
    """One question for each specification: the plain rules have just been held to what was planted."""
    met: dict[tuple[str, str], list[Order]] = defaultdict(list)
    for planted in PLANTED:
        decomposed(planted, lambda found, id, order: _noted(found, id, order, met))
    assert len(met) > 30
    asked = [(files(system), id, [context_of(plain_of(files(system), id), one) for one in orders]) for (system, id), orders in met.items()]
    wanted = [[by_plain_rules(plain_of(files(system), id), one) for one in orders] for (system, id), orders in met.items()]
    assert by_feelin(asked, node_modules) == wanted


def _noted(found: Files, id: str, order: Order, met: dict[tuple[str, str], list[Order]]) -> Answer:
    met["com" if found is files("com") else "som", id].append(order)
    return by_plain_rules(plain_of(found, id), order)


@PLANTED_ORDERS
def test_the_process_orders_what_the_tables_answer(planted: Mapping[str, Any]) -> None:
    id = specification_of(planted["offering"])
    calls = by_process(files("com"), id, context_of(plain_of(files("com"), id), planted["order"]))
    said = {
        call["role"]: {
            "service": call["service"],
            "count": call["count"],
            "shared": call["shared"],
            "told": call["characteristics"],
            "sources": {},
        }
        for call in calls
    }
    told = {role: one | {"told": {name: sorted(values) for name, values in one["told"].items()}} for role, one in said.items()}
    assert _said(told) == expected(planted)["services"]


def test_what_a_sibling_knows_goes_from_one_order_to_the_next() -> None:
    order = {"bandwidth": 500, "upstream": 250, "accessTechnology": "gpon", "installation": "technician", "dropCable": "new"}
    calls = by_process(files("som"), "internet-access", context_of(plain_of(files("som"), "internet-access"), order))
    assert [call["role"] for call in calls] == ["fibre-drop", "gpon-line", "fibre-session", "visit"]
    assert calls[2]["characteristics"] == {"addressing": ["dynamic"], "shaping": [500], "circuitId": ["C-1"]}
    assert [call["controller"] for call in calls] == ["field-force", "nso", "bng", "field-force"]


def test_what_a_sibling_knows_is_passed_as_it_is_where_it_becomes_something_else() -> None:
    found = generated(SMALL, "som", "decomposition")
    calls = by_process(found, "line", context_of(plain_of(found, "line"), {"rate": 10000, "spare": True, "grade": "g3"}))
    assert [call["role"] for call in calls] == ["port", "second", "session"]
    assert calls[2]["characteristics"] == {"circuit": ["C-2"]}
    assert calls[2]["sources of profile"] == {"port/circuit": "C-2"}
    told = {role["role"]: role["told"] for role in plain_of(found, "line")["roles"]}
    assert told["session"]["profile"]["open"] == {"map": {"C-1": "p1"}, "else": "p2"}


def test_the_planted_orders_reach_every_service_that_is_in_use() -> None:
    reached = {service["service"] for planted in PLANTED for service in by_plain_rules_all(planted)}
    assert {path.partition("/")[0] for path in files("som") if "/" in path} <= reached


def by_plain_rules_all(planted: Mapping[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []

    def ask(of: Files, id: str, order: Order) -> Answer:
        answer = by_plain_rules(plain_of(of, id), order)
        found.extend(answer.values())
        return answer

    decomposed(planted, ask)
    return found


@pytest.mark.parametrize("system", ["com", "som"])
def test_modelling_tools_read_the_tables_and_processes(system: str, node_modules: Path) -> None:
    for language, ending, root in (("dmn", ".dmn", "dmn:Definitions"), ("bpmn", ".bpmn", "bpmn:Definitions")):
        documents = [text for path, text in files(system).items() if path.endswith(ending)]
        assert documents
        assert {(one.root, one.warnings) for one in moddle(node_modules, language, documents)} == {(root, ())}


def test_modelling_tools_read_hostile_names_too(node_modules: Path) -> None:
    found = generated(TRICKY, "com", "decomposition") | {
        f"som/{path}": text for path, text in generated(TRICKY, "som", "decomposition").items()
    }
    for language in ("dmn", "bpmn"):
        documents = [text for path, text in found.items() if path.endswith(f".{language}")]
        assert {one.warnings for one in moddle(node_modules, language, documents)} == {()}


def test_the_plain_rules_have_the_form_that_comes_with_them() -> None:
    for system in ("com", "som"):
        schema = json.loads(files(system)["decomposition.schema.json"])
        Draft202012Validator.check_schema(schema)
        validator = Draft202012Validator(schema)
        for path, text in files(system).items():
            if path.endswith("/decomposition.json"):
                assert [error.message for error in validator.iter_errors(json.loads(text))] == [], path


def test_every_text_of_a_table_is_portable() -> None:
    """One value or one comparison: nothing that one engine reads otherwise than another."""
    for system in ("com", "som"):
        for path, text in files(system).items():
            for table in tables(text.encode()) if path.endswith(".dmn") else ():
                for tests, _ in table.rules:
                    assert all(test == "-" or test[0] in '"-0123456789<>' for test in tests), path
                    assert not any("not(" in test or ".." in test or '","' in test for test in tests), path


@pytest.mark.parametrize("text", [SMALL, TRICKY], ids=["small", "tricky"])
@pytest.mark.parametrize("system", ["com", "som"])
def test_all_readers_agree_on_every_configuration(text: str, system: str, node_modules: Path) -> None:
    agree(generated(text, system, "decomposition"), validated(text).value, node_modules, MANY)


@pytest.mark.parametrize("system", ["com", "som"])
def test_all_readers_agree_on_the_example_operator(system: str, node_modules: Path) -> None:
    agree(files(system), example_operator(), node_modules, 10)


def agree(found: Files, catalog: Catalog, node_modules: Path, most: int) -> None:
    """The language itself, the plain rules, the workflow engine and the FEEL interpreter, on the same orders."""
    asked: list[tuple[Files, str, list[dict[str, Any]]]] = []
    wanted: list[list[Answer]] = []
    for id in sorted({path.partition("/")[0] for path in found if "/" in path}):
        plain = plain_of(found, id)
        entity = entity_of(plain, catalog)
        assert isinstance(entity, FEEDING)
        orders = list(every_order(entity, catalog, most))
        assert orders
        said = [by_the_language(entity, order, catalog) for order in orders]
        assert [by_plain_rules(plain, order) for order in orders] == said
        if plain["decisions"]:
            asked.append((found, id, [context_of(plain, order) for order in orders]))
            wanted.append(said)
            assert by_spiff(*asked[-1]) == said
    assert by_feelin(asked, node_modules) == wanted


def every_order(entity: Feeding, catalog: Catalog, most: int) -> Iterator[dict[str, Any]]:
    """Every combination of listed values; of others those that the rules tell apart; of several values none, each, and all."""
    uses = uses_of(entity).values()
    subjects = {name for use in uses for condition in (use.when, use.unless) for name in condition.subjects} - entity.characteristics.keys()
    asked = {}
    for name in (*entity.characteristics, *sorted(subjects)):
        known = subject(name, entity, catalog)
        feeds = [(use, feed) for use in uses for feed in (*use.with_.values(), None)]
        samples = {cell.sample for use, feed in feeds for cell in parts_of(name, use, feed, entity, catalog)} or {None}
        samples |= {None} if known.variable.domain.absent or known.many else set()
        texts = sorted(samples, key=str)
        several = ["\0".join(text for text in texts if text is not None)] if known.many else []
        asked[name] = replace(known.variable, domain=listed([text if text is not None else "\1" for text in texts] + several))
    for one in _combined(asked, most):
        yield {name: _typed(name, text, entity) for name, text in one.items() if text != "\1"}


def _combined(asked: Mapping[str, Variable], most: int) -> list[dict[str, str]]:
    """All combinations where these are few; else some of them, the same on every run, in which each value comes up often."""
    chosen, complete = configurations(asked, most)
    if complete:
        return chosen
    dice = Random(most)
    return [{name: dice.choice(one.domain.values) for name, one in asked.items()} for _ in range(most)]


def _typed(name: str, text: str, entity: Feeding) -> Any:
    characteristic = entity.characteristics.get(name)
    if characteristic is None:
        return float(text) if name == "ordered" or name in uses_of(entity) else text
    values = [typed(characteristic, one) for one in text.split("\0")]
    return values if characteristic.many is not None else values[0]
