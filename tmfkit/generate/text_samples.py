"""A text that a pattern allows: what an example of an order writes where people may write anything of a certain form."""

import re

_CLASSES = {"d": "1", "w": "a", "s": " ", "D": "a", "W": "-", "S": "a", "t": "\t", "n": "\n"}
_REPEAT = re.compile(r"\{(\d+)(?:,\d*)?\}\??|[*+?]\??")


def text_like(pattern: str) -> str | None:
    """A short text that a pattern of the language allows as far as it is understood; whoever uses it checks it."""
    try:
        text, rest = _alternatives(pattern)
    except (IndexError, ValueError):
        return None
    return text if not rest else None


def _alternatives(rest: str) -> tuple[str, str]:
    """The text of the first alternative, and what is left of the pattern behind all of them."""
    first: str | None = None
    while True:
        text, rest = _sequence(rest)
        first = text if first is None else first
        if not rest.startswith("|"):
            return first, rest
        rest = rest[1:]


def _sequence(rest: str) -> tuple[str, str]:
    said = ""
    while rest and rest[0] not in "|)":
        text, rest = _atom(rest)
        found = _REPEAT.match(rest)
        if found is not None:
            rest = rest[found.end() :]
            text *= int(found[1]) if found[1] is not None else found[0][0] == "+"
        said += text
    return said, rest


def _atom(rest: str) -> tuple[str, str]:
    sign = rest[0]
    if sign == "(":
        inner = re.sub(r"^\((\?:|\?P?<\w+>)?", "", rest)
        text, rest = _alternatives(inner)
        return text, rest[rest.index(")") + 1 :]
    if sign == "[":
        return _set(rest)
    if sign == "\\":
        if rest[1] == "u":
            return chr(int(rest[2:6], 16)), rest[6:]
        return _CLASSES.get(rest[1], rest[1]), rest[2:]
    return ("" if sign in "^$" else "a" if sign == "." else sign), rest[1:]


def _set(rest: str) -> tuple[str, str]:
    """A sign of a set such as `[A-Z0-9]`: the first one, or for what is left out one that is not named."""
    end = rest.index("]", 2)
    while rest[end - 1] == "\\":
        end = rest.index("]", end + 1)
    body = rest[1:end]
    if body.startswith("^"):
        outside = next(sign for sign in "a1-_ Z" if not re.match(f"[{body[1:]}]", sign))
        return outside, rest[end + 1 :]
    return (_CLASSES.get(body[1], body[1]) if body.startswith("\\") else body[0]), rest[end + 1 :]
