"""Reads what a catalog API answers, and says in one line why an answer is none."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from tmfkit.errors import TmfkitError
from tmfkit.remote.api import Body
from tmfkit.remote.auth import Credentials
from tmfkit.remote.usable import DEEPEST, is_usable
from tmfkit.remote.wire import Busy, Doubtful, Moved, Refused, Response
from tmfkit.remote.wording import is_error, is_page, one_line, said

_LOCK = re.compile(r"lock|concurren|try again|retry|in progress", re.IGNORECASE)
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")
_REDIRECTS = frozenset({300, 301, 302, 303, 305, 307, 308})
_LONGEST_WAIT = 3600.0
_ADDRESS = "look at the address of this API in the target"
_ODD = "no catalog has such an item: ask those who run the server"


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for, in the words of messages: `doing` is as `creating ProductOffering fibre-home`, `size` is in bytes."""

    title: str
    doing: str
    base: str
    credentials: Credentials
    withheld: bool = False
    writes: bool = False
    size: int = 0

    def __str__(self) -> str:
        return f"{self.title}: {self.doing}"


def refusal(asked: Asked, response: Response) -> TmfkitError | None:
    """Why the server did not do it; None where it says that it did."""
    status = response.status
    if status < 300:
        return None
    reason = said(response, asked.credentials.hide).removeprefix(f"{status}: ")
    told = f"{status} {reason}" if reason else str(status)
    if status in _REDIRECTS:
        return _elsewhere(asked, response)
    if status in (401, 403, 407):
        return _unknown_here(asked, status, told)
    if status in (408, 423, 425, 429, 503) or (status == 409 and _is_lock(response, reason)):
        return Busy(status, f"{asked} has to wait: {told}", "run it again later", waiting(response))
    if status == 412:
        return Moved(status, f"{asked} is refused: somebody changed it since it was read", "plan again, and look at what changed")
    if status >= 500 and status != 501:
        message = f"{asked} ends with a fault of the server: {told}"
        return Doubtful(message, "ask those who run it") if asked.writes else Refused(status, message, "ask those who run it")
    return Refused(status, f"{asked} is refused: {told}", _way_out(asked, response))


def body_of(asked: Asked, response: Response) -> Body:
    """The item that is answered; its id is text."""
    body = decoded(asked, response)
    if not isinstance(body, dict):
        raise _strange(asked, "is answered with something that is no item", _ADDRESS)
    if is_error(body):
        reason = said(response, asked.credentials.hide)
        raise Refused(
            response.status, f"{asked} is answered with {response.status}, and yet with an error: {reason}", "ask those who run it"
        )
    return identified(asked, body)


def identified(asked: Asked, body: Any) -> Body:
    """An item with an id; some servers count, and their numbers become text."""
    id = body.get("id") if isinstance(body, dict) else None
    if isinstance(id, int) and not isinstance(id, bool):
        return {**body, "id": str(id)}
    if not isinstance(body, dict) or not isinstance(id, str) or not id:
        raise _strange(asked, "is answered with an item that has no id", "no catalog API does so: " + _ADDRESS)
    return body


def list_of(asked: Asked, response: Response) -> tuple[Body, ...]:
    """The items that are answered."""
    found = decoded(asked, response)
    if isinstance(found, list):
        return tuple(identified(asked, item) for item in found)
    if isinstance(found, dict) and is_error(found):
        body_of(asked, response)
    raise _strange(asked, "is answered with something that is no list", _ADDRESS)


def decoded(asked: Asked, response: Response) -> Any:
    """The JSON of an answer."""
    if is_page(response):
        raise _strange(asked, "is answered with a web page instead of JSON", f"something else stands at {asked.base}: {_ADDRESS}")
    try:
        if _SURROGATE.search(response.body):
            json.dumps(json.loads(response.body), ensure_ascii=False).encode()
        found = json.loads(response.body, parse_constant=_no_number)
    except (ValueError, RecursionError):
        what = "with nothing" if not response.body.strip() else "with something that is no JSON"
        raise _strange(asked, f"is answered {what}", f"something else stands at {asked.base}, or cuts answers short") from None
    if not is_usable(found):
        raise _strange(asked, f"is answered with something that is nested more than {DEEPEST} times, or has a number beyond all use", _ODD)
    return found


def total_of(response: Response) -> int | None:
    """How many items the whole list has, if the server says so."""
    text = response.headers.get("x-total-count", "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else None


def waiting(response: Response) -> float | None:
    """The seconds that the server asks to wait: a number, or a date as its own clock counts; an hour at most."""
    text = response.headers.get("retry-after", "").strip()
    if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,6})?", text):
        return min(float(text), _LONGEST_WAIT)
    until, now = _date(text), _date(response.headers.get("date", ""))
    return None if until is None or now is None else min(max((until - now).total_seconds(), 0.0), _LONGEST_WAIT)


def _date(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _no_number(text: str) -> Any:
    raise ValueError(f"{text} is no number of JSON")


def _strange(asked: Asked, what: str, hint: str) -> TmfkitError:
    """An answer that says nothing: after a write it may have been done all the same."""
    return Doubtful(f"{asked} {what}", hint) if asked.writes else TmfkitError(f"{asked} {what}", hint)


def _elsewhere(asked: Asked, response: Response) -> Refused:
    location = response.headers.get("location", "")
    try:
        parts = urlsplit(location)
        place = f"{parts.scheme}://{parts.hostname}{f':{parts.port}' if parts.port else ''}" if parts.hostname else "another path"
    except ValueError:
        place = "another place"
    message = f"{asked} is sent on to {one_line(asked.credentials.hide(place))} ({response.status}), and tmfkit does not follow"
    return Refused(response.status, message, "if that is the right place, write it as the address of this API in the target")


def _unknown_here(asked: Asked, status: int, told: str) -> Refused:
    if status == 407:
        return Refused(status, f"{asked}: the proxy asks for a user and a password", "name them at `proxy` of the target")
    if asked.withheld:
        hint = "the credentials of this target belong to another host, and are sent nowhere else"
        return Refused(status, f"{asked} is refused: {told}", hint)
    means = asked.credentials.means
    if not means:
        return Refused(status, f"{asked} is refused: {told}", "the server asks who one is: write `auth` of the target")
    if status == 401:
        return Refused(
            status, f"{asked} is refused: {told}", f"the server does not accept {means}: is it that of this server, and still good?"
        )
    return Refused(status, f"{asked} is refused: {told}", f"whom {means} stands for may not do this there")


def _way_out(asked: Asked, response: Response) -> str:
    match response.status:
        case 404:
            return f"there is no such list below {asked.base}: {_ADDRESS}"
        case 413:
            return f"the body has {asked.size:,} bytes, which is more than the server takes: ask for more, or make the item smaller"
        case 406 | 415:
            return "the server takes another form of JSON: look at `profile` of this API in the target; `tmfkit probe` finds out"
        case 405 | 501:
            return f"the server does not offer this: {_ADDRESS}"
        case 409:
            return "something there stands against it: `tmfkit plan` shows what the server has"
        case _:
            return "the reason is the server's own; `tmfkit probe` says whether the `profile` of the target fits it"


def _is_lock(response: Response, reason: str) -> bool:
    """Whether a conflict goes away by waiting: it says when, or speaks of a lock."""
    return "retry-after" in response.headers or _LOCK.search(reason) is not None


def other_item(asked: Asked, id: str) -> TmfkitError:
    """What to say of an answer that is about another item than the one that was asked for."""
    return _strange(
        asked, f"is answered with the item {one_line(id)}", "ids that change between calls name nothing: ask those who run the server"
    )
