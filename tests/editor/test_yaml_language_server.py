"""The schema in the server behind most editors' YAML: it completes the language's keys and words, explains them, and underlines slips."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import EDITOR_TOOLS
from tests.lsp.client import CAPABILITIES, Editor
from tmfkit.cli.app import run

SERVER = EDITOR_TOOLS / "yaml-language-server" / "bin" / "yaml-language-server"
FILE = "catalog/offerings.yaml"
SOUND = """\
kind: Category
id: broadband
name: Broadband
---
kind: ProductOffering
id: fibre-home
name: Fibre Home
product: fibre
lifecycle: Active
prices:
  monthly:
    type: recurring
    every: 1 month
    amount: 39.90 EUR
"""

pytestmark = pytest.mark.editor


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """An editor whose YAML plug-in was given what `tmfkit schema` writes, as the how-to page says."""
    folder = tmp_path_factory.mktemp("project")
    assert run(["schema", "--out", str(folder / "catalog.schema.json")]) == 0
    editor = Editor(folder, CAN, ["node", str(SERVER), "--stdio"])
    editor.settings = settings(folder)
    editor.tell("workspace/didChangeConfiguration", {"settings": editor.settings})
    try:
        editor.open(FILE, SOUND)
        yield editor
        assert [said for said in editor.said if said["method"] == "window/logMessage"] == []
        assert editor.end() == 0
    finally:
        editor.kill()


CAN = {
    "workspace": {**CAPABILITIES["workspace"], "configuration": True, "workspaceFolders": True},
    "textDocument": {
        **CAPABILITIES["textDocument"],
        "completion": {"completionItem": {"documentationFormat": ["markdown"], "snippetSupport": True}},
        "hover": {"contentFormat": ["markdown"]},
    },
}


def settings(folder: Path) -> dict[str, Any]:
    """The settings of the plug-in: nothing is looked up in the network."""
    schemas = {(folder / "catalog.schema.json").as_uri(): "catalog/**/*.yaml"}
    return {"yaml": {"schemas": schemas, "validate": True, "completion": True, "hover": True, "schemaStore": {"enable": False}}}


def test_a_sound_catalog_has_no_finding(editor: Editor) -> None:
    editor.change(FILE, SOUND.replace("name: Broadband", "nmae: Broadband"))
    assert editor.findings(FILE, bool)
    editor.change(FILE, SOUND)
    assert editor.findings(FILE, lambda found: not found) == []


@pytest.mark.parametrize(
    ("right", "wrong", "line", "says"),
    [
        ("name: Fibre Home", "nmae: Fibre Home", 6, "nmae"),
        ("lifecycle: Active", "lifecycle: Lunched", 8, "Launched"),
        ("    type: recurring", "    type: monthly", 11, "oneTime"),
        ("    every: 1 month", "    evrey: 1 month", 12, "evrey"),
        ("kind: Category", "kind: Categroy", 0, "ProductOffering"),
    ],
)
def test_a_slip_is_underlined_at_its_line(editor: Editor, right: str, wrong: str, line: int, says: str) -> None:
    editor.change(FILE, SOUND.replace(right, wrong, 1))
    found = editor.findings(FILE, lambda found: any(one["range"]["start"]["line"] == line and says in one["message"] for one in found))
    assert all(one["range"]["start"]["line"] <= line for one in found)


@pytest.mark.parametrize(
    ("text", "offered", "other"),
    [
        ("sell", "sellable", "masters"),
        ("prices:\n  monthly:\n    tier", "tierMode", "sellable"),
        ("payment: ", "postpaid", "Retired"),
        ("terms:\n  bound:\n    comm", "commitment", "lifecycle"),
    ],
)
def test_keys_and_words_are_completed_where_they_belong(editor: Editor, text: str, offered: str, other: str) -> None:
    whole = f"kind: ProductOffering\nid: fibre-home\nname: Fibre Home\nproduct: fibre\nlifecycle: Active\n{text}"
    labels = completed(editor, whole)
    assert offered in labels
    assert other not in labels


def completed(editor: Editor, text: str) -> set[str]:
    """What is offered at the end of a text."""
    editor.change(FILE, text)
    *_, last = lines = text.split("\n")
    answer = editor.ask("textDocument/completion", editor.at(FILE, len(lines) - 1, len(last)))
    return {item["label"] for item in (answer["items"] if isinstance(answer, dict) else answer)}


def test_a_key_is_explained(editor: Editor) -> None:
    editor.change(FILE, SOUND)
    answer = editor.ask("textDocument/hover", editor.at(FILE, SOUND.splitlines().index("lifecycle: Active"), 3))
    assert "Active is validated, Launched is sold" in answer["contents"]["value"]
    assert "* `Launched`" in answer["contents"]["value"]
