"""Single values of the settings of catalog servers: addresses, times, names of variables and of files."""

import re
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import WithJsonSchema

from tmfkit.model.problems import NotUnderstood, as_text, read_by, short

MOST_AT_ONCE = 64
"""Requests that a target may be asked to take at the same time."""

_SECONDS = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,3})?) ?(ms|s|min)?")
_FACTORS = {"ms": 0.001, "s": 1.0, "min": 60.0, None: 1.0}
_SHORTEST, _LONGEST = 0.1, 3600.0
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")
_TAKEN = frozenset({"accept", "accept-encoding", "connection", "content-length", "content-type", "host", "if-match", "transfer-encoding"})


def address(raw: Any) -> str:
    """The address of an API or a server, with a slash at its end; it holds no user, no query and no fragment."""
    text = as_text(raw, "an address")
    as_in = "write it as in `https://catalog.example/productCatalog/`"
    if "@" in text:
        raise NotUnderstood(
            "this address holds a user name or an `@`", "secrets stand in no address: name their place under `auth` of the target"
        )
    try:
        parts = urlsplit(text)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        raise NotUnderstood(f"`{short(text)}` is no address of a server", as_in) from None
    if not sound or not text.isascii() or any(sign <= " " or sign in '<>"\\^`{|}\x7f' for sign in text):
        raise NotUnderstood(f"`{short(text)}` is no address of a server", as_in)
    if "?" in text or "#" in text:
        raise NotUnderstood(f"`{short(text.partition('?')[0].partition('#')[0])}` is followed by a query or a fragment", "leave it out")
    return text if text.endswith("/") else f"{text}/"


def _seconds(raw: Any) -> float:
    text = as_text(raw, "a time in seconds")
    found = _SECONDS.fullmatch(text)
    seconds = float(found[1]) * _FACTORS[found[2]] if found else 0.0
    if not _SHORTEST <= seconds <= _LONGEST:
        raise NotUnderstood(f"`{short(text)}` is no time to wait", "write it as in `30 s`; it is at least 100 ms and at most 60 min")
    return seconds


def _at_once(raw: Any) -> int:
    text = as_text(raw, "a number of requests")
    if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= MOST_AT_ONCE):
        raise NotUnderstood(f"`{short(text)}` is no number of requests at the same time", f"it is between 1 and {MOST_AT_ONCE}")
    return int(text)


def _header(raw: Any) -> str:
    name = as_text(raw, "the name of a header")
    if not _HEADER.fullmatch(name) or name.lower() in _TAKEN:
        raise NotUnderstood(f"`{short(name)}` is no header for a key", "write it as in `X-API-Key`")
    return name


def _variable(raw: Any) -> str:
    name = as_text(raw, "the name of an environment variable")
    if not _VARIABLE.fullmatch(name):
        raise NotUnderstood("this is no name of an environment variable", "write the name, not the secret: as in `{env: TMFKIT_TOKEN}`")
    return name


def _file(raw: Any) -> str:
    name = as_text(raw, "the path of a file")
    if not name or "\0" in name:
        raise NotUnderstood("the path of a file is expected here", "it is relative to the project")
    return name


Address = Annotated[str, read_by(address), WithJsonSchema({"type": "string", "pattern": "^https?://[^@?#]+$"})]
Seconds = Annotated[float, read_by(_seconds), WithJsonSchema({"type": ["string", "number"], "examples": ["30 s"]})]
AtOnce = Annotated[int, read_by(_at_once), WithJsonSchema({"type": "integer", "minimum": 1, "maximum": MOST_AT_ONCE})]
HeaderName = Annotated[str, read_by(_header), WithJsonSchema({"type": "string", "examples": ["X-API-Key"]})]
Variable = Annotated[str, read_by(_variable), WithJsonSchema({"type": "string", "examples": ["TMFKIT_TOKEN"]})]
FilePath = Annotated[str, read_by(_file), WithJsonSchema({"type": "string"})]
