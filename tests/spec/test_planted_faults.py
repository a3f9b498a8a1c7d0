"""A catalog with more than a hundred faults: each of them is found once, at its place, and nothing besides."""

import json
import re
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.catalogs import written
from tests.spec.planted import README, Fault, files, in_page, planted, settings
from tmfkit.cli.app import run
from tmfkit.pipeline import validate
from tmfkit.project import open_project
from tmfkit.rules import RULES

LEAST_FAULTS = 100
LEAST_CODES = 60
TODAY = date(2026, 11, 23)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The catalog of the pages, on disk."""
    return written(tmp_path, files(), settings())


def test_every_planted_fault_is_found_once_and_nothing_else(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["validate", "--format", "json", "--on", TODAY.isoformat(), "-p", str(project)]) == 1
    found = sorted(map(at_its_place, json.loads(capsys.readouterr().out)["diagnostics"]))
    assert difference(found, planted()) == []


def at_its_place(found: dict[str, str]) -> Fault:
    return in_page(found["file"], int(found["line"]), int(found["column"]), found["code"])


def difference(found: list[Fault], expected: list[Fault]) -> list[str]:
    """What is found and not expected, or once too often, and what is expected and not found."""
    besides, missing = Counter(found) - Counter(expected), Counter(expected) - Counter(found)
    return [f"found: {one}" for one in besides.elements()] + [f"not found: {one}" for one in missing.elements()]


def test_there_are_as_many_as_the_pages_say() -> None:
    faults = planted()
    kinds = {fault.code for fault in faults}
    said = re.search(r"(\d+) mistakes of (\d+) kinds", README.read_text(encoding="utf-8"))
    assert said
    assert (int(said[1]), int(said[2])) == (len(faults), len(kinds))
    assert len(faults) >= LEAST_FAULTS
    assert len(kinds) >= LEAST_CODES


def test_every_rule_has_a_fault() -> None:
    assert sorted({rule.code for rule in RULES} - {fault.code for fault in planted()}) == []


def test_a_fault_that_moves_is_noticed() -> None:
    here, there = Fault("a.md", 1, 1, "TK101"), Fault("a.md", 2, 1, "TK101")
    assert difference([here], [there]) == ["found: a.md:1:1 TK101", "not found: a.md:2:1 TK101"]
    assert difference([here, here], [here]) == ["found: a.md:1:1 TK101"]


def test_how_long_it_takes_is_recorded(project: Path, record_property: Callable[[str, object], None]) -> None:
    opened = open_project(project).value
    start = time.perf_counter()
    found = validate(opened, TODAY).diagnostics
    record_property("milliseconds to check the planted faults", round((time.perf_counter() - start) * 1000))
    assert len(found) == len(planted())
