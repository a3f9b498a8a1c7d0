"""Writes entities as people write YAML: block style, short things on one line, quotes only where they are needed."""

import json
import re
from collections.abc import Iterable, Iterator

from tmfkit.source.document import Data

WIDEST = 110
"""Columns up to which a mapping or list stays on one line."""

MOST_ON_A_LINE = 6
"""Entries up to which a mapping stays on one line."""

_PLAIN = re.compile(r"[^\W_][\w ./@+()%–—’·€°&=^~$;!?'\"-]*(:[\w/.][\w ./@+()%–—’·€°&=^~$;!?'\"-]*)*")
_UNSAFE_IN_FLOW = re.compile(r"\?")
_NULLS = frozenset(("null", "Null", "NULL"))
_TEXTS = frozenset(("version", "code", "external", "glAccount", "chargeCode", "productNumber", "partNumber", "sku", "model"))
_NUMBER = re.compile(r"[\d.]+")
_ESCAPED = re.compile("[\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff\u200b-\u200f\u202a-\u202e\u2060-\u206f]")
_LONGEST_KEY = 120


def as_yaml(entities: Iterable[dict[str, Data]]) -> str:
    """Documents in the order given, `---` between them."""
    return "---\n".join("".join(f"{line}\n" for line in _mapping(entity, 0)) for entity in entities)


def _mapping(data: dict[str, Data], depth: int) -> Iterator[str]:
    margin = "  " * depth
    for key, value in data.items():
        yield from _entry(f"{margin}{scalar(key)}:", key, value, depth)


def _entry(start: str, key: str, value: Data, depth: int) -> Iterator[str]:
    if len(start) > _LONGEST_KEY:
        margin = "  " * depth
        start = f"{margin}? {start.strip()[:-1]}\n{margin}:"
    short = _one_line(value, key)
    if short is not None and (not value or not isinstance(value, dict | list) or len(start) + 1 + len(short) <= WIDEST):
        yield f"{start} {short}"
    elif isinstance(value, dict):
        yield start
        yield from _mapping(value, depth + 1)
    elif isinstance(value, list):
        yield start
        yield from _list(value, depth + 1)


def _list(items: list[Data], depth: int) -> Iterator[str]:
    margin = "  " * depth
    for item in items:
        short = _one_line(item, "")
        if short is not None and (not item or not isinstance(item, dict | list) or len(margin) + 2 + len(short) <= WIDEST):
            yield f"{margin}- {short}"
        elif isinstance(item, dict):
            lines = list(_mapping(item, depth + 1))
            yield f"{margin}- {lines[0].removeprefix(f'{margin}  ')}"
            yield from lines[1:]
        elif isinstance(item, list):
            yield f"{margin}-"
            yield from _list(item, depth + 1)


def _one_line(value: Data, key: str) -> str | None:
    """A value on one line; None for a mapping or list that reads better on several."""
    if isinstance(value, dict):
        return _flow(value) if not value or (_is_short(value) and _is_flat(value)) else None
    if isinstance(value, list):
        return _flow(value) if all(not isinstance(item, dict | list) for item in value) else None
    return scalar(value, key)


def _is_short(value: dict[str, Data]) -> bool:
    return len(value) <= MOST_ON_A_LINE and all(len(key) <= _LONGEST_KEY for key in value)


def _is_flat(value: dict[str, Data]) -> bool:
    """Whether a mapping holds only scalars and lists and mappings of a few of them."""
    return all(_is_small(inner) for inner in value.values())


def _is_small(value: Data) -> bool:
    if isinstance(value, dict):
        return len(value) <= 3 and not any(isinstance(item, dict | list) for item in value.values())
    return not isinstance(value, list) or not any(isinstance(item, dict | list) for item in value)


def _flow(value: Data, key: str = "") -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_in_flow(name, '')}: {_flow(inner, name)}" for name, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    return _in_flow(value, key)


def _in_flow(value: Data, key: str) -> str:
    text = scalar(value, key)
    return _quoted(text) if text[:1] not in ('"', "'") and value is not None and _UNSAFE_IN_FLOW.search(text) else text


def scalar(value: Data, key: str = "") -> str:
    """A scalar, in quotes where YAML or other readers of it would take it for something else."""
    if value is None:
        return "null"
    assert isinstance(value, str)
    is_number = key in _TEXTS and _NUMBER.fullmatch(value) is not None
    if _PLAIN.fullmatch(value) and value not in _NULLS and not is_number and not value.endswith((" ", ":")) and _is_printable(value):
        return value
    return _quoted(value)


def _is_printable(text: str) -> bool:
    return _ESCAPED.search(text) is None and text.isprintable()


def _quoted(text: str) -> str:
    """Single quotes around a text with double ones in it; else double quotes, with JSON's escapes and those for what no editor shows."""
    if '"' in text and "'" not in text and "\\" not in text and _is_printable(text):
        return f"'{text}'"
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))
