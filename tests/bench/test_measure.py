"""What the benchmark says about a command is true of that command."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bench.compare import Row, cool, paired
from bench.growth import growth
from bench.measure import Run, run
from bench.report import Report, as_json, as_markdown, as_text
from bench.synthetic import Written
from bench.tools import Tool
from tests.conftest import ROOT

VALIDATE = Tool("tmfkit validate", "everything", lambda _: [])
OTHER = Tool("other", "schema only", lambda _: [])


def a_run(wall: float, code: int = 0) -> Run:
    return Run(wall, wall, 50, 60, code)


def a_row(tool: Tool, entities: int, *walls: float) -> Row:
    return Row(tool, Written(entities, entities, 43 * entities, 1_200 * entities), "file", tuple(map(a_run, walls)), a_run(9))


def test_a_command_is_measured_as_a_whole_process(tmp_path: Path) -> None:
    code = "import sys, time; x = bytearray(60_000_000); time.sleep(0.3); print('done'); sys.exit(7)"
    found = run([sys.executable, "-c", code], tmp_path, tmp_path / "log", watch_memory=True)
    assert found.code == 7
    assert found.wall > 0.3 > found.cpu
    assert found.largest_mb > 60
    assert (tmp_path / "log").read_text() == "done\n"


MEASURED_APART = """
import sys
from pathlib import Path
from bench.measure import run
found = run([sys.executable, "-c", sys.argv[1]], Path(sys.argv[2]), Path(sys.argv[2]) / "log", watch_memory=True)
print(found.together_mb or 0, found.largest_mb)
"""


def test_the_memory_of_children_counts_together_only(tmp_path: Path) -> None:
    child = "import time; x = bytearray(40_000_000); time.sleep(0.8)"
    parent = f"import subprocess, sys; [p.wait() for p in [subprocess.Popen([sys.executable, '-c', {child!r}]) for _ in range(2)]]"
    # Linux counts the memory of whoever starts a process as the process's own peak: a large test run would be measured too.
    command = [sys.executable, "-c", MEASURED_APART, parent, str(tmp_path)]
    shown = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout
    together, largest = map(float, shown.split())
    assert together == 0 or together > 80
    assert largest < 80


def test_a_row_is_the_median_of_its_timed_runs() -> None:
    row = a_row(VALIDATE, 1_000, 1, 5, 2)
    assert (row.wall, row.cpu, row.largest_mb) == (2, 2, 50)


@pytest.mark.parametrize(
    ("mine", "base", "ratio"),
    [((2, 4, 6), (1, 2, 3), 2), ((2, 9, 6), (1, 3, 2), 3), ((8,), (1, 2, 3), 4)],
)
def test_commands_are_compared_round_by_round(mine: tuple[float, ...], base: tuple[float, ...], ratio: float) -> None:
    assert paired(a_row(OTHER, 1_000, *mine), a_row(VALIDATE, 1_000, *base)) == ratio


def test_every_run_begins_with_the_catalog_alone(tmp_path: Path) -> None:
    for name in ("catalog/a.yaml", "build/tmf620-v4/index.json", ".tmfkit/cache"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "tmfkit.yaml").touch()
    cool(tmp_path)
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")) == ["catalog", "catalog/a.yaml", "tmfkit.yaml"]


def test_the_report_says_ratio_growth_and_exit_code() -> None:
    rows = (a_row(VALIDATE, 1_000, 1), a_row(OTHER, 1_000, 7), a_row(VALIDATE, 10_000, 12))
    report = Report(rows, ("A note.",))
    text = as_text(report)
    assert "7.00" in text
    assert "1.20" in text
    assert "A note." in text
    assert "| other | 7.00 (1 run) | 7.00 |" in as_markdown(report)
    body = json.loads(as_json(report))
    assert [(one["command"], one["added"]) for one in body["growth"]] == [("tmfkit validate", None)]
    assert [row["wallMedian"] for row in body["rows"]] == [1, 7, 12]


def test_a_command_that_fails_is_not_given_a_time() -> None:
    failed = Row(OTHER, Written(1_000, 1_000, 43_000, 1_200_000), "file", (a_run(0.5, code=2),), a_run(9))
    text = as_text(Report((a_row(VALIDATE, 1_000, 1), failed), ()))
    assert "0.50" not in text
    assert "failed" in text
    assert list(growth([failed, a_row(OTHER, 10_000, 1)])) == []


@pytest.mark.parametrize(
    ("walls", "whole", "added"),
    [((1, 10, 100), 1, 1), ((2, 11, 101), 0.505, 1), ((1, 10, 190), 1.9, 2)],
)
def test_growth_leaves_the_start_out(walls: tuple[float, ...], whole: float, added: float) -> None:
    rows = [a_row(VALIDATE, entities, wall) for entities, wall in zip((1_000, 10_000, 100_000), walls, strict=True)]
    [found] = growth(rows)
    assert found.whole == pytest.approx(whole)
    assert found.added == pytest.approx(added)
