"""Folders on disk: reading a project's files, and writing output that is whole or not there at all."""

import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from tmfkit.errors import TmfkitError
from tmfkit.source.tree import Unreadable

_YAML = (".yaml", ".yml")


class FolderTree:
    """The files of a project below `root`; the catalog's are those below `folder`. Links never lead out of the project."""

    def __init__(self, root: Path, folder: str = ".") -> None:
        self.root = root.resolve()
        self.folder = folder
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
        yield from sorted(self._walk(os.fspath(start), frozenset((os.path.realpath(start),))))

    def read(self, path: str) -> bytes:
        """The content of one file of the project; raises `Unreadable`."""
        if path in self._refused:
            raise Unreadable(path, self._refused[path])
        full = os.path.join(self.root, path)
        try:
            if path not in self._plain and not self._inside(full):
                raise Unreadable(path, "this link leads out of the project")
            with open(full, "rb") as file:
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
        is_yaml = entry.name.endswith(_YAML)
        if not entry.is_dir():
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


def replace_folder(target: Path, contents: Iterable[tuple[str, bytes]]) -> int:
    """Makes `target` hold exactly these files, all at once: on any failure it stays as it was. Returns their number."""
    fresh, stale = target.with_name(f".{target.name}.new"), target.with_name(f".{target.name}.old")
    try:
        _clear(fresh)
        count = _write_all(fresh, contents)
        _clear(stale)
        if target.exists():
            target.rename(stale)
        fresh.rename(target)
        _clear(stale)
    except OSError as error:
        _clear(fresh)
        raise _cannot_write(target, error) from None
    return count


def write_file(target: Path, content: bytes) -> None:
    """Writes one file whole: a reader sees the old content or the new one, never a part."""
    fresh = target.with_name(f".{target.name}.new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(content)
        fresh.replace(target)
    except OSError as error:
        raise _cannot_write(target, error) from None


def _write_all(folder: Path, contents: Iterable[tuple[str, bytes]]) -> int:
    made: set[str] = set()
    count = 0
    folder.mkdir(parents=True)
    for name, content in contents:
        parent = os.path.dirname(name)
        if parent not in made:
            (folder / parent).mkdir(parents=True, exist_ok=True)
            made.add(parent)
        with open(os.path.join(folder, name), "wb") as file:
            file.write(content)
        count += 1
    return count


def _clear(folder: Path) -> None:
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(folder)


def _cannot_write(target: Path, error: OSError) -> TmfkitError:
    return TmfkitError(f"cannot write {target}: {(error.strerror or str(error)).lower()}", "nothing that was there before is lost")
