"""The report reads well, JSON has all of it, and the reference page says what the tables say."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT
from tests.importer.page import page
from tests.importer.trees import imported, payloads, project
from tmfkit.cli.app import run
from tmfkit.diagnostics.model import Diagnostic, Severity
from tmfkit.importer.report import as_text
from tmfkit.source.text import Position, Span

FILES = {
    "exports/offering.json": {
        "@type": "ProductOffering",
        "id": "home",
        "name": "Home",
        "lifecycleStatus": "ACTIVE",
        "href": "https://x/productOffering/home",
        "productSpecification": {"id": "AC-1", "name": "Access"},
        "category": [{"id": "c9", "name": "Broadband"}],
        "vendorFlag": True,
    },
    "exports/specification.json": {"@type": "ProductSpecification", "name": "Access", "productNumber": "AC-1", "note": None},
    "exports/person.json": {"@type": "Individual", "id": "1"},
}


def test_the_report(tmp_path: Path, golden: Callable[[str, str], None]) -> None:
    text = as_text(imported(tmp_path, FILES), written=True)
    golden("importer/report.txt", text.replace(str(tmp_path), "FOLDER") + "\n")


def test_the_errors_that_are_told_add_up(tmp_path: Path) -> None:
    result = imported(tmp_path, FILES)
    span = Span("a.yaml", Position(1, 1), Position(1, 2))
    found = tuple(Diagnostic("TK101", Severity.ERROR, f"message {number % 13}", span) for number in range(40))
    text = as_text(replace(result, remaining=found), written=True)
    lines = [line for line in text.splitlines() if line.startswith("  a.yaml:")]
    assert "will show 40 errors" in text
    assert "  a.yaml:1: message 0 (and 3 more places)" in lines
    told = sum(1 + int(re.search(r"and (\d+) more", line)[1]) for line in lines)  # type: ignore[index]
    assert f"  and {40 - told} other errors" in text.splitlines()


def test_json_has_every_note(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = project(tmp_path / "project")
    source = payloads(tmp_path / "in", FILES)
    assert run(["import", str(source), "--project", str(target.root), "--format", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert report["payloads"] == 3
    assert {one["id"]: one["file"] for one in report["imported"]} == {
        "home": "catalog/offerings/access.yaml",
        "AC-1": "catalog/offerings/access.yaml",
    }
    assert {"weight": "repaired", "path": "note", "rule": "null"}.items() <= next(
        note for note in report["notes"] if note["file"].endswith("specification.json") and note["path"] == "note"
    ).items()
    assert report["files"] == ["catalog/offerings/access.yaml"]


def test_faults_in_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = project(tmp_path / "project")
    source = payloads(tmp_path / "in", {"a.json": "{\n  oops"})
    assert run(["import", str(source), "--project", str(target.root), "--format", "json"]) == 1
    (fault,) = json.loads(capsys.readouterr().out)["diagnostics"]
    assert (fault["code"], fault["line"], fault["column"]) == ("TK020", 2, 3)


def test_the_reference_page(request: pytest.FixtureRequest) -> None:
    document = ROOT / "docs/reference/import.md"
    if request.config.getoption("--update-goldens"):
        document.write_text(page(), encoding="utf-8")
    assert document.read_text(encoding="utf-8") == page(), "docs/reference/import.md is out of date: run pytest --update-goldens"
