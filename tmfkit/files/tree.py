"""Reads a project's files from a folder on disk; nothing outside of it."""

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

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
