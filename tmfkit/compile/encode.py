"""Payloads as bytes: the same body gives the same bytes on every machine."""

from hashlib import blake2b
from typing import Any

import orjson

from tmfkit.compile.bundle import Payload

_LONGEST = 200
"""Characters of a file name before `.json`; longer ids end in a hash instead."""


def encoded(content: Any) -> bytes:
    """JSON in UTF-8, two spaces deep, keys in the order of the content, a line feed at the end."""
    return orjson.dumps(content, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def compact(content: Any) -> bytes:
    """JSON in UTF-8 on one line."""
    return orjson.dumps(content)


def embedded(json: bytes) -> Any:
    """JSON that is encoded already, as a part of a larger content."""
    return orjson.Fragment(json)


def file_of(payload: Payload) -> str:
    """Where a payload is written, below the folder of its dialect."""
    return f"{payload.resource}/{file_stem(payload.id)}.json"


def file_stem(id: str) -> str:
    """The id, or as much of it as a file system takes."""
    if len(id) <= _LONGEST:
        return id
    return f"{id[:_LONGEST]}-{blake2b(id.encode(), digest_size=8).hexdigest()}"
