"""Release notes of the scripted history, and what they leave out."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.diff.twelve import start, steps
from tests.repositories import repository
from tmfkit.cli.app import run

Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def operator(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """A folder whose project has all changes in its working tree, and the commit before them."""
    folder = tmp_path_factory.mktemp("operator")
    return str(folder), repository(folder, [start(), *(step.files for step in steps())])[0]


@pytest.mark.parametrize(("form", "file"), [("markdown", "changelog.md"), ("text", "changelog.txt")])
def test_the_notes(form: str, file: str, operator: tuple[str, str], golden: Callable[[str, str], None], capsys: Capture) -> None:
    folder, first = operator
    assert run(["changelog", first, "--project", folder, "--format", form]) == 0
    golden(f"diff/{file}", capsys.readouterr().out)


def test_programs_get_the_same(operator: tuple[str, str], capsys: Capture) -> None:
    folder, first = operator
    assert run(["changelog", first, "HEAD", "--project", folder, "--format", "json"]) == 0
    notes = json.loads(capsys.readouterr().out)
    assert notes["release"] == "2026.11"
    assert [one["title"] for one in notes["categories"]] == ["Broadband", "Bundles", "Mobile", "Services and network", "Systems"]
    told = [change for category in notes["categories"] for note in category["notes"] for change in note["changes"]]
    assert "is no longer sold in the channel Shops" in told
    assert not any("version" in change for change in told)


def test_nothing_changes(operator: tuple[str, str], capsys: Capture) -> None:
    folder, first = operator
    assert run(["changelog", first, first, "--project", folder]) == 0
    assert capsys.readouterr().out == "# 2026.11\n\nNothing changes.\n"


def test_the_folder_of_acceptances_lies_outside_the_build_folder(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "catalog").mkdir()
    (tmp_path / "tmfkit.yaml").write_text("changes: build/changes\n", encoding="utf-8")
    assert run(["validate", "--project", str(tmp_path)]) == 1
    assert "the folder of acceptances lies in the build folder" in capsys.readouterr().out
