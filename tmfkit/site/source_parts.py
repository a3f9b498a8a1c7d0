"""How the copy of a source file is divided into pages, so that none of them is too heavy for a phone."""

import html
from bisect import bisect_right
from collections.abc import Iterator, Sequence

PART = 60_000
"""Bytes that the lines of one page come to at most, but for a single line that is longer; the frame of the site comes on top."""

_MARKUP = len('<span id="L00000"></span>\n')
_MARKDOWN = str.maketrans({"`": "&#96;", "~": "&#126;", "\t": "&#9;", "\r": ""})


def lines_of(content: bytes) -> list[str]:
    """The lines of a file as editors count them."""
    return content.decode("utf-8-sig", "replace").split("\n")


def shown(line: str) -> str:
    """A line as HTML that no reader of Markdown takes for the beginning of anything."""
    return html.escape(line, quote=False).translate(_MARKDOWN)


def starts(lines: Sequence[str]) -> tuple[int, ...]:
    """The first lines of the pages of a file, counted from one."""
    return tuple(_starts(lines))


def _starts(lines: Sequence[str]) -> Iterator[int]:
    yield 1
    size = 0
    for number, line in enumerate(lines, 1):
        length = len(shown(line).encode()) + _MARKUP
        if size and size + length > PART:
            yield number
            size = 0
        size += length


def part_of(line: int, starts: Sequence[int]) -> int:
    """On which of its pages a line of a file stands, counted from one."""
    return bisect_right(starts, line)
