"""The scripted history: a small operator, and twelve changes of its products as they happen in real life."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

HERE = Path(__file__).parent / "history"


@dataclass(frozen=True)
class Step:
    """One change: its number and name, what the pull request is called, and the files that it writes."""

    number: int
    name: str
    title: str
    files: Mapping[str, str]

    def __str__(self) -> str:
        return f"{self.number:02}-{self.name}"


def start() -> dict[str, str]:
    """The files of the operator before everything."""
    folder = HERE / "start"
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*")) if path.is_file()}


@cache
def steps() -> tuple[Step, ...]:
    """The changes in their order."""
    files = start()
    found = []
    for number, row in enumerate(yaml.safe_load((HERE / "steps.yaml").read_text(encoding="utf-8")), 1):
        changed = {}
        for edit in row["edits"]:
            name, old = edit["file"], edit["replace"]
            assert files[name].count(old) == 1, f"{row['name']}: {old!r} stands {files[name].count(old)} times in {name}"
            files[name] = changed[name] = files[name].replace(old, edit["with"])
        found.append(Step(number, row["name"], row["title"], changed))
    return tuple(found)
