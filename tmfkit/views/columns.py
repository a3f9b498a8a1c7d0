"""Text in columns: aligned, and no wider than a page."""

from collections.abc import Iterator, Sequence
from textwrap import wrap

from tmfkit.views.diagnostics_text import printable

WIDTH = 100
"""How many characters a line has at most."""


def columns(rows: Sequence[Sequence[str]], indent: int = 2, width: int = WIDTH, widest: int = 40) -> Iterator[str]:
    """Rows in columns; the last cell of a row goes on below itself where it is too long."""
    if not rows:
        return
    count = max(map(len, rows))
    sizes = [min(widest, max((len(row[at]) for row in rows if at < len(row) - 1), default=0)) for at in range(count - 1)]
    for row in rows:
        yield from _row(list(row), sizes, indent, width)


def _row(row: list[str], sizes: Sequence[int], indent: int, width: int) -> Iterator[str]:
    cells = [printable(cell) for cell in row]
    head = " " * indent + "".join(f"{cell:<{size}}  " for cell, size in zip(cells[:-1], sizes, strict=False))
    room = max(20, width - len(head))
    first, *rest = wrap(cells[-1], room, break_on_hyphens=False) or [""]
    yield (head + first).rstrip()
    yield from (" " * len(head) + line for line in rest)


def shortened(text: str, most: int) -> str:
    """A text cut to so many characters, with a mark that something is missing."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
