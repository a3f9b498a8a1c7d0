"""A catalog with two dozen faults of all families: each is found once, at its place, and nothing besides.

The catalog in `tests/faults` says itself what is expected: `#! CODE COLUMN` behind the line.
"""

import json
import re
from pathlib import Path

import pytest

from tests.catalogs import written
from tmfkit.cli.app import run

FAULTS = Path(__file__).parent.parent / "faults"
EXPECTED = re.compile(r"#! (TK\d{3}) (\d+)")


def expected() -> list[tuple[str, int, int, str]]:
    """File, line, column and code of every fault that is planted."""
    return sorted(
        (f"catalog/{path.name}", number, int(found[2]), found[1])
        for path in FAULTS.glob("*.yaml")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        for found in EXPECTED.finditer(line)
    )


def test_every_planted_fault_is_found_once_and_nothing_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = written(tmp_path, {path.name: path.read_bytes() for path in FAULTS.glob("*.yaml")})
    assert run(["validate", "--format", "json", "-p", str(project)]) == 1
    found = json.loads(capsys.readouterr().out)["diagnostics"]
    assert sorted((one["file"], one["line"], one["column"], one["code"]) for one in found) == expected()
    assert len(found) >= 20
    assert len({one["code"] for one in found}) >= 20
