"""Payloads as bytes: the same body gives the same bytes on every machine."""

import json
from hashlib import blake2b
from math import isfinite
from typing import Any

import orjson

from tmfkit.compile.bundle import Payload

_LONGEST = 200
"""Characters of a file name before `.json`; longer ids end in a hash instead."""


def encoded(content: Any) -> bytes:
    """JSON in UTF-8, two spaces deep, keys in the order of the content, a line feed at the end."""
    try:
        return orjson.dumps(content, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    except TypeError:
        return _exactly(content, indent=2) + b"\n"


def compact(content: Any) -> bytes:
    """JSON in UTF-8 on one line."""
    try:
        return orjson.dumps(content)
    except TypeError:
        return _exactly(content, separators=(",", ":"))


def _exactly(content: Any, **layout: Any) -> bytes:
    """What orjson refuses: `extra` may hold whole numbers beyond 64 bits, and those are to stay what they are."""
    return json.dumps(_told(content), ensure_ascii=False, allow_nan=False, **layout).encode()


def _told(content: Any) -> Any:
    """The content with null for what is no number, as orjson writes it."""
    match content:
        case dict():
            return {name: _told(value) for name, value in content.items()}
        case list() | tuple():
            return [_told(value) for value in content]
        case float() if not isfinite(content):
            return None
        case _:
            return content


def embedded(encoded: bytes) -> Any:
    """JSON that is encoded already, as a part of a larger content."""
    return orjson.Fragment(encoded)


def file_of(payload: Payload) -> str:
    """Where a payload is written, below the folder of its dialect."""
    return f"{payload.resource}/{file_stem(payload.id)}.json"


def file_stem(id: str) -> str:
    """The id, or as much of it as a file system takes."""
    if len(id) <= _LONGEST:
        return id
    return f"{id[:_LONGEST]}-{blake2b(id.encode(), digest_size=8).hexdigest()}"
