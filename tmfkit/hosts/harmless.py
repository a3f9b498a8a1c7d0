"""Looks through a comment that comes from a change of strangers: whatever tmfkit itself never writes is not posted.

Whoever proposes a change can make the check of that change write anything. A comment in the name of the repository must neither call
people, nor lead them elsewhere, nor give orders to robots.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping

_TAGS = r"/?(?:br|code|span|details|summary)>"
_FILLED_IN = r"wh[oy] [a-z ]+>"
"""What an acceptance still lacks, as in `<who decides it>`."""

_BARE = r"(?<!\\)(?:\\\\)*"
"""Before a sign: it is not escaped."""

FORBIDDEN: Mapping[str, re.Pattern[str]] = {
    "a mention of somebody": re.compile(r"@\w"),
    "an address": re.compile(r":\\?/\\?/|(?<![\w`./-])www\.", re.IGNORECASE),
    "a link or a picture": re.compile(rf"{_BARE}\][(:\[]"),
    "a tag": re.compile(rf"<(?!{_TAGS}|{_FILLED_IN})[A-Za-z/!?]"),
    "a disguised sign": re.compile(r"&(?!(?:amp|lt|gt|quot);)#?\w+;"),
    "a reference to another change": re.compile(r"(?<!&)[#!]\d"),
    "an order to a robot": re.compile(r"^\s*/\w", re.MULTILINE),
}
"""What a comment may not hold, and how it is recognised. The views of tmfkit escape each of these."""

_INVISIBLE = frozenset(("Cc", "Cf", "Cs", "Co"))
_ALLOWED = frozenset("\n\u200b")


def faults(text: str) -> list[str]:
    """Why a comment may not be posted, with the lines concerned; none where it may."""
    return [*_found(text), *_hidden(text)]


def _found(text: str) -> Iterator[str]:
    for what, pattern in FORBIDDEN.items():
        if found := pattern.search(text):
            yield f"line {_line(text, found.end())} has {what}"


def _hidden(text: str) -> Iterator[str]:
    for place, character in enumerate(text):
        if character not in _ALLOWED and unicodedata.category(character) in _INVISIBLE:
            yield f"line {_line(text, place)} has a character that nobody sees"
            return


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1
