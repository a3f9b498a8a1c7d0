"""Finds the comments of a YAML text that speak to tmfkit; what looks like one inside a text of the catalog is none."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from yaml import YAMLError
from yaml._yaml import CParser
from yaml.tokens import ScalarToken, StreamEndToken

from tmfkit.source.text import Position, Span

MARK = "tmfkit:"
"""A file without this word has no such comment and is not looked at."""

_COMMENT = re.compile("#[^\r\n\x85\u2028\u2029]*")
_HEADER = re.compile(r"[|>][-+0-9]*[ \t]*")
_SPOKEN = re.compile(rf"#\s*{MARK}\s*((?:(?!\s#\s*{MARK}).)*)")
_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Comment:
    """What a comment says to tmfkit, where it stands, and the lines that it is about: its own, and if it is alone there the next one."""

    text: str
    span: Span
    lines: tuple[int, ...]


def comments(file: str, text: str) -> Iterator[Comment]:
    """The comments of a text that begin with `tmfkit:`; in a text that is not YAML, those before the fault."""
    if MARK not in text:
        return
    lines = _BREAK.split(text)
    starts = [0, *(found.end() for found in _BREAK.finditer(text))]
    row = 0
    for start, end in _gaps(text):
        for found in _COMMENT.finditer(text, start, end):
            while row + 1 < len(starts) and starts[row + 1] <= found.start():
                row += 1
            for spoken in _SPOKEN.finditer(found[0]):
                column = found.start() + spoken.start() - starts[row] + 1
                span = Span(file, Position(row + 1, column), Position(row + 1, column + len(spoken[0].rstrip())))
                yield Comment(spoken[1].strip(), span, _about(lines, row))


def _gaps(text: str) -> Iterator[tuple[int, int]]:
    """Where only blanks and comments can be: between the tokens, and behind the header of a block of text."""
    end = 0
    try:
        following: Callable[[], Any] = CParser(text).get_token
        while not isinstance(token := following(), StreamEndToken):
            start = token.start_mark.index
            if start > end:
                yield end, start
            if isinstance(token, ScalarToken) and (header := _HEADER.match(text, start)) and not token.plain:
                line_end = _BREAK.search(text, header.end())
                yield header.end(), line_end.start() if line_end else len(text)
            end = max(end, token.end_mark.index)
    except YAMLError:
        return
    yield end, len(text)


def _about(lines: list[str], row: int) -> tuple[int, ...]:
    """The numbers (from 1) of the lines that a comment in this row (from 0) is about."""
    if not lines[row].lstrip().startswith("#"):
        return (row + 1,)
    following = (number for number in range(row + 1, len(lines)) if not _is_passed_over(lines[number]))
    return (row + 1, *(number + 1 for number in [next(following, row)] if number != row))


def _is_passed_over(line: str) -> bool:
    return line.strip() in ("", "---") or line.lstrip().startswith("#")
