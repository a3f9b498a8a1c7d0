"""The JSON Schema for editors: it accepts the example operator's catalog and every short form, and refuses what the language refuses."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from tests.conftest import ROOT
from tmfkit.cli.app import run
from tmfkit.model.kinds import KINDS
from tmfkit.model.schema import language_schema


class EditorLoader(yaml.CSafeLoader):
    """YAML 1.2's core schema, as editors read it: dates and `no` are texts."""


EditorLoader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag.endswith((":int", ":float", ":null")) or (first in "tTfF" and tag.endswith(":bool"))
    ]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}

SCHEMA = Draft7Validator(language_schema())


def named(data: Any) -> Any:
    """JSON keys are texts."""
    if isinstance(data, dict):
        return {str(key): named(value) for key, value in data.items()}
    return [named(item) for item in data] if isinstance(data, list) else data


def faults(text: str) -> list[str]:
    return [error.message for document in yaml.load_all(text, EditorLoader) for error in SCHEMA.iter_errors(named(document))]


def catalog() -> list[Path]:
    return sorted((ROOT / "catalog").rglob("*.yaml"))


def test_it_is_a_schema_with_every_kind() -> None:
    Draft7Validator.check_schema(SCHEMA.schema)
    assert SCHEMA.schema["properties"]["kind"]["enum"] == list(KINDS)


@pytest.mark.parametrize("file", catalog(), ids=lambda file: file.stem)
def test_the_example_operator_is_accepted(file: Path) -> None:
    assert faults(file.read_text(encoding="utf-8")) == []


OFFERING = "kind: ProductOffering\nid: a\nname: A\nlifecycle: Active\nproduct: p\n"
REFUSED = [
    ("kind: Nonsense\nid: a\n", "Nonsense"),
    ("id: a\n", "kind"),
    (OFFERING + "colour: red\n", "colour"),
    (OFFERING.replace("lifecycle: Active\n", ""), "lifecycle"),
    (OFFERING.replace("Active", "Sold"), "Sold"),
    (OFFERING + "prices: {m: {type: monthly}}\n", "monthly"),
    (OFFERING + "terms: {t: {commitment: [1]}}\n", "[1]"),
]


@pytest.mark.parametrize(("text", "names"), REFUSED)
def test_faults_are_refused_by_name(text: str, names: str) -> None:
    found = faults(text)
    assert found
    assert any(names in message for message in found)


def test_an_heir_may_leave_out_what_is_mandatory() -> None:
    assert faults("kind: ProductOffering\nid: a\nextends: b\n") == []


def test_the_command_writes_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema"]) == 0
    assert json.loads(capsys.readouterr().out) == language_schema()
    assert run(["schema", "--out", str(tmp_path / "schema.json")]) == 0
    assert json.loads((tmp_path / "schema.json").read_text(encoding="utf-8")) == language_schema()
