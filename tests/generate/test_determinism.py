"""The same catalog gives the same bytes, however its files are ordered, however many processes work, and whatever Python hashes."""

import os
import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest
import yaml

from tests.architecture.sources import ROOT
from tests.generate.projects import everything


def made(folder: Path, **environment: str) -> dict[str, bytes]:
    """What a process of its own generates for a project."""
    command = [sys.executable, "-m", "tmfkit", "generate", "--project", str(folder), "--output", str(folder / "out")]
    known = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=known)
    assert done.returncode == 0, done.stdout + done.stderr
    return everything(folder / "out")


def copied(folder: Path) -> Path:
    """The example operator with a copy of its files alone."""
    for name in ("catalog", "generators", "templates"):
        copytree(ROOT / name, folder / name)
    (folder / "tmfkit.yaml").write_bytes((ROOT / "tmfkit.yaml").read_bytes())
    return folder


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What one process generates for the example operator."""
    return made(copied(tmp_path_factory.mktemp("one")), TMFKIT_JOBS="1", PYTHONHASHSEED="0")


def test_processes_and_hashes_make_no_difference(expected: dict[str, bytes], tmp_path: Path) -> None:
    assert made(copied(tmp_path), TMFKIT_JOBS="4", PYTHONHASHSEED="4711") == expected


def test_the_order_of_files_and_documents_makes_no_difference(expected: dict[str, bytes], tmp_path: Path) -> None:
    folder = copied(tmp_path)
    shuffled(folder / "catalog")
    found = made(folder, TMFKIT_JOBS="2", PYTHONHASHSEED="1")
    assert sorted(found) == sorted(expected)
    lines = ("losses.json", "losses.md")  # they name files and lines, which did change
    assert {name: text for name, text in found.items() if name not in lines} == {
        name: text for name, text in expected.items() if name not in lines
    }


def shuffled(catalog: Path) -> None:
    """The documents of every folder in one file, backwards, under a name that sorts otherwise."""
    for number, path in enumerate(sorted(catalog.rglob("*.yaml"), reverse=True)):
        documents = [text for text in path.read_text().split("\n---\n") if yaml.safe_load(text) is not None]
        (path.parent / f"{number:03}-{path.name}").write_text("\n---\n".join(reversed(documents)) + "\n")
        path.unlink()
