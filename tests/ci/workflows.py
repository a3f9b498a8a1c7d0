"""Runs the steps of workflows and pipelines as their servers do: in bash, with what a step gets in its variables, and nothing installed."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.architecture.sources import ROOT

EXPRESSION = re.compile(r"\$\{\{(.*?)\}\}", re.DOTALL)


@dataclass(frozen=True)
class Step:
    """A step of a workflow: where it stands, and what it says."""

    file: str
    said: Mapping[str, Any]

    @property
    def run(self) -> str:
        return str(self.said.get("run", ""))


def steps_of(file: str, document: Any) -> Iterator[Step]:
    """The steps of a workflow or of an action."""
    jobs = document["jobs"].values() if "jobs" in document else [document["runs"]]
    return (Step(file, step) for job in jobs for step in job["steps"])


def read(path: Path) -> Any:
    """A YAML file with `on` as the text that it is in these files."""
    return yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)


def tools(folder: Path) -> Path:
    """A folder with `tmfkit` as it is here, and a `python` that installs nothing and lists what it should have."""
    folder.mkdir(parents=True)
    here = shlex.quote(sys.executable)
    command = f'PYTHONPATH={shlex.quote(str(ROOT))} PYTHONWARNINGS=error exec {here} -m tmfkit "$@"'
    python = (
        f'if [ "$1 $2" = "-m pip" ]; then printf "%s\\n" "$*" >> {shlex.quote(str(folder / "installed"))}; exit; fi\n'
        f'if [ "$1 $2" = "-m venv" ]; then mkdir -p "$3/bin"; cp {shlex.quote(str(folder))}/* "$3/bin/"; exit; fi\n'
        f'exec {here} "$@"'
    )
    for name, text in {"tmfkit": command, "python": python}.items():
        (folder / name).write_text(f"#!/bin/bash\n{text}\n", encoding="utf-8")
        (folder / name).chmod(0o755)
    return folder


def bash(script: str, folder: Path, tools: Path, variables: Mapping[str, str]) -> "subprocess.CompletedProcess[str]":
    """Runs a script as GitHub's `shell: bash` does."""
    surroundings = {"PATH": f"{tools}:{os.environ['PATH']}", "LANG": "C.UTF-8", "NO_PROXY": "*", "HOME": str(tools), **variables}
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    return subprocess.run(command, cwd=folder, env=surroundings, capture_output=True, text=True, check=False, timeout=120)


def filled(text: str, values: Mapping[str, str]) -> str:
    """A text with the values of its expressions; one that is not listed is a mistake of the test."""
    return EXPRESSION.sub(lambda found: values[found[1].strip()], text)
