"""Where the text of a project comes from: a folder, a git revision, or memory."""

from collections.abc import Iterator, Mapping
from typing import Protocol


class Unreadable(Exception):
    """A file that is listed but cannot be read; `reason` says why in the operator's words."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class FileTree(Protocol):
    """Files by their path from the project's folder, with `/` between the parts on every system."""

    def files(self) -> Iterator[str]:
        """The catalog's YAML files, sorted."""
        ...

    def read(self, path: str) -> bytes:
        """The content of one file; raises `Unreadable`."""
        ...


class MemoryTree:
    """A project in memory: what tests and comparisons of texts use."""

    def __init__(self, contents: Mapping[str, str | bytes]) -> None:
        self._contents = {path: text.encode() if isinstance(text, str) else text for path, text in contents.items()}

    def files(self) -> Iterator[str]:
        """The YAML files, sorted."""
        return iter(sorted(path for path in self._contents if path.endswith((".yaml", ".yml"))))

    def read(self, path: str) -> bytes:
        """The content of one file; raises `Unreadable`."""
        if path not in self._contents:
            raise Unreadable(path, "there is no such file")
        return self._contents[path]


class EditedTree:
    """The files of another tree, some of them with another content that is written nowhere yet."""

    def __init__(self, tree: FileTree, contents: Mapping[str, bytes]) -> None:
        self._tree = tree
        self._contents = contents

    def files(self) -> Iterator[str]:
        """The files of the other tree."""
        return self._tree.files()

    def read(self, path: str) -> bytes:
        """The content of one file; raises `Unreadable`."""
        return self._contents[path] if path in self._contents else self._tree.read(path)


def text_in(tree: FileTree, path: str) -> str:
    """The text of one file for looking things up in it; empty where it cannot be read."""
    try:
        return tree.read(path).decode("utf-8-sig", "replace")
    except Unreadable:
        return ""
