"""Texts inside a picture: how wide they are, where they break, and how they are written so that nothing in them is markup."""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from tmfkit.site.markdown import plain

LETTER = 0.56
"""The width of a letter of system fonts as a part of their size; capitals are wider, `i` and `l` narrower."""


@lru_cache(maxsize=8192)
def written(text: str) -> str:
    """A text in an element or an attribute of a picture, safe from HTML and from all extensions of Markdown."""
    return plain(_printable(text)).replace('"', "&quot;")


def _printable(text: str) -> str:
    """Characters that XML does not allow are shown by the sign for what cannot be shown."""
    return "".join(
        letter if letter.isprintable() or letter.isspace() or unicodedata.category(letter) == "Cf" else "\ufffd" for letter in text
    )


def width(text: str, size: float = 13) -> float:
    """About how wide a text is in pixels; wide letters and pictures count twice, marks on letters nothing."""
    return sum(_letters(letter) for letter in text) * LETTER * size


@lru_cache(maxsize=4096)
def _letters(letter: str) -> float:
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Cf", "Me"):
        return 0
    return 1.9 if unicodedata.east_asian_width(letter) in ("W", "F") else 1


@lru_cache(maxsize=8192)
def wrapped(text: str, room: float, lines: int = 2, size: float = 13) -> tuple[str, ...]:
    """A text in at most some lines; what does not fit ends in `…`."""
    found: list[str] = []
    for word in _words(text, room, size):
        if found and width(f"{found[-1]} {word}", size) <= room:
            found[-1] = f"{found[-1]} {word}"
        else:
            found.append(word)
    if len(found) <= lines:
        return tuple(found)
    return (*found[: lines - 1], shortened(" ".join(found[lines - 1 :]), room, size))


def shortened(text: str, room: float, size: float = 13) -> str:
    """A text of one line, cut behind as many letters as fit."""
    if width(text, size) <= room:
        return text
    kept = ""
    for letter in text:
        if width(f"{kept}{letter}…", size) > room:
            break
        kept += letter
    return f"{kept.rstrip()}…"


def _words(text: str, room: float, size: float) -> Iterator[str]:
    """The words of a text, those that are too long for a line in pieces."""
    for word in text.split():
        piece = ""
        for letter in word:
            if piece and width(piece + letter, size) > room:
                yield piece
                piece = ""
            piece += letter
        yield piece
