"""JSON as the server takes it: one value, whole, without anything that two programs would read in two ways."""

import json
import math
from collections.abc import Sequence
from typing import Any, NoReturn

import orjson

from tmfkit.compile.encode import compact
from tmfkit.serve.errors import bad

_CODE = "invalidBody"
_DIGITS = 300
"""The most digits of a whole number: about as many as the largest fraction has."""
_EXACTLY = " "
"""What stands before a text with numbers that the quick reader would round."""


def parsed(body: bytes, depth: int) -> Any:
    """The value of a body in UTF-8; `depth` is how far mappings and lists may stand in each other."""
    if not body.strip():
        raise bad(_CODE, "the body is empty")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        raise bad(_CODE, "the body is not UTF-8") from None
    try:
        value = json.loads(text, object_pairs_hook=_mapping, parse_constant=_constant, parse_float=_fraction, parse_int=_whole)
    except json.JSONDecodeError as error:
        raise bad(_CODE, f"the body is not JSON: line {error.lineno}, column {error.colno}: {error.msg.lower()}") from None
    except RecursionError:
        raise _too_deep(depth) from None
    check(value, depth)
    return value


def text_of(value: Any) -> str:
    """A value as the database keeps it; `value_of` makes the same of it again."""
    try:
        return orjson.dumps(value).decode()
    except TypeError:
        return _EXACTLY + compact(value).decode()


def value_of(text: str) -> Any:
    """The value that `text_of` wrote."""
    return json.loads(text) if text.startswith(_EXACTLY) else orjson.loads(text)


def alike(one: Any, other: Any) -> bool:
    """Whether two values say the same: 1 and 1.0 do, 1 and true do not, and the order of attributes says nothing."""
    match one, other:
        case (bool(), _) | (_, bool()):
            return one is other
        case dict(), dict():
            return one.keys() == other.keys() and all(alike(value, other[name]) for name, value in one.items())
        case list(), list():
            return len(one) == len(other) and all(map(alike, one, other))
        case _:
            return bool(one == other)


def check(value: Any, depth: int) -> None:
    """Refuses what is nested too deeply, and characters that not every database keeps."""
    level = [value]
    for _ in range(depth + 1):
        if not level:
            return
        level = [inner for outer in level for inner in _inside(outer)]
    raise _too_deep(depth)


def _inside(value: Any) -> Sequence[Any]:
    match value:
        case dict():
            for name in value:
                _keepable(name)
            return tuple(value.values())
        case list():
            return value
        case str():
            _keepable(value)
    return ()


def _keepable(text: str) -> None:
    if "\0" in text:
        raise bad(_CODE, "a text has the character U+0000, which is kept nowhere")
    if not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text):
        raise bad(_CODE, "a text has half a character (a surrogate)")


def _mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        twice = next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
        raise bad(_CODE, f"the body says `{_short(twice)}` twice in one place")
    return found


def _constant(word: str) -> NoReturn:
    raise bad(_CODE, f"`{word}` is no number of JSON")


def _fraction(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise bad(_CODE, f"the number {_short(text)} is too large")
    return number


def _whole(text: str) -> int:
    if len(text) > _DIGITS:
        raise bad(_CODE, f"the number {_short(text)} is too large")
    return int(text)


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"


def _too_deep(depth: int) -> Exception:
    return bad(_CODE, f"the body is nested more than {depth} levels deep")
