"""The files of a project at one moment: what editors hold open, and for the rest what is on disk."""

import os
from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeAlias

from tmfkit.files import FolderTree
from tmfkit.source.tree import FileTree, Unreadable

_YAML = (".yaml", ".yml")


class _Seen(NamedTuple):
    """What a file held when it was looked at: its state on disk, and its content or the reason why there is none."""

    state: tuple[int, int, int] | None
    content: bytes | str


Buffers: TypeAlias = Mapping[str, bytes]
"""The content of the files that are open, by their path from the project's folder."""


class Snapshot:
    """A project's files that do not change any more: each is read once, and those that are as before not even that."""

    def __init__(self, folder: FolderTree, buffers: Buffers, before: "Snapshot | None" = None) -> None:
        self.folder = folder
        self.buffers = dict(buffers)
        self._known: dict[str, _Seen] = dict(before.seen) if before else {}
        self.seen: dict[str, _Seen] = {}
        on_disk = list(folder.files())
        self._files = sorted({*on_disk, *(path for path in self.buffers if self._is_new(path))})
        for path in self._files:
            self._look(path)

    def files(self) -> Iterator[str]:
        """The catalog's YAML files, sorted; files that an editor has not saved yet are among them."""
        return iter(self._files)

    def read(self, path: str) -> bytes:
        """The content of one file at the moment of the snapshot; raises `Unreadable`."""
        content = self._look(path).content
        if isinstance(content, str):
            raise Unreadable(path, content)
        return content

    def content(self, path: str) -> bytes:
        """As `read`; nothing for what cannot be read."""
        content = self._look(path).content
        return content if isinstance(content, bytes) else b""

    def changed(self, before: "Snapshot") -> set[str]:
        """The files that are not what they were in an earlier snapshot, those that are gone or new included."""
        gone_or_new = set(self._files) ^ set(before.files())
        return gone_or_new | {path for path, seen in before.seen.items() if self._look(path).content != seen.content}

    def _is_new(self, path: str) -> bool:
        """Whether an open file belongs to the catalog although it is not on disk."""
        for folder in (self.folder.folder, *filter(None, [self.folder.beside])):
            prefix = "" if folder in (".", "") else f"{folder.strip('/')}/"
            hidden = any(part.startswith(".") for part in path.removeprefix(prefix).split("/"))
            if path.startswith(prefix) and path.endswith(_YAML) and not hidden:
                return not (self.folder.root / path).exists()
        return False

    def _look(self, path: str) -> _Seen:
        if path not in self.seen:
            self.seen[path] = self._fresh(path)
        return self.seen[path]

    def _fresh(self, path: str) -> _Seen:
        if path in self.buffers:
            return _Seen(None, self.buffers[path])
        state = _state(self.folder.root / path)
        known = self._known.get(path)
        if known is not None and state is not None and known.state == state:
            return known
        try:
            return _Seen(state, self.folder.read(path))
        except Unreadable as error:
            return _Seen(None, error.reason)


class Reading:
    """A tree that remembers what was read from it, to know what depends on which file."""

    def __init__(self, tree: FileTree) -> None:
        self._tree = tree
        self.paths: set[str] = set()

    def files(self) -> Iterator[str]:
        """The catalog's YAML files."""
        return self._tree.files()

    def read(self, path: str) -> bytes:
        """The content of one file; raises `Unreadable`."""
        self.paths.add(path)
        return self._tree.read(path)


def _state(path: "os.PathLike[str]") -> tuple[int, int, int] | None:
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
