"""Talks to the API of a code host, and says in one line why it does not do what it is asked."""

import json
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from tmfkit.errors import TmfkitError

PATIENCE = 20.0
"""Seconds that a host may keep silent."""

LONGEST_ANSWER = 20_000_000
"""Bytes of an answer that are read."""

PAGE = 100
PAGES = 100
"""Comments on a page, and pages that are looked through: more than any host allows on one change."""

AGAIN = "start the job again: the comment is updated, never doubled"


class Refused(TmfkitError):
    """The host answered, and did not do it; `status` is that of HTTP."""

    def __init__(self, status: int, message: str, hint: str) -> None:
        super().__init__(message, hint)
        self.status = status


class _Careful(HTTPRedirectHandler):
    """Follows a look at something to where it is kept, and nothing that writes; from https only to https."""

    def redirect_request(self, req: Request, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Request | None:
        """None makes the answer an error."""
        plainer = urlsplit(req.full_url).scheme == "https" and urlsplit(newurl).scheme != "https"
        return None if plainer or req.get_method() != "GET" else super().redirect_request(req, fp, code, msg, headers, newurl)


@dataclass(frozen=True)
class Web:
    """The API of a host: what people call it, where it is, and the header that shows the token."""

    host: str
    address: str
    token: tuple[str, str]
    needs: str
    patience: float = PATIENCE

    def get(self, path: str, **query: str | int) -> Any:
        """What JSON the host has there."""
        return self._read(path, self._ask("GET", _with(path, query), None, LONGEST_ANSWER)[0])

    def all(self, path: str, **query: str | int) -> Iterator[Any]:
        """The entries of a list that comes in pages."""
        for page in range(1, PAGES + 1):
            body, links = self._ask("GET", _with(path, {**query, "per_page": PAGE, "page": page}), None, LONGEST_ANSWER)
            entries = self._read(path, body)
            if not isinstance(entries, list):
                raise TmfkitError(f"{self.host} answers {one_line(path)} with something that is no list", AGAIN)
            yield from entries
            if 'rel="next"' not in links:
                return
        raise TmfkitError(f"{self.host} has more entries at {one_line(path)} than are looked through: {PAGE * PAGES:,}")

    def file(self, path: str, most: int) -> bytes:
        """The bytes of a file of at most so many bytes. The token stays with the host where the file is kept elsewhere."""
        return self._ask("GET", path, None, most)[0]

    def send(self, method: str, path: str, body: Mapping[str, object]) -> Any:
        """Writes, once: an answer that is lost is not asked for again."""
        return self._read(path, self._ask(method, path, json.dumps(body).encode(), LONGEST_ANSWER)[0])

    def remove(self, path: str) -> None:
        """Takes away what is there."""
        self._ask("DELETE", path, None, LONGEST_ANSWER)

    def _ask(self, method: str, path: str, body: bytes | None, most: int) -> tuple[bytes, str]:
        """The body of the answer and its links to other pages."""
        request = Request(self.address.rstrip("/") + path, data=body, method=method)
        request.add_header("Accept", "application/json")
        request.add_header("User-Agent", "tmfkit")
        if body is not None:
            request.add_header("Content-Type", "application/json")
        request.add_unredirected_header(*self.token)
        what = f"{method} {one_line(path.partition('?')[0])}"
        try:
            with _opener().open(request, timeout=self.patience) as answer:
                content: bytes = answer.read(most + 1)
                links = answer.headers.get("Link", "")
        except HTTPError as error:
            raise self._refused(what, error) from None
        except TimeoutError:
            raise TmfkitError(f"{self.host} does not answer {what} within {self.patience:g} seconds", AGAIN) from None
        except (OSError, HTTPException) as error:
            raise self._unreachable(what, error) from None
        if len(content) > most:
            raise TmfkitError(f"{self.host} answers {what} with more than {most:,} bytes", "nothing is posted")
        return content, links

    def _refused(self, what: str, error: HTTPError) -> Refused:
        with error:
            said = _said(error)
        message = f"{self.host} refuses {what}: {error.code}{f' {said}' if said else ''}"
        match error.code:
            case 401:
                hint = "the token is unknown there, or too old"
            case 403 | 404:
                hint = f"the token may not do this, or not yet again: {self.needs}"
            case code if code >= 500:
                message, hint = f"{self.host} has a fault of its own at {what}: {code}", AGAIN
            case _:
                hint = AGAIN
        return Refused(error.code, message, hint)

    def _unreachable(self, what: str, error: Exception) -> TmfkitError:
        reason = getattr(error, "reason", error)
        if isinstance(reason, TimeoutError):
            return TmfkitError(f"{self.host} does not answer {what} within {self.patience:g} seconds", AGAIN)
        why = "its certificate is not trusted" if isinstance(reason, ssl.SSLError) else one_line(getattr(reason, "strerror", "") or reason)
        return TmfkitError(f"{self.host} cannot be reached for {what}: {why.lower()}", AGAIN)

    def _read(self, path: str, content: bytes) -> Any:
        try:
            return json.loads(content)
        except ValueError:
            raise TmfkitError(f"{self.host} answers {one_line(path)} with something that is no JSON", AGAIN) from None


def one_line(text: object, most: int = 200) -> str:
    """A text from outside in a line of a log: no control characters, and nothing that a CI server takes for a command."""
    shown = "".join(character if character.isprintable() else " " for character in str(text)).strip()
    shown = shown.replace("::", ": :").replace("##[", "## [")
    return shown if len(shown) <= most else f"{shown[:most]}…"


def address_of(text: str, name: str) -> str:
    """The address of an API as the CI server tells it in the variable `name`."""
    if urlsplit(text).scheme not in ("http", "https") or not urlsplit(text).hostname:
        raise TmfkitError(f"the variable {name} holds no address of an API", "it is set in jobs of the code host; run the command there")
    return text


def _opener() -> OpenerDirector:
    """Web addresses only: no files, no FTP. Proxies as the surroundings say."""
    opener = OpenerDirector()
    for handler in (ProxyHandler(), HTTPHandler(), HTTPSHandler(), HTTPDefaultErrorHandler(), _Careful(), HTTPErrorProcessor()):
        opener.add_handler(handler)
    return opener


def _with(path: str, query: Mapping[str, str | int]) -> str:
    return f"{path}?{urlencode(query)}" if query else path


def _said(error: HTTPError) -> str:
    """What the host says of its reasons, if it does so in the way that both hosts have."""
    try:
        said = json.loads(error.read(10_000))
    except (OSError, HTTPException, ValueError):
        return ""
    return one_line(said.get("message", "")) if isinstance(said, dict) else ""
