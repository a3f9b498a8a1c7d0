"""Makes output beside its place and moves it there when it is whole, or leaves all as it was."""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from tmfkit.errors import TmfkitError
from tmfkit.files.writing import cannot_write


class Staging:
    """Output that is made in a folder beside its place and moved there when it is whole; until then nothing changes.

    Forked processes may write into it at once, each its own files.
    """

    def __init__(self, output: Path) -> None:
        """`output` is the folder whose entries are going to be replaced; what it holds besides stays."""
        self.output = output
        self.folder = output / ".new"
        self._made: set[str] = set()
        self._retired: list[str] = []
        self._lock: int | None = None

    def __enter__(self) -> "Staging":
        try:
            self.output.mkdir(parents=True, exist_ok=True)
            self._lock = _locked(self.output)
            _clear(self.folder)
            self.folder.mkdir()
        except OSError as error:
            raise cannot_write(self.output, error) from None
        return self

    def __exit__(self, *error: object) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        if self._lock is not None:
            os.close(self._lock)

    def write(self, name: str, *pieces: bytes) -> None:
        """One file, made of pieces."""
        try:
            with open(self._path(name), "wb") as file:
                file.writelines(pieces)
        except OSError as error:
            raise cannot_write(self.output / name, error) from None

    def join(self, name: str, pieces: Iterable[bytes | Path]) -> None:
        """One file, made of pieces and of the content of other files, which are used up."""
        try:
            with open(self._path(name), "wb") as file:
                for piece in pieces:
                    _append(file, piece)
        except OSError as error:
            raise cannot_write(self.output / name, error) from None

    def retire(self, name: str) -> None:
        """An entry of the output that is going to be gone."""
        self._retired.append(name)

    def commit_unless(self, failed: bool) -> None:
        """Moves everything into its place, or leaves all as it was."""
        if not failed:
            self.commit()

    def commit(self) -> None:
        """Moves every entry into its place, but for hidden ones; what stood there before is removed last, or put back if a move fails."""
        entries = sorted(path for path in self.folder.iterdir() if not path.name.startswith("."))
        for entry in entries:
            _refuse_foreign(self.output / entry.name, entry)
        stale = self.output / ".old"
        moved: list[tuple[Path, Path]] = []
        try:
            _clear(stale)
            stale.mkdir()
            for entry in entries:
                target = self.output / entry.name
                if target.exists() or target.is_symlink():
                    _move(target, stale / entry.name, moved)
                _move(entry, target, moved)
            for name in self._retired:
                _move(self.output / name, stale / name, moved)
        except BaseException as error:
            for source, target in reversed(moved):
                target.rename(source)
            if isinstance(error, OSError):
                raise cannot_write(self.output, error) from None
            raise
        _clear(stale)

    def _path(self, name: str) -> str:
        parent = os.path.dirname(name)
        if parent not in self._made:
            (self.folder / parent).mkdir(parents=True, exist_ok=True)
            self._made.add(parent)
        return os.path.join(self.folder, name)


def _locked(folder: Path) -> int | None:
    """Takes a folder for this process alone; the system lets go of it when the process ends, however it ends."""
    try:
        import fcntl
    except ImportError:  # not on this system
        return None
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise TmfkitError(f"another tmfkit is writing into {folder}", "wait until it has ended, or name another `build` folder") from None
    return handle


def _refuse_foreign(target: Path, fresh: Path) -> None:
    """What tmfkit did not make is never replaced: folders that it makes have an index, and it never makes a file where a folder stood."""
    foreign_folder = target.is_dir() and not (target / "index.json").is_file() and any(target.iterdir())
    if foreign_folder or (target.exists() and target.is_dir() != fresh.is_dir()):
        raise TmfkitError(
            f"{target} holds something that tmfkit did not make", "move it away, or name another `build` folder in tmfkit.yaml"
        )


def _move(source: Path, target: Path, moved: list[tuple[Path, Path]]) -> None:
    source.rename(target)
    moved.append((source, target))


def _append(file: BinaryIO, piece: bytes | Path) -> None:
    if isinstance(piece, bytes):
        file.write(piece)
        return
    with open(piece, "rb") as part:
        shutil.copyfileobj(part, file, 1 << 20)
    piece.unlink()


def _clear(folder: Path) -> None:
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(folder)
