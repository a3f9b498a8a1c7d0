"""Folders on disk: reading a project's files, and writing output that is whole or not there at all."""

import os
import shutil
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from tmfkit.errors import TmfkitError
from tmfkit.source.tree import Unreadable

_YAML = (".yaml", ".yml")


def _at_once(path: str, flags: int) -> int:
    """Opens without waiting: a pipe would wait for somebody to write."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


class FolderTree:
    """The files of a project below `root`; the catalog's are those below `folder`, and below `beside` if that is there.

    Links never lead out of the project.
    """

    def __init__(self, root: Path, folder: str = ".", beside: str = "") -> None:
        self.root = root.resolve()
        self.folder = folder
        self.beside = beside
        self._prefix = os.path.join(self.root, "")
        self._refused: dict[str, str] = {}
        self._plain: set[str] = set()

    def files(self) -> Iterator[str]:
        """The catalog's YAML files and whatever only looks like one, sorted; hidden files and folders are passed over."""
        start = (self.root / self.folder).absolute()
        if not start.is_dir():
            raise TmfkitError(
                f"there is no catalog folder {self.folder}", "name it with `catalog:` in tmfkit.yaml, or run in another folder"
            )
        starts = [start, (self.root / self.beside).absolute()] if self.beside and (self.root / self.beside).is_dir() else [start]
        yield from sorted({file for one in starts for file in self._walk(os.fspath(one), frozenset((os.path.realpath(one),)))})

    def read(self, path: str) -> bytes:
        """The content of one file of the project; raises `Unreadable`."""
        if path in self._refused:
            raise Unreadable(path, self._refused[path])
        full = os.path.join(self.root, path)
        try:
            if path not in self._plain and not self._inside(full):
                raise Unreadable(path, "this link leads out of the project")
            with open(full, "rb", buffering=0, opener=_at_once) as file:
                if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                    raise Unreadable(path, "this is not a regular file")
                return file.read()
        except IsADirectoryError:
            raise Unreadable(path, "this is a folder, not a file") from None
        except FileNotFoundError:
            raise Unreadable(path, "there is no such file") from None
        except OSError as error:
            raise Unreadable(path, (error.strerror or "it cannot be read").lower()) from None

    def _inside(self, full: str) -> bool:
        return Path(os.path.realpath(full)).is_relative_to(self.root)

    def _walk(self, folder: str, above: frozenset[str]) -> Iterator[str]:
        try:
            entries = list(os.scandir(folder))
        except OSError as error:
            yield self._refuse(folder, f"this folder cannot be read: {(error.strerror or '').lower()}")
            return
        for entry in entries:
            if not entry.name.startswith("."):
                yield from self._entry(entry, above)

    def _entry(self, entry: "os.DirEntry[str]", above: frozenset[str]) -> Iterator[str]:
        is_yaml = entry.name.lower().endswith(_YAML)
        if not _is_folder(entry):
            if is_yaml:
                yield self._found(entry)
            return
        if is_yaml:
            yield self._refuse(entry.path, "this is a folder, not a file")
        real = os.path.realpath(entry.path) if entry.is_symlink() else entry.path
        if entry.is_symlink() and real in above:
            yield self._refuse(entry.path, "this link leads back to a folder that it stands in")
        elif entry.is_symlink() and not self._inside(entry.path):
            yield self._refuse(entry.path, "this link leads out of the project")
        else:
            yield from self._walk(entry.path, above | {os.path.realpath(entry.path)})

    def _found(self, entry: "os.DirEntry[str]") -> str:
        name = self._name(entry.path)
        if not entry.is_symlink():
            self._plain.add(name)
        return name

    def _refuse(self, full: str, reason: str) -> str:
        name = self._name(full)
        self._refused[name] = reason
        return name

    def _name(self, full: str) -> str:
        return full.removeprefix(self._prefix).replace(os.sep, "/")


def below(root: Path, files: Sequence[str], chosen: Sequence[Path]) -> list[str]:
    """Those of a project's files that are named, or lie below a folder that is; all of them if nothing is named."""
    if not chosen:
        return list(files)
    places = {file: (root / file).resolve() for file in files}
    kept: set[str] = set()
    for path in chosen:
        found = {file for file, place in places.items() if place.is_relative_to(path.resolve())}
        if not found:
            raise TmfkitError(f"the catalog has no YAML file at {path}", f"name files or folders of the project in {root}")
        kept |= found
    return [file for file in files if file in kept]


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


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
            raise _cannot_write(self.output, error) from None
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
            raise _cannot_write(self.output / name, error) from None

    def join(self, name: str, pieces: Iterable[bytes | Path]) -> None:
        """One file, made of pieces and of the content of other files, which are used up."""
        try:
            with open(self._path(name), "wb") as file:
                for piece in pieces:
                    _append(file, piece)
        except OSError as error:
            raise _cannot_write(self.output / name, error) from None

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
                raise _cannot_write(self.output, error) from None
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


def write_file(target: Path, content: bytes) -> None:
    """Writes one file whole: a reader sees the old content or the new one, never a part. What a file may be used for stays."""
    fresh: Path | None = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = _beside(target)
        fresh.write_bytes(content)
        fresh.replace(target)
    except OSError as error:
        raise _cannot_write(target, error) from None
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


def _clear(folder: Path) -> None:
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(folder)


def _cannot_write(target: Path, error: OSError) -> TmfkitError:
    return TmfkitError(f"cannot write {target}: {(error.strerror or str(error)).lower()}", "nothing that was there before is lost")
