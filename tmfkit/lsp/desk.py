"""One project on somebody's desk: its open files, the last check, and what the editor was told."""

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from pathlib import Path

from tmfkit.check.baseline import FILE as BASELINE
from tmfkit.diagnostics.model import Diagnostic
from tmfkit.lsp.checker import Checked, Checker
from tmfkit.lsp.snapshot import Buffers
from tmfkit.lsp.text import EditorText, Encoding, editor_text
from tmfkit.project import FILE

_AS_SAVED = frozenset((FILE, BASELINE))
"""Files that count as they were saved: half a setting would change the findings of the whole catalog."""


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file as its editor has it: the address that the editor calls it by, its content, and which version of it that is."""

    address: str
    content: bytes
    version: int | None


@dataclass(frozen=True, slots=True)
class News:
    """What an editor is to be told of a file: all findings in it, of a version of it where it is open."""

    file: str
    version: int | None
    findings: tuple[Diagnostic, ...]


class Desk:
    """The state of one project; `stale` while something has changed that was not checked yet."""

    def __init__(self, root: Path, encoding: Encoding) -> None:
        self.root = root
        self.encoding = encoding
        self.checker = Checker(root)
        self.open: dict[str, OpenFile] = {}
        self.checked: Checked | None = None
        self.stale = True
        self._told: dict[str, News] = {}

    @property
    def buffers(self) -> Buffers:
        """The open files that count as they are in the editor."""
        return {file: one.content for file, one in self.open.items() if file not in _AS_SAVED}

    def file_at(self, path: Path) -> str | None:
        """The name of a file in this project; None for one outside it."""
        for candidate in (path, path.parent.resolve() / path.name):
            if candidate.is_relative_to(self.root):
                return candidate.relative_to(self.root).as_posix()
        return None

    def text(self, file: str) -> EditorText:
        """The text of a file: of an open one as it is in the editor, else as it was last checked."""
        if file in self.open:
            return editor_text(self.open[file].content, self.encoding, is_open=True)
        return editor_text(self.checked.snapshot.content(file) if self.checked else b"", self.encoding)

    def belongs(self, file: str) -> bool:
        """Whether a file is one of the catalog's."""
        return self.checked is not None and file in set(self.checked.snapshot.files())

    def news(self) -> Iterator[News]:
        """What the editor does not know yet. Of a file that was edited meanwhile nothing is said: the next check will."""
        if self.checked is None:
            return
        found: dict[str, list[Diagnostic]] = {file: [] for file in (*self.open, *self._told)}
        for diagnostic in self.checked.diagnostics:
            found.setdefault(diagnostic.primary.file, []).append(diagnostic)
        for file, findings in found.items():
            now = self.open.get(file)
            seen = self.checked.snapshot.buffers.get(file)
            if now is not None and file not in _AS_SAVED and seen != now.content:
                continue
            news = News(file, now.version if now else None, tuple(findings))
            if self._told.get(file) != news:
                self._told[file] = news
                yield news

    def closed(self, file: str) -> None:
        """The editor has closed a file: what it is told next is about the file on disk."""
        self.open.pop(file, None)
        self._told.setdefault(file, News(file, None, ()))

    def tried(self, buffers: Buffers) -> Checked:
        """What a check would say of the project with these files; nothing is remembered."""
        return copy(self.checker).check({**self.buffers, **buffers})
