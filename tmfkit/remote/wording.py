"""What a server says of its reasons, in one line that may be shown."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from tmfkit.remote.wire import Response

LONGEST = 200
"""Characters of a server's own words that are shown."""

_WORDS = ("code", "reason", "message", "title", "detail", "error", "error_description", "description")


def one_line(text: object, most: int = LONGEST) -> str:
    """A text from outside in a line of a log: no control characters, and nothing that a CI server takes for a command."""
    shown = " ".join("".join(sign if sign.isprintable() else " " for sign in str(text)).split())
    shown = shown.replace("::", ": :").replace("##[", "## [")
    return shown if len(shown) <= most else f"{shown[:most]}…"


def said(response: Response, hide: Callable[[str], str]) -> str:
    """The reasons in an error body: those of TMF630 (`code`, `reason`, `message`), and those that other frameworks write.

    `hide` takes out what is secret. It sees the whole text, because half a token is none that it would know.
    """
    text = response.body.decode("utf-8", "replace")
    if text.lstrip().startswith(("{", "[")):
        try:
            return one_line(hide(": ".join(_once(_reasons(json.loads(text))))))
        except (ValueError, RecursionError):
            return ""
    return one_line(hide(text)) if response.headers.get("content-type", "").startswith("text/plain") else ""


def _once(reasons: Iterable[str]) -> Iterable[str]:
    """Reasons without those that say an earlier one again, as in `unauthorized: Unauthorized`."""
    found: dict[str, str] = {}
    for reason in reasons:
        found.setdefault(reason.casefold(), reason)
    return found.values()


def is_page(response: Response) -> bool:
    """Whether the body is a web page."""
    return "html" in response.headers.get("content-type", "") or response.body.lstrip()[:1] == b"<"


def is_error(body: Mapping[str, Any]) -> bool:
    """Whether a body speaks of an error, though its status may not; an item of a catalog has an id and none of these."""
    return "id" not in body and bool(("code" in body and ("reason" in body or "message" in body)) or "error" in body or "errors" in body)


def _reasons(found: Any) -> Iterator[str]:
    """A JSON pointer or a list of faults stands wherever a framework puts it: one level is looked at."""
    match found:
        case list():
            yield from (reason for entry in found[:3] for reason in _reasons(entry))
        case dict():
            for word in _WORDS:
                value = found.get(word)
                if isinstance(value, dict | list):
                    yield from _reasons(value)
                elif isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
                    yield str(value).strip()
            yield from _reasons(found.get("errors"))
        case str():
            yield found
