"""What changes in a file, as `diff -u` shows it."""

from collections.abc import Iterator
from difflib import unified_diff

from tmfkit.views.diagnostics_text import printable


def difference(file: str, before: str, after: str) -> str:
    """The lines that change, with three lines around them; empty where nothing does."""
    return "\n".join(_lines(file, before, after))


def _lines(file: str, before: str, after: str) -> Iterator[str]:
    old, new = (text.replace("\r\n", "\n").split("\n") for text in (before, after))
    for line in unified_diff(old, new, f"a/{file}", f"b/{file}", lineterm=""):
        yield printable(line)
