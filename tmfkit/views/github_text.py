"""Markdown as GitHub and GitLab show it in comments: texts of the catalog as they are, tables, and a length that is never exceeded."""

import html
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from tmfkit.views.columns import shortened
from tmfkit.views.diagnostics_text import printable

MOST = 65_000
"""Bytes of a comment. GitHub takes 65,536 characters: the rest is for whoever marks the comment as its own."""

LONGEST = 160
"""Characters of a text of the catalog that are shown."""

FEWEST_CUTS = (60, 30, 15, 8, 4, 2, 1, 0)
"""How many rows of each block are shown, tried in this order until everything fits."""

_SIGNS = re.compile(r"[\\`*_\[\]|~#$]")
_HIDDEN = "\u200b"
_REACHING = re.compile(r"(?<=[@#!%&~^])(?=\w)|(?<=:)(?=//)|(?<=\bwww)(?=\.)|(?<=\bGH-)(?=\d)", re.IGNORECASE)
"""Where a text would call somebody, name an issue or become a link: a sign without width goes between."""

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*")


def plain(text: object) -> str:
    """A text of the catalog inside a line or a cell: nothing in it is a tag, a link, a mention, a table or a type."""
    shown = shortened(" ".join(printable(str(text)).split()), LONGEST)
    apart = _REACHING.sub(_HIDDEN, shown)
    return _SIGNS.sub(_escaped, html.escape(apart, quote=False))


def _escaped(found: re.Match[str]) -> str:
    return "<span>$</span>" if found[0] == "$" else f"\\{found[0]}"


def bold(text: object) -> str:
    """A name of the catalog that stands out."""
    return f"**{plain(text)}**" if str(text).strip() else ""


def code(text: object) -> str:
    """An id, a path or a value in the type of code."""
    return f"`{text}`" if _ID.fullmatch(str(text)) else f"<code>{plain(text)}</code>"


def some(words: Sequence[str], most: int = 6, between: str = "") -> str:
    """The first of several words that are Markdown already, and how many there are besides."""
    sign = between or ("; " if any("," in word for word in words) else ", ")
    return sign.join(words[:most]) + (f" and {len(words) - most:,} more" if len(words) > most else "")


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that stay together, and rows of which only the first ones may be shown; `rest` says how many are not."""

    head: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    rest: Callable[[int], str] = lambda number: f"- … and {number:,} more"
    foot: tuple[str, ...] = ()

    def lines(self, most: int) -> Iterator[str]:
        """The block with at most so many rows; without its head where there is nothing below it."""
        yield from self.head
        yield from self.rows[:most]
        if len(self.rows) > most:
            yield self.rest(len(self.rows) - most)
        yield from self.foot


def table(head: Sequence[str], rows: Iterable[Sequence[str]], right: frozenset[int] = frozenset()) -> Block:
    """A table whose cells are Markdown already; `right` are the columns of numbers."""
    rule = "| " + " | ".join("---:" if index in right else "---" for index in range(len(head))) + " |"
    lines = tuple("| " + " | ".join(cell or " " for cell in row) + " |" for row in rows)
    return Block(("| " + " | ".join(head) + " |", rule), lines, lambda number: f"| … and {number:,} more |" + " |" * (len(head) - 1))


def fitted(blocks: Sequence[Block], most: int = MOST) -> str:
    """The blocks as one text that is no longer than so many bytes: the more there is, the fewer rows of each block are shown."""
    for rows in FEWEST_CUTS:
        text = _text(blocks, rows)
        if len(text.encode()) <= most:
            return text
    return _first(blocks, most)


def _first(blocks: Sequence[Block], most: int) -> str:
    """As many blocks as fit, without their rows: what is left where there are more headings than there is room."""
    shown, room = list[Block](), most - len(_LEFT.format(len(blocks)).encode()) - 3
    for block in blocks:
        room -= len(_text([block], 0).encode()) + 1
        if room < 0:
            break
        shown.append(block)
    return _text([*shown, Block((_LEFT.format(len(blocks) - len(shown)),))], 0)


_LEFT = "… and {:,} more parts of which there is no room to speak"


def _text(blocks: Sequence[Block], rows: int) -> str:
    return "\n\n".join("\n".join(block.lines(rows)) for block in blocks) + "\n"
