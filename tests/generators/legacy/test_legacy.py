"""Orders become commands of a legacy system: every name exists, every value has its code, and no value ends a command."""

import csv
import io
import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.catalogs import validated
from tests.generators.running import SETTINGS, example_files, example_ran
from tmfkit.generate.discover import Sources
from tmfkit.generate.run import Job, Ran, run

SERVICES = """kind: ResourceFacingServiceSpecification
id: line
name: Line
controller: adapter
characteristics:
  profile: {values: [slow, fast]}
  note: {optional: true}
  barring: {values: [in, out], many: {max: 2}, optional: true}
  circuit: {setBy: network}
resources:
  port: {resource: exchange-port}
---
kind: LogicalResourceSpecification
id: exchange-port
name: Port
characteristics: {frame: {type: integer, min: 1, max: 9, setBy: network}}
---
"""
SYSTEM = """kind: System
id: adapter
name: Adapter
role: legacy-adapter
generator: legacy
"""
OPTIONS = """options:
  commands:
    line:
      add: ["CRE;L={lineId},P={profile};", "BAR;L={lineId},B={barring};"]
      modify: "MOD;L={lineId},P={profile},F={port/frame},N={note};"
      delete: "DEL;L={lineId};"
  codes:
    line: {profile: {slow: P1, fast: P2}, barring: {in: I, out: O}}
  inventory:
    lineId: {example: L01, pattern: "L[0-9]+"}
  answers:
    line: {circuit: "CKT=([0-9]+)"}
"""
START = (SERVICES + SYSTEM).count("\n")


def ran(options: str = OPTIONS, services: str = SERVICES) -> Ran:
    checked = validated(services + SYSTEM + options)
    assert not checked.failed, [found.message for found in checked.diagnostics]
    return run(Job("legacy", "adapter"), checked.value, SETTINGS, Sources())


def files(options: str = OPTIONS, services: str = SERVICES) -> dict[str, str]:
    made = ran(options, services)
    assert not made.found, [f"{found.primary} {found.message}" for found in made.found]
    return {artifact.path: artifact.text for artifact in made.artifacts}


def table(options: str = OPTIONS, services: str = SERVICES) -> Any:
    return json.loads(files(options, services)["commands.json"])


def test_every_action_is_shown_with_its_commands() -> None:
    (service,) = table()["services"]
    examples = {(one["action"], tuple(one["commands"])) for one in service["examples"]}
    assert ("add", ("CRE;L=L01,P=P1;", "BAR;L=L01,B=I;")) in examples
    assert ("add", ("CRE;L=L01,P=P2;", "BAR;L=L01,B=I;")) in examples
    assert ("modify", ("MOD;L=L01,P=P1,F=1,N=example;",)) in examples
    assert ("modify", ("MOD;L=L01,P=P1,F=9,N=example;",)) in examples
    assert ("delete", ("DEL;L=L01;",)) in examples


def test_what_a_command_needs_is_told() -> None:
    (service,) = table()["services"]
    found = {one["name"]: one for one in service["parameters"]}
    assert list(found) == ["lineId", "profile", "barring", "port/frame", "note"]
    assert found["lineId"] == {"name": "lineId", "from": "inventory", "required": True, "many": False, "pattern": "L[0-9]+"}
    assert (found["port/frame"]["from"], found["profile"]["codes"]) == ("resource", {"slow": "P1", "fast": "P2"})
    assert (found["barring"]["many"], found["note"]["required"]) == (True, False)
    assert service["answers"] == {"circuit": "CKT=([0-9]+)"}


def test_the_table_has_a_row_for_each_command() -> None:
    rows = list(csv.reader(io.StringIO(files()["commands.csv"])))
    assert rows[0] == ["service", "action", "step", "command", "example"]
    assert rows[1:3] == [
        ["line", "add", "1", "CRE;L={lineId},P={profile};", "CRE;L=L01,P=P1;"],
        ["line", "add", "2", "BAR;L={lineId},B={barring};", "BAR;L=L01,B=I;"],
    ]
    assert [row[1] for row in rows[3:]] == ["modify", "delete"]


FAULTS = [
    ("an unknown name", ("{profile};", "{profil};"), "4:13", "`{profil}` names nothing that `line`, its resources or the inventory have"),
    ("a resource that it has not", ("port/frame", "box/frame"), "5:15", "`{box/frame}` names nothing"),
    ("a brace too much", ('DEL;L={lineId};"', 'DEL;L={lineId}};"'), "6:15", "a single `}` has no other half"),
    ("an empty place", ('DEL;L={lineId};"', 'DEL;L={};"'), "6:15", "`{}` names nothing"),
    ("an empty command", ('"DEL;L={lineId};"', '" "'), "6:15", "this command is empty"),
    ("two lines", ("DEL;L=", "DEL;\\nL="), "6:15", "a command is one line"),
    ("a value without code", (", fast: P2", ""), "8:12", "the values `fast` of `profile` have no code"),
    ("a code for nothing", ("fast: P2", "fast: P2, quick: P3"), "8:42", "`profile` never is `quick`"),
    ("a code for no characteristic", ("{profile: {slow", "{speed: {slow"), "8:12", "have no characteristic `speed`"),
    ("a code that ends the command", ("fast: P2", 'fast: "P;2"'), "8:38", "`;` of this code would end the command"),
    ("a code of two lines", ("fast: P2", 'fast: "P\\n2"'), "8:38", "a line end or another control character of this code"),
    ("a value that ends the command", ("line: {profile: {slow: P1, fast: P2}, barring", "line: {barring"), "", ""),
    ("an example that ends the command", ("example: L01", 'example: "L01;"'), "10:23", "`;` of this example would end the command"),
    ("an example unlike its pattern", ("example: L01", "example: X01"), "10:23", "`X01` is not like its own pattern"),
    ("a pattern that is none", ('"L[0-9]+"', '"L[0-9"'), "10:37", "is not understood as a pattern"),
    ("an answer about nothing", ("{circuit: ", "{circut: "), "12:12", "`circut` of `line` is nothing that the network sets"),
    ("an answer about what is ordered", ("{circuit: ", "{profile: "), "12:12", "is nothing that the network sets"),
    ("an answer without a group", ("CKT=([0-9]+)", "CKT=[0-9]+"), "12:21", "has one group in parentheses"),
    ("an answer that is no pattern", ("CKT=([0-9]+)", "CKT=([0-9]"), "12:21", "has one group in parentheses"),
    ("commands of another service", ("mands:\n", "mands:\n    lines: {add: A}\n"), "3:5", "`adapter` controls no service `lines`"),
    ("codes of another service", ("  codes:\n", "  codes:\n    lines: {}\n"), "8:5", "controls no service `lines`"),
    ("no commands at all", ("    line:\n      add", "    lines:\n      add"), "2:3", "there is no command for `line`"),
    ("a name that is taken", ("    lineId", "    note: {example: x}\n    lineId"), "10:5", "`note` is a characteristic of `line`"),
    ("an escape of two signs", ("  inventory", '  escape: {";;": x}\n  inventory'), "9:12", "`;;` is not one sign"),
    ("an escape that ends the command", ("  inventory", '  escape: {";": ","}\n  inventory'), "9:17", "ends the command itself"),
]  # fmt: skip


@pytest.mark.parametrize(("case", "change", "place", "says"), FAULTS, ids=[case for case, *_ in FAULTS])
def test_an_agreement_with(case: str, change: tuple[str, str], place: str, says: str) -> None:
    assert change[0] in OPTIONS
    found = ran(OPTIONS.replace(*change, 1)).found
    if not place:
        assert not found
        return
    line, column = (int(part) for part in place.split(":"))
    told = {(one.primary.start.line - START, one.primary.start.column, one.code): one.message for one in found}
    assert says in told[line, column, "TK014"]
    assert not ran(OPTIONS.replace(*change, 1)).artifacts


def test_a_listed_value_that_would_end_a_command_needs_a_code() -> None:
    services = SERVICES.replace("[slow, fast]", '[slow, "fa;st"]')
    (found,) = ran(OPTIONS.replace("profile: {slow: P1, fast: P2}, ", ""), services).found[:1]
    assert "the value `fa;st` of `profile` contains `;` and would end the command" in found.message
    coded = table(OPTIONS.replace("fast: P2", '"fa;st": P2'), services)
    assert coded["services"][0]["parameters"][1]["codes"]["fa;st"] == "P2"
    escaped = OPTIONS.replace("profile: {slow: P1, fast: P2}, ", "").replace("  inventory", '  escape: {";": "%3B"}\n  inventory')
    commands = [one["commands"][0] for one in table(escaped, services)["services"][0]["examples"]]
    assert "CRE;L=L01,P=fa%3Bst;" in commands


def test_an_action_without_a_command_is_dropped_with_its_reason() -> None:
    words = {note.words for note in losses_of(OPTIONS.replace('      delete: "DEL;L={lineId};"\n', ""))}
    assert "delete: there is no command for it" in words
    told = OPTIONS.replace('delete: "DEL;L={lineId};"', "without: {delete: by letter}")
    assert "delete: by letter" in {note.words for note in losses_of(told)}


def losses_of(options: str) -> list[Any]:
    return [loss for loss in ran(options).losses if loss.feature.value == "service"]


def test_a_mandatory_characteristic_that_no_command_says_is_an_error() -> None:
    codes = OPTIONS.replace(",P={profile}", "")
    assert [found.code for found in ran(codes).found] == ["TK811"]
    assert "cannot take `profile` of `line`" in ran(codes).found[0].message
    assert not ran(codes.replace("options:\n", "options:\n  leaves: [characteristic]\n")).found


def test_a_service_may_be_left_to_another_way_on_purpose() -> None:
    made = ran("options: {leaves: [service]}\n")
    assert not made.found
    assert json.loads({one.path: one.text for one in made.artifacts}["commands.json"])["services"] == []
    assert [loss.left for loss in made.losses if loss.feature.value == "service"] == [True]


def test_braces_that_are_meant_are_written_twice() -> None:
    (service,) = table(OPTIONS.replace("DEL;L={lineId};", "DEL;{{L={lineId}}};"))["services"]
    commands = [one["commands"] for one in service["examples"] if one["action"] == "delete"]
    assert commands == [["DEL;{L=L01};"]]


def test_every_example_is_the_table_applied() -> None:
    """An adapter that knows nothing but the JSON comes to the same commands."""
    for data in (table(), *(json.loads(example_files(system, "legacy")["commands.json"]) for system in ADAPTERS)):
        for service in data["services"]:
            for example in service["examples"]:
                commands = service["actions"][example["action"]]
                found = [filled(command, example["values"], service, data["values"]) for command in commands]
                assert found == example["commands"]


def filled(command: str, values: dict[str, Any], service: dict[str, Any], rules: dict[str, Any]) -> str:
    codes = {one["name"]: one.get("codes", {}) for one in service["parameters"]}
    for name, value in values.items():
        many = value if isinstance(value, list) else [value]
        coded = [codes[name].get(one, one) for one in many]
        assert not any(sign in text for text in coded for sign in rules["forbidden"] if sign not in rules["escape"])
        text = rules["join"].join("".join(rules["escape"].get(sign, sign) for sign in one) for one in coded)
        command = command.replace("{" + name + "}", text)
    return command


ADAPTERS = ("dsl-adapter", "leased-line-adapter", "pstn-adapter")


@pytest.mark.parametrize("system", ADAPTERS)
def test_the_example_operator_is_valid_by_the_schema(system: str) -> None:
    made = example_files(system, "legacy")
    schema = json.loads(made["commands.schema.json"])
    Draft202012Validator.check_schema(schema)
    assert list(Draft202012Validator(schema).iter_errors(json.loads(made["commands.json"]))) == []


def without(*path: str | int) -> Callable[[Any], None]:
    def change(data: Any) -> None:
        for step in path[:-1]:
            data = data[step]
        del data[path[-1]]

    return change


def having(value: object, *path: str | int) -> Callable[[Any], None]:
    def change(data: Any) -> None:
        for step in path[:-1]:
            data = data[step]
        data[path[-1]] = value

    return change


SERVICE = ("services", 0)
MUTATIONS: list[tuple[str, Callable[[Any], None]]] = [
    ("no system", without("system")),
    ("no rules for values", without("values")),
    ("an unknown member", having(1, "colour")),
    ("an unknown action", having(["X"], *SERVICE, "actions", "suspend")),
    ("an action without a command", having([], *SERVICE, "actions", "add")),
    ("a single brace", having(["A{b"], *SERVICE, "actions", "add")),
    ("an empty place", having(["A{}"], *SERVICE, "actions", "add")),
    ("a command of two lines", having(["A\nB"], *SERVICE, "actions", "add")),
    ("an example of two lines", having(["A\nB"], *SERVICE, "examples", 0, "commands")),
    ("a parameter from nowhere", having("air", *SERVICE, "parameters", 0, "from")),
    ("a code that is no text", having({"slow": 1}, *SERVICE, "parameters", 0, "codes")),
    ("an example of nothing", without(*SERVICE, "examples", 0, "action")),
]  # fmt: skip


@pytest.mark.parametrize(("case", "change"), MUTATIONS, ids=[case for case, _ in MUTATIONS])
def test_the_schema_refuses(case: str, change: Callable[[Any], None]) -> None:
    made = files()
    validator = Draft202012Validator(json.loads(made["commands.schema.json"]))
    data = json.loads(made["commands.json"])
    assert validator.is_valid(data)
    changed = deepcopy(data)
    change(changed)
    assert not validator.is_valid(changed)


@pytest.mark.parametrize("system", ADAPTERS)
def test_golden(system: str, golden: Callable[[str, str], None]) -> None:
    text = {one.path: one.text for one in example_ran(system, "legacy").artifacts}
    golden(f"generators/legacy/{system}.csv", text["commands.csv"])
