"""Small projects with generators of their own, and what `tmfkit generate` does in them."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.catalogs import written
from tmfkit.cli.app import run

SYSTEM = "kind: System\nid: desk\nname: Desk\nrole: manual\ngenerator: cards\n"
SERVICE = "kind: ResourceFacingServiceSpecification\nid: visit\nname: Visit\ncontroller: desk\n"
HEAD = '"""Cards."""\n\nfrom tmfkit.api import *\n\n'
GOOD = HEAD + 'def generate(context):\n    yield Artifact("card.txt", "hello\\n")\n'
SETTINGS = 'release: {name: "7", date: 2026-11-23}\n'


def project(
    folder: Path,
    generators: Mapping[str, str] | str,
    system: str = SYSTEM,
    templates: Mapping[str, str] | None = None,
    more: Mapping[str, str] | None = None,
) -> Path:
    """A project with a system and a service; a single text is the generator `cards`."""
    written(folder, {"systems.yaml": system, "services.yaml": SERVICE, **(more or {})}, SETTINGS)
    modules = {"cards.py": generators} if isinstance(generators, str) else generators
    for room, files in (("generators", modules), ("templates", templates or {})):
        for name, text in files.items():
            path = folder / room / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return folder


def said(capsys: pytest.CaptureFixture[str], folder: Path, *arguments: str) -> tuple[int, str, str]:
    """The exit code of `tmfkit generate`, what it prints, and what it complains about."""
    capsys.readouterr()
    code = run(["generate", "--project", str(folder), *arguments])
    shown = capsys.readouterr()
    assert "Traceback" not in shown.out + shown.err
    return code, shown.out, shown.err


def findings(capsys: pytest.CaptureFixture[str], folder: Path) -> tuple[int, list[dict[str, Any]]]:
    """The exit code, and the findings as data."""
    code, out, _ = said(capsys, folder, "--format", "json")
    found: list[dict[str, Any]] = json.loads(out)["diagnostics"]
    return code, found


def everything(folder: Path) -> dict[str, bytes]:
    """All files below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def body_of(*lines: str) -> str:
    """A generator that does this."""
    return HEAD + "def generate(context):\n" + "".join(f"    {line}\n" for line in lines)
