"""The help for those who test generators of their own: what is made, and in readable words what is wrong."""

from pathlib import Path

import pytest

from tests.generate.projects import GOOD, HEAD, SERVICE, SYSTEM, project
from tmfkit.testing import findings, generated

CATALOG = SYSTEM + "---\n" + SERVICE


def test_it_makes_what_the_generator_yields_without_a_stamp(tmp_path: Path) -> None:
    folder = project(tmp_path, GOOD)
    assert generated("cards", CATALOG, project=folder) == {"card.txt": "hello\n"}
    assert generated("cards", {"a.yaml": SYSTEM, "b.yaml": SERVICE}, project=folder / "catalog") == {"card.txt": "hello\n"}
    assert findings("cards", CATALOG, project=folder) == []


def test_a_shipped_generator_needs_no_project(tmp_path: Path) -> None:
    assert list(generated("runbooks", CATALOG.replace("cards", "runbooks"), project=tmp_path)) == ["visit.md"]


def test_it_reads_the_project_that_it_is_called_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project(tmp_path, GOOD))
    assert generated("cards", CATALOG) == {"card.txt": "hello\n"}


TWO = CATALOG + "---\n" + SYSTEM.replace("desk", "depot")

FAULTS: list[tuple[str, str, str, str | None, tuple[str, ...]]] = [
    ("a fault of the generator", HEAD + "1 / 0\n", CATALOG, None, ("[TK803]", "generators/cards.py:5:1", "5 | 1 / 0", "ZeroDivision")),
    ("a fault of the catalog", GOOD, CATALOG.replace("desk\nname", "dsk\nname"), None, ("[TK101]", "catalog.yaml:10:13", "desk")),
    ("no such option", GOOD, SYSTEM + "options: {colour: red}\n", None, ("error[TK011]", "catalog.yaml:6:11")),
    ("no system", GOOD, CATALOG.replace("generator: cards\n", ""), None, ("no System of this catalog names the generator `cards`",)),
    ("another system", GOOD, CATALOG, "depot", ("the System `depot` of this catalog names no generator `cards`",)),
    ("two systems", GOOD, TWO, None, ("say `system=`, one of depot, desk",)),
]  # fmt: skip


@pytest.mark.parametrize(("case", "generator", "catalog", "system", "says"), FAULTS, ids=[case for case, *_ in FAULTS])
def test_what_is_wrong_is_told(case: str, generator: str, catalog: str, system: str | None, says: tuple[str, ...], tmp_path: Path) -> None:
    folder = project(tmp_path, generator)
    with pytest.raises(AssertionError) as caught:
        generated("cards", catalog, system, folder)
    assert [words for words in says if words not in str(caught.value)] == []


def test_of_two_systems_one_is_chosen(tmp_path: Path) -> None:
    assert generated("cards", TWO, "depot", project(tmp_path, GOOD)) == {"card.txt": "hello\n"}


def test_findings_are_lines(tmp_path: Path) -> None:
    folder = project(tmp_path, HEAD + 'def generate(context):\n    yield Finding(("name",), "this name is too plain")\n')
    assert findings("cards", CATALOG, project=folder) == ["TK014 catalog.yaml:3:7 this name is too plain"]
