"""The files of a project as they stand in one revision: what a folder on disk would show if it were checked out."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from os import fsdecode
from posixpath import normpath
from typing import NamedTuple

from tmfkit.errors import TmfkitError
from tmfkit.source.tree import Unreadable
from tmfkit.vcs.plumbing import Plumbing

_YAML = (".yaml", ".yml")
_FOLDER, _LINK, _SUBMODULE = "040000", "120000", "160000"
_POINTER = b"version https://git-lfs.github.com/spec/"

LINKS = 40
"""How many links one path may go through; systems allow about as many."""

OUTSIDE = "this link leads out of the project"
SUBMODULE = "this is a submodule: its files stand in a repository of their own"


class Entry(NamedTuple):
    """What stands under a name: a file, a folder, a link or a submodule, and the id of its content."""

    mode: str
    object: str


_NOTHING = Entry("", "")

Entries = Mapping[str, Entry]


class RevisionTree:
    """The files of a project in one revision; the catalog's are those below `folder`, and below `beside`.

    Links never lead out of the project.
    """

    def __init__(self, git: Plumbing, entries: Entries, folder: str = ".", beside: str = "") -> None:
        """`entries` are all files and folders of the project by their path from its folder."""
        self._git = git
        self._entries = entries
        self._refused: dict[str, str] = {}
        self.folder = normpath(folder)
        self.beside = normpath(beside) if beside else ""

    def within(self, folder: str, beside: str = "") -> "RevisionTree":
        """The same files, with the catalog in other folders."""
        return RevisionTree(self._git, self._entries, folder, beside)

    def everything(self, wanted: Callable[[str], bool]) -> Iterator[tuple[str, bytes]]:
        """The regular files of the project that somebody wants, with their content; links and submodules are passed over."""
        for path, entry in sorted(self._entries.items()):
            content = self._git.content(entry.object) if entry.mode.startswith("100") and wanted(path) else None
            if content is not None:
                yield path, content

    def has(self, path: str) -> bool:
        """Whether a file stands there, readable or not."""
        try:
            self._entry(path, self._real(path))
        except Unreadable:
            return False
        return True

    def files(self) -> Iterator[str]:
        """The catalog's YAML files and whatever only looks like one, sorted; hidden ones are passed over, no folder has none."""
        yield from sorted({file for folder in (self.folder, self.beside) if folder for file in self._below_folder(folder)})

    def _below_folder(self, folder: str) -> Iterator[str]:
        try:
            start = self._real(folder)
        except Unreadable:
            return
        yield from self._walk("" if folder == "." else f"{folder}/", start, frozenset((start,)))

    def read(self, path: str) -> bytes:
        """The content of one file of the project; raises `Unreadable`."""
        if path in self._refused:
            raise Unreadable(path, self._refused[path])
        entry = self._entry(path, self._real(path))
        content = self._git.content(entry.object)
        if content is None:
            raise _absent(path)
        if content.startswith(_POINTER):
            raise Unreadable(path, "its content is kept in Git LFS; the revision holds only a pointer to it")
        return content

    def _entry(self, path: str, real: str) -> Entry:
        entry = self._entries.get(real)
        if entry is None:
            raise Unreadable(path, "this is a folder, not a file" if real in self._children else "there is no such file")
        if entry.mode == _FOLDER:
            raise Unreadable(path, "this is a folder, not a file")
        if entry.mode == _SUBMODULE:
            raise Unreadable(path, SUBMODULE)
        return entry

    def _real(self, path: str) -> str:
        """The path without links in it; the project's own folder is the empty one. Raises `Unreadable`."""
        entry = self._entries.get(path)
        if entry and entry.mode != _LINK:
            return path
        waiting, done, followed = path.split("/")[::-1], list[str](), 0
        while waiting:
            part = waiting.pop()
            if part in ("", "."):
                continue
            if part == "..":
                if not done:
                    raise Unreadable(path, OUTSIDE)
                done.pop()
                continue
            done.append(part)
            entry = self._entries.get("/".join(done))
            if entry and entry.mode == _LINK:
                followed += 1
                waiting += self._target(path, entry, followed)[::-1]
                done.pop()
        return "/".join(done)

    def _target(self, path: str, link: Entry, followed: int) -> list[str]:
        if followed > LINKS:
            raise Unreadable(path, "too many levels of symbolic links")
        content = self._git.content(link.object)
        if content is None:
            raise _absent(path)
        target = fsdecode(content)
        if target.startswith("/"):
            raise Unreadable(path, OUTSIDE)
        return target.split("/")

    @cached_property
    def _children(self) -> Mapping[str, list[str]]:
        children: dict[str, list[str]] = defaultdict(list)
        for path in self._entries:
            parent, _, name = path.rpartition("/")
            children[parent].append(name)
        return children

    def _walk(self, shown: str, real: str, above: frozenset[str]) -> Iterator[str]:
        for name in self._children.get(real, ()):
            if not name.startswith("."):
                yield from self._found(f"{shown}{name}", f"{real}/{name}" if real else name, above)

    def _found(self, shown: str, real: str, above: frozenset[str]) -> Iterator[str]:
        mode = self._entries[real].mode
        is_yaml = shown.lower().endswith(_YAML)
        if mode == _SUBMODULE:
            yield self._refuse(shown, SUBMODULE)
        elif mode == _FOLDER or self._is_linked_folder(shown, real):
            if is_yaml:
                yield self._refuse(shown, "this is a folder, not a file")
            yield from self._below(shown, real, above)
        elif is_yaml:
            yield shown

    def _is_linked_folder(self, shown: str, real: str) -> bool:
        """Whether this is a link to a folder; what leads nowhere, or out of the project, cannot be told from a file."""
        if self._entries[real].mode != _LINK:
            return False
        try:
            target = self._real(real)
        except Unreadable:
            return False
        return target == "" or self._entries.get(target, _NOTHING).mode == _FOLDER

    def _below(self, shown: str, real: str, above: frozenset[str]) -> Iterator[str]:
        there = self._real(real)
        if there != real and there in above:
            yield self._refuse(shown, "this link leads back to a folder that it stands in")
        else:
            yield from self._walk(f"{shown}/", there, above | {there})

    def _refuse(self, path: str, reason: str) -> str:
        self._refused[path] = reason
        return path


def entries_of(git: Plumbing, commit: str, prefix: str) -> Entries:
    """Everything below a folder of a commit, by its path from there; `prefix` ends with a slash, or is empty for all of it."""
    below = ("--", prefix) if prefix else ()
    answer = git.ask("--literal-pathspecs", "ls-tree", "-r", "-t", "-z", "--full-tree", commit, *below)
    if answer.status:
        raise TmfkitError(f"git cannot list the files of {commit[:12]}", _COMPLETE)
    start = len(prefix)
    rows = (row.partition("\t") for row in fsdecode(answer.output).split("\0") if row)
    return {path[start:]: Entry(head[:6], head.split(" ")[2]) for head, _, path in rows if path.startswith(prefix)}


_COMPLETE = "clone without `--filter`, or run `git fetch --refetch --no-filter`; `git fsck` tells whether the repository is sound"


def _absent(path: str) -> TmfkitError:
    return TmfkitError(f"the content of {path} at that revision is not in this clone", _COMPLETE)
