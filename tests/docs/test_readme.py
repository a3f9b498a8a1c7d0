"""The tour of the README works when it is pasted: its commands run in a copy of the checkout and print what it shows."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, project_files
from tests.docs.blocks import Block, blocks_of

README = list(blocks_of("README.md", (ROOT / "README.md").read_text(encoding="utf-8")))


def tour() -> Iterator[tuple[Block, str | None]]:
    """Every block of commands but those that set up a machine, each with the output that is shown behind it."""
    for block, following in pairwise([*README, Block("README.md", 0, "", (), "")]):
        if block.language == "sh" and "setup" not in block.marks:
            yield block, following.text if following.language == "text" else None


def test_the_tour_runs_as_it_is_written(tmp_path: Path) -> None:
    for path in project_files():
        copy = tmp_path / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
    for block, shown in tour():
        done = pasted(block, tmp_path)
        assert done.returncode == exit_code(block), f"{block}: ends with {done.returncode}\n{done.stdout}{done.stderr}"
        if shown is not None:
            assert matches(shown, done.stdout), f"{block}: prints\n{done.stdout}"


def pasted(block: Block, folder: Path) -> subprocess.CompletedProcess[str]:
    """The commands of a block, run by a shell that finds tmfkit where `make demo` puts it."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("TMFKIT_")}
    command = ["sh", "-eu", "-c", block.text]
    return subprocess.run(command, cwd=folder, env=surroundings | {"PATH": path}, capture_output=True, text=True, check=False, timeout=120)


def exit_code(block: Block) -> int:
    """Zero, or the number of the mark `exits-1`."""
    return next((int(mark.removeprefix("exits-")) for mark in block.marks if mark.startswith("exits-")), 0)


def matches(shown: str, printed: str) -> bool:
    """Whether a text was printed as it is shown; a line `...` stands for any lines, `...` in a line for any characters."""
    lines = [r"(?:.*\n)*?" if line.strip() == "..." else re.escape(line).replace(r"\.\.\.", ".*") + "\n" for line in stripped(shown)]
    return re.fullmatch("".join(lines), "".join(f"{line}\n" for line in stripped(printed))) is not None


def stripped(text: str) -> list[str]:
    """The lines of a text without blanks at their ends and without empty lines around it."""
    return [line.rstrip() for line in text.strip("\n").splitlines()]


@pytest.mark.parametrize(
    ("shown", "printed", "expected"),
    [
        ("a\nb\n", "a\nb\n", True),
        ("a\n", "a\nb\n", False),
        ("a\n...\n", "a\nb\nc\n", True),
        ("a\n...\nc\n", "a\nc\n", True),
        ("a\n...\nc\n", "a\nb\nc\nd\n", False),
        ("... entities: fine\n", "174 entities: fine\n", True),
        ("... entities: fine\n", "174 entities: bad\n", False),
        ("a.b\n", "axb\n", False),
        ("", "", True),
    ],
)
def test_what_is_shown_is_compared_line_by_line(shown: str, printed: str, expected: bool) -> None:
    assert matches(shown, printed) is expected


def test_the_tour_has_steps_with_and_without_output() -> None:
    steps = list(tour())
    assert len(steps) >= 6
    assert any(shown is None for _, shown in steps)
    assert sum(shown is not None for _, shown in steps) >= 4
