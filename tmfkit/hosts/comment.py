"""One comment on a change, found again by its hidden marker and by who wrote it, and updated in place."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from tmfkit.hosts.web import Web


@dataclass(frozen=True)
class Thread:
    """The comments on one change: where they are listed, where one of them is, and with which verb it is replaced."""

    web: Web
    path: str
    comment: str
    replace: str


def put(thread: Thread, body: str, marker: str, is_own: Callable[[Any], bool]) -> tuple[str, Any]:
    """Updates the comment that is our own, or writes the first one; returns what was done and the comment as it stands.

    Somebody else's comment stays as it is, whatever it begins with.
    """
    found = _first(thread.web.all(thread.path), marker, is_own)
    if found is None:
        return "written", thread.web.send("POST", thread.path, {"body": body})
    if found.get("body") == body:
        return "up to date already", found
    return "updated", thread.web.send(thread.replace, f"{thread.comment}/{int(found['id'])}", {"body": body})


def _first(comments: Iterable[Any], marker: str, is_own: Callable[[Any], bool]) -> Any:
    for comment in comments:
        body = comment.get("body") if isinstance(comment, dict) else None
        if isinstance(body, str) and body.replace("\r\n", "\n").startswith(marker) and is_own(comment):
            return comment
    return None


def at(value: Any, *keys: str) -> Any:
    """What stands under keys in the JSON of a host; None where it is not there."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value
