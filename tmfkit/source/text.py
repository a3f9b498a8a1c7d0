"""A place in a file, as editors count it."""

from typing import NamedTuple


class Position(NamedTuple):
    """Line and column, both from 1; columns count characters, not bytes."""

    line: int
    column: int


class Span(NamedTuple):
    """From `start` up to but not including `end`, in one file of the project."""

    file: str
    start: Position
    end: Position

    def __str__(self) -> str:
        return f"{self.file}:{self.start.line}:{self.start.column}"


START = Position(1, 1)


def whole_file(file: str) -> Span:
    """The place of a finding that is about a file as such."""
    return Span(file, START, START)
