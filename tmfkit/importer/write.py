"""Writes the files of an import: all of them or none, and never over a file that is there unless that is wanted."""

from collections.abc import Mapping
from pathlib import Path

from tmfkit.errors import TmfkitError


def write_all(root: Path, files: Mapping[str, str]) -> None:
    """Writes files below `root`, all or none: every one is written beside its place first, then they are moved."""
    fresh = {root / file: (root / file).with_name(f".{Path(file).name}.new") for file in files}
    stale = {target: target.with_name(f".{target.name}.old") for target in fresh}
    made: list[Path] = []
    moved: list[Path] = []
    try:
        for (target, beside), text in zip(fresh.items(), files.values(), strict=True):
            made += _folders(target.parent)
            beside.write_bytes(text.encode())
        for target, beside in fresh.items():
            if target.exists():
                target.replace(stale[target])
            moved.append(target)
            beside.replace(target)
    except OSError as error:
        _undo(moved, fresh, stale, made)
        raise TmfkitError(f"cannot write {target}: {(error.strerror or str(error)).lower()}", "nothing was imported") from None
    for old in stale.values():
        old.unlink(missing_ok=True)


def _folders(folder: Path) -> list[Path]:
    """Makes a folder with those above it; returns the ones that were not there."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return missing


def _undo(moved: list[Path], fresh: Mapping[Path, Path], stale: Mapping[Path, Path], made: list[Path]) -> None:
    for target in moved:
        target.unlink(missing_ok=True)
        if stale[target].exists():
            stale[target].replace(target)
    for beside in fresh.values():
        if beside.is_file():
            beside.unlink()
    for folder in sorted(made, key=lambda folder: len(folder.parts), reverse=True):
        if folder.exists() and not any(folder.iterdir()):
            folder.rmdir()
