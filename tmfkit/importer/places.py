"""Finds the place in a JSON text where something stands that the import refuses, and says in plain words what is no JSON."""

import re
from collections.abc import Iterator
from json import JSONDecodeError, loads

from tmfkit.source.text import Position

_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\],:]|-?Infinity|NaN|[^\s{}\[\],:"]+', re.DOTALL)
_CONSTANTS = frozenset(("NaN", "Infinity", "-Infinity"))
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|.)", re.DOTALL)

_WORDS = {
    "Expecting value": "a value is due here",
    "Expecting property name enclosed in double quotes": "a key in double quotes is due here",
    "Expecting ':' delimiter": "a `:` is due here, between a key and its value",
    "Expecting ',' delimiter": "a `,` or the end of the list or object is due here",
    "Illegal trailing comma before end of object": "a `,` stands before the end of the object",
    "Illegal trailing comma before end of array": "a `,` stands before the end of the list",
    "Extra data": "more follows after the end of the payload; several payloads of one file stand in a list",
    "Invalid control character at": "a text holds a line feed, a tab or another control character; write it as `\\n`, `\\t` or `\\u0007`",
    "Invalid \\escape": "a `\\` begins something that is no escape; write a backslash as `\\\\`",
    "Invalid \\uXXXX escape": "four hexadecimal digits are due after `\\u`",
    "Unterminated string starting at": "the text that begins here has no closing quote",
}


def reason_of(error: JSONDecodeError, text: str) -> str:
    """Why a text is no JSON, in words for people."""
    if error.pos >= len(text.rstrip()):
        return "it ends in the middle of a value"
    return _WORDS.get(error.msg.partition(": ")[0].strip(), "this stands where JSON has nothing like it")


def position(text: str, offset: int) -> Position:
    """The line and column of a character."""
    return Position(text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


def constant_in(text: str) -> tuple[str, Position]:
    """The first `NaN` or `Infinity` outside texts."""
    token = next(token for token in _TOKEN.finditer(text) if token[0] in _CONSTANTS)
    return token[0], position(text, token.start())


def level_in(text: str, deepest: int) -> Position:
    """Where the first object or list begins that is too deep."""
    depth = 0
    for token in _TOKEN.finditer(text):
        depth += (token[0] in ("{", "[")) - (token[0] in ("}", "]"))
        if depth > deepest:
            return position(text, token.start())
    return Position(1, 1)


def repeated_in(text: str) -> tuple[str, Position, Position]:
    """The first key that stands twice in one object: its name, where it stands again, and where it stood."""
    open_objects: list[dict[str, int] | None] = []
    before, last = "", None
    for token in _TOKEN.finditer(text):
        match token[0]:
            case "{":
                open_objects.append({})
            case "[":
                open_objects.append(None)
            case "}" | "]":
                open_objects.pop()
            case ":" if last is not None and before.startswith('"') and open_objects and (seen := open_objects[-1]) is not None:
                name = loads(before, strict=False)
                if name in seen:
                    return name, position(text, last), position(text, seen[name])
                seen[name] = last
        before, last = token[0], token.start()
    return "", Position(1, 1), Position(1, 1)


def half_in(text: str) -> Position:
    """Where the first escape stands that is half of a character."""
    for token in _TOKEN.finditer(text):
        for offset in _halves(token[0]) if token[0].startswith('"') else ():
            return position(text, token.start() + offset)
    return Position(1, 1)


def items_of(text: str) -> Iterator[Position]:
    """Where the items of a list begin that is the whole text."""
    depth, is_due = 0, False
    for token in _TOKEN.finditer(text):
        if is_due and token[0] != "]":
            yield position(text, token.start())
        opened, closed = token[0] in ("{", "["), token[0] in ("}", "]")
        is_due = (depth == 0 and opened) or (depth == 1 and token[0] == ",")
        depth += opened - closed


def _halves(text: str) -> Iterator[int]:
    high: int | None = None
    end = 0
    for escape in _ESCAPE.finditer(text):
        code = int(escape[1], 16) if escape[1] else 0
        if 0xDC00 <= code <= 0xDFFF and high is not None and end == escape.start():
            high = None
            continue
        if high is not None:
            break
        if 0xDC00 <= code <= 0xDFFF:
            yield escape.start()
            return
        if 0xD800 <= code <= 0xDBFF:
            high, end = escape.start(), escape.end()
    if high is not None:
        yield high
