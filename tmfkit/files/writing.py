"""Writes files whole: one, or several of which all are written or none."""

import os
import stat
from collections.abc import Mapping, Sequence
from pathlib import Path

from tmfkit.errors import TmfkitError


def write_file(target: Path, content: bytes) -> None:
    """Writes one file whole: a reader sees the old content or the new one, never a part. What a file may be used for stays."""
    fresh: Path | None = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = _beside(target)
        fresh.write_bytes(content)
        fresh.replace(target)
    except OSError as error:
        raise cannot_write(target, error) from None
    finally:
        if fresh is not None:
            fresh.unlink(missing_ok=True)


def _beside(target: Path) -> Path:
    """A new, empty file beside the target, that nobody else has and nobody could have foreseen; readable for whom the target is."""
    from tempfile import mkstemp

    handle, name = mkstemp(prefix=f".{target.name[:60]}.", suffix=".new", dir=target.parent)
    os.close(handle)
    fresh = Path(name)
    fresh.chmod(stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666 & ~_umask())
    return fresh


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def write_all(root: Path, files: Mapping[str, str], otherwise: str = "nothing was written") -> None:
    """Writes files below `root`, all or none: every one is written beside its place first, then they are moved."""
    fresh: dict[Path, Path] = {}
    stale: dict[Path, Path] = {}
    made: list[Path] = []
    moved: list[Path] = []
    target = root
    try:
        for file, text in files.items():
            target = root / file
            made += _missing(target.parent)
            target.parent.mkdir(parents=True, exist_ok=True)
            fresh[target] = _beside(target)
            fresh[target].write_bytes(text.encode())
            stale[target] = fresh[target].with_suffix(".old")
        for target, beside in fresh.items():
            moved.append(target)
            if target.exists():
                target.replace(stale[target])
            beside.replace(target)
    except BaseException as error:
        _undo(moved, fresh, stale, made)
        if isinstance(error, OSError):
            raise TmfkitError(f"cannot write {target}: {(error.strerror or str(error)).lower()}", otherwise) from None
        raise
    for old in stale.values():
        old.unlink(missing_ok=True)


def _missing(folder: Path) -> list[Path]:
    """Of a folder and those above it, the ones that are not there."""
    return [one for one in (folder, *folder.parents) if not one.exists()]


def _undo(moved: Sequence[Path], fresh: Mapping[Path, Path], stale: Mapping[Path, Path], made: Sequence[Path]) -> None:
    for target in moved:
        if not fresh[target].exists():
            target.unlink(missing_ok=True)
        if stale[target].exists():
            stale[target].replace(target)
    for beside in fresh.values():
        if beside.is_file():
            beside.unlink()
    for folder in sorted(made, key=lambda folder: len(folder.parts), reverse=True):
        if folder.exists() and not any(folder.iterdir()):
            folder.rmdir()


def cannot_write(target: Path, error: OSError) -> TmfkitError:
    """Why something cannot be written; whoever says so has put back what stood there."""
    return TmfkitError(f"cannot write {target}: {(error.strerror or str(error)).lower()}", "nothing that was there before is lost")
