"""Places in a text as editors count them, and back: lines end where editors say so, columns are units of the agreed encoding."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import NamedTuple

from tmfkit.edit.positions import Positions
from tmfkit.source.text import Span

_BREAK = re.compile("\r\n|[\n\r]")
_BOM = "\ufeff"


class Encoding(StrEnum):
    """What an editor counts in a line; UTF-16 unless both sides agree on another."""

    UTF_8 = "utf-8"
    UTF_16 = "utf-16"
    UTF_32 = "utf-32"


class Point(NamedTuple):
    """A line and a column, both from 0, as an editor sends them."""

    line: int
    column: int


@dataclass(frozen=True)
class EditorText:
    """The text of one file beside the way an editor counts it. The editor may see a byte order mark that the text does not have."""

    text: str
    encoding: Encoding = Encoding.UTF_16
    marked: bool = False

    @cached_property
    def places(self) -> Positions:
        """The same text with lines as YAML counts them."""
        return Positions(self.text)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in _BREAK.finditer(self.text))]

    def point(self, index: int) -> Point:
        """Where a character of the text stands for the editor; one behind the end is the end."""
        index = min(max(index, 0), len(self.text))
        line = bisect_right(self._starts, index) - 1
        before = self.text[self._starts[line] : index]
        return Point(line, self._units(before) + (self._units(_BOM) if self.marked and line == 0 else 0))

    def index(self, line: int, column: int) -> int:
        """The character at a place of the editor; a column behind the end of a line is its end, as the protocol wants it."""
        if line < 0:
            return 0
        if line >= len(self._starts):
            return len(self.text)
        start = self._starts[line]
        end = self._starts[line + 1] if line + 1 < len(self._starts) else len(self.text)
        content = self.text[start:end].rstrip("\r\n")
        left = column - (self._units(_BOM) if self.marked and line == 0 else 0)
        if content.isascii() or self.encoding is Encoding.UTF_32:
            return start + min(max(left, 0), len(content))
        for offset, sign in enumerate(content):
            if left <= 0:
                return start + offset
            left -= self._units(sign)
        return start + len(content)

    def range(self, span: Span) -> tuple[Point, Point]:
        """A span of the source for the editor; one that is not in the text any more is moved into it."""
        start, end = self.places.index(span.start), self.places.index(span.end)
        return self.point(start), self.point(max(start, end))

    def span(self, file: str, start: int, end: int) -> Span:
        """Two characters of the text as a span of the source."""
        return Span(file, self.places.position(start), self.places.position(end))

    def _units(self, text: str) -> int:
        match self.encoding:
            case Encoding.UTF_32:
                return len(text)
            case Encoding.UTF_16:
                return len(text) if text.isascii() else len(text) + sum(sign > "\uffff" for sign in text)
            case Encoding.UTF_8:
                return len(text.encode("utf-8", "surrogatepass"))


@lru_cache(maxsize=64)
def editor_text(content: bytes, encoding: Encoding = Encoding.UTF_32, *, is_open: bool = False) -> EditorText:
    """The content of a file as an editor counts it; what is not UTF-8 is replaced.

    Editors take the byte order mark of a file on disk for none of its text; one that they send themselves they count.
    """
    text = content.decode("utf-8", "replace")
    return EditorText(text.removeprefix(_BOM), encoding, is_open and text.startswith(_BOM))
