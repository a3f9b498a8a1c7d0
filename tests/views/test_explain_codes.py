"""The page of every code: it exists, it names its finding in its first sentence, and its example fails with this code."""

import json
import re
from pathlib import Path

import pytest

from tests.catalogs import written
from tmfkit.cli.app import run
from tmfkit.diagnostics.codes import CODES
from tmfkit.diagnostics.pages import PAGES
from tmfkit.rules import RULES
from tmfkit.views.code_page import as_text, page_of

OF_RULES = {rule.code for rule in RULES}
BLOCK = re.compile(r"^```(yaml|json|python|jinja)(?: (\S+))?\n(.*?)^```", re.MULTILINE | re.DOTALL)
GENERATED = [code for code in PAGES if code.startswith("TK8") or code == "TK615"]
"""What `generate` finds; these pages show how it is right too."""

UNFINISHED = {"TK812", "TK813"}
"""What a landscape with one system lacks besides."""

DAMAGED = {"TK002": b"kind: Category\nname: \xe9t\xe9\n", "TK003": b"kind: Category\nname: bell\x07\n"}
"""What cannot be shown on a page."""


def test_every_code_has_a_page_of_its_own_or_of_its_rule() -> None:
    assert [code for code in CODES if not page_of(code)] == []
    assert set(PAGES) == set(CODES) - OF_RULES


@pytest.mark.parametrize("code", PAGES)
def test_a_page_says_what_and_why(code: str) -> None:
    first, reason, *_ = PAGES[code].split("\n\n")
    assert first.endswith(".")
    assert "\n" not in first
    assert len(reason) > 40


@pytest.mark.parametrize("code", [code for code in PAGES if BLOCK.search(PAGES[code])])
def test_the_example_fails_with_its_code(code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = shown(PAGES[code].partition("Passes:")[0], tmp_path)
    assert code in {code for code, _ in findings(code, project, capsys)}


@pytest.mark.parametrize("code", GENERATED)
def test_the_example_of_generated_files_passes_when_it_is_right(code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fails, _, passes = PAGES[code].partition("Passes:")
    wrong = {found for found, _ in findings(code, shown(fails, tmp_path / "fails"), capsys)}
    right = {found for found, _ in findings(code, shown(passes, tmp_path / "passes"), capsys)}
    assert (wrong - UNFINISHED | {code} & wrong, right - UNFINISHED | {code} & right) == ({code}, set())


def shown(page: str, folder: Path) -> Path:
    """A project with the blocks of a page: a catalog, unless a block names the file that it is."""
    project = written(folder, {})
    for language, name, text in BLOCK.findall(page):
        path = project / (name or f"catalog/example.{language}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return project


@pytest.mark.parametrize("code", DAMAGED)
def test_what_no_page_can_show(code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = written(tmp_path, {"example.yaml": DAMAGED[code]})
    assert code in {code for code, _ in findings(code, project, capsys)}


def test_a_link_that_leads_nowhere(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = written(tmp_path, {})
    (project / "catalog" / "lost.yaml").symlink_to(project / "nowhere.yaml")
    assert ("TK001", "catalog/lost.yaml") in findings("TK001", project, capsys)


def test_every_page_shows_its_example_or_is_shown_here() -> None:
    assert {code for code in PAGES if not BLOCK.search(PAGES[code])} == {*DAMAGED, "TK001"}


def findings(code: str, project: Path, capsys: pytest.CaptureFixture[str]) -> set[tuple[str, str]]:
    command = {"TK020": ["import", f"{project}/payload.json"], "TK023": ["import", f"{project}/payload.json"]}.get(code)
    rules = ["--rules", f"{project}/house_rules.py"] if code == "TK099" else []
    command = ["generate"] if code in GENERATED else command
    if code.startswith("TK9"):
        run(["check-changes", f"{project}/before", f"{project}/after", "-p", f"{project}/after", "--on", "2026-12-01", "--format", "json"])
        return {(found["code"], found["file"]) for found in json.loads(capsys.readouterr().out)["diagnostics"]}
    command = command or (["compile", "--hints"] if code in ("TK107", "TK701") else ["validate", "--on", "2026-12-01", *rules])
    run([*command, "-p", str(project), *(["--format", "json"] if command[0] != "import" else [])])
    shown = capsys.readouterr().out
    if command[0] == "import":
        return {(found, "") for found in re.findall(r"\[(TK\d+)\]", shown)}
    return {(found["code"], found["file"]) for found in json.loads(shown)["diagnostics"]}


@pytest.mark.parametrize("name", ["TK201", "tk201"])
def test_a_code_is_explained_outside_a_project(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["explain", name]) == 0
    shown = capsys.readouterr().out
    assert shown == f"{as_text('TK201')}\n"
    assert shown.startswith(f"TK201: {CODES['TK201']}\n\n")
    assert "Fails:\n\n```yaml" in shown


def test_a_code_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "TK101", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"code": "TK101", "meaning": CODES["TK101"], "page": PAGES["TK101"].strip()}


def test_a_code_that_does_not_exist(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "TK2011"]) == 2
    assert "no finding has the code TK2011; did you mean `TK201`?" in capsys.readouterr().err.replace("\n", " ")
