"""Places in a text, from lines and columns to characters and back."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from tmfkit.source.text import Position, Span

_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")


@dataclass(frozen=True)
class Positions:
    """The decoded text of one file, in which lines are counted as YAML does."""

    text: str

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in _BREAK.finditer(self.text))]

    def index(self, position: Position) -> int:
        """Where a position lies in the text."""
        starts = self._starts
        return starts[position.line - 1] + position.column - 1 if position.line <= len(starts) else len(self.text)

    def slice(self, span: Span) -> str:
        """The text of a span."""
        return self.text[self.index(span.start) : self.index(span.end)]

    def position(self, index: int) -> Position:
        """The line and column of a place in the text."""
        line = bisect_right(self._starts, index)
        return Position(line, index - self._starts[line - 1] + 1)
