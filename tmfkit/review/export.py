"""Writes the files of one state of a project into an empty folder: those that generating reads, and nothing else."""

import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from tmfkit.check.baseline import FILE as BASELINE
from tmfkit.history import State
from tmfkit.project import FILE

CODE = ("generators", "templates")
"""The folders of a project that hold its own generators."""


def export(state: State, target: Path) -> None:
    """Fills `target`: from git's own objects where the state is a revision, else from the folder. Links are not followed."""
    project = state.project.value
    wanted = (project.configuration.catalog, project.configuration.changes, *CODE)
    files = project.revision.everything(lambda path: _is_wanted(path, wanted)) if project.revision else _on_disk(project.root, wanted)
    for path, content in files:
        place = target / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    (target / FILE).touch()


def _is_wanted(path: str, folders: tuple[str, ...]) -> bool:
    parts = PurePosixPath(path).parts
    if any(part in ("..", ".git", "") for part in parts) or path.startswith("/") or "\\" in path:
        return False
    return path in (FILE, BASELINE) or any(PurePosixPath(path).is_relative_to(folder) for folder in folders)


def _on_disk(root: Path, folders: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    for name in (FILE, BASELINE):
        if (root / name).is_file():
            yield name, (root / name).read_bytes()
    for folder in folders:
        for place, below, names in os.walk(root / folder):
            below[:] = sorted(name for name in below if name not in (".git", "__pycache__"))
            for path in (Path(place) / name for name in sorted(names)):
                if path.is_file() and not path.is_symlink():
                    yield path.relative_to(root).as_posix(), path.read_bytes()
