"""The patterns of texts, in the part of JSON Schema's regular expressions (ECMA-262) that every system understands alike.

Patterns come from whoever writes the catalog, so they are matched by an engine whose time grows with the length of the text alone:
there is no looking ahead or behind and no referring back to a group.
"""

import re
from functools import lru_cache
from typing import Protocol

MOST_REPEATS = 1000
"""What `{n}` may count up to."""

_ESCAPED = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_REPEATS = re.compile(r"(?<!\\)\{([0-9]+)(?:,([0-9]*))?\}")

_REFERS_BACK = re.compile(r"(?<!\\)\\[1-9]|\(\?P=|\\k<")


class Pattern(Protocol):
    """A regular expression that is ready for use."""

    def fullmatch(self, text: str) -> object | None:
        """Something if the whole text matches, None if it does not."""


@lru_cache(maxsize=1024)
def pattern(text: str) -> Pattern | str:
    """A regular expression, or why a text is none."""
    import re2  # type: ignore[import-untyped]

    if any(len(number) > 4 or int(number) > MOST_REPEATS for found in _REPEATS.findall(text) for number in found if number):
        return f"it repeats something more than {MOST_REPEATS:,} times"
    options = re2.Options()
    options.log_errors = False
    try:
        made: Pattern = re2.compile(_ESCAPED.sub(_code_point, text), options)
    except re2.error as error:
        return _reason(text, error.args[0])
    return made


def _code_point(found: re.Match[str]) -> str:
    return rf"\x{{{found[1]}}}" if found[1] else found[0]


def _reason(text: str, error: object) -> str:
    if any(sign in text for sign in ("(?=", "(?!", "(?<=", "(?<!")):
        return "it looks ahead or behind, which many systems cannot"
    if _REFERS_BACK.search(text):
        return "it refers back to a group, which many systems cannot"
    return error.decode("utf-8", "replace") if isinstance(error, bytes) else str(error)
