"""Carries requests to one address over HTTP: once each, to that host alone, and no longer than the target allows."""

import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import urllib3
from urllib3.exceptions import (
    ConnectTimeoutError,
    DecodeError,
    HTTPError,
    NameResolutionError,
    NewConnectionError,
    ProxyError,
    ReadTimeoutError,
    SSLError,
)

from tmfkit.errors import TmfkitError
from tmfkit.remote.auth import NOBODY, Credentials
from tmfkit.remote.certificates import why_not_trusted
from tmfkit.remote.greeting import NotGreeted
from tmfkit.remote.wire import Doubtful, Endless, Request, Response, Unreached

LARGEST = 50_000_000
"""Bytes of an answer, unpacked; a page of a thousand large items has a few."""

PIECE = 65_536

HERE = frozenset({"localhost", "127.0.0.1", "::1"})
"""Names of this machine."""

SERVED = 8000
"""The port on which the embedded catalog listens unless somebody names another one."""

PATIENCE = 10
"""How many times the target's timeout a whole answer may take: a server may not drip for ever."""


@dataclass(frozen=True)
class Connection:
    """A `Transport` to one address; connections of all APIs of a target share its pool. `timeout` is in seconds."""

    base: str
    pool: urllib3.PoolManager = field(repr=False)
    credentials: Credentials = NOBODY
    timeout: float = 30.0
    largest: int = LARGEST
    clock: Callable[[], float] = time.monotonic

    @property
    def host(self) -> str:
        """The server as people call it: its name, and its port where that is not the usual one."""
        return host_of(self.base)

    def send(self, request: Request) -> Response:
        """The answer, whatever its status; a token that is refused is fetched anew once, because nothing was done then."""
        shown = self.credentials.headers()
        response = self._once(request, {**request.headers, **shown})
        if response.status == 401 and self.credentials.renew(shown):
            return self._once(request, {**request.headers, **self.credentials.headers()})
        return response

    def _once(self, request: Request, headers: dict[str, str]) -> Response:
        try:
            return self._ask(request, headers)
        except HTTPError as error:
            raise self._failure(error) from None

    def _ask(self, request: Request, headers: dict[str, str]) -> Response:
        start = self.clock()
        answer = self.pool.request(
            request.method,
            self.base + request.path,
            body=request.body,
            headers={"user-agent": "tmfkit", "accept-encoding": "gzip", **headers},
            timeout=urllib3.Timeout(connect=self.timeout, read=self.timeout),
            retries=False,
            redirect=False,
            preload_content=False,
        )
        whole = False
        try:
            body = self._body(answer, start)
            whole = True
        finally:
            if whole:
                answer.release_conn()
            else:
                answer.close()
        return Response(answer.status, {name.lower(): value for name, value in answer.headers.items()}, body)

    def _body(self, answer: urllib3.BaseHTTPResponse, start: float) -> bytes:
        """The body, unpacked piece by piece: what a few packed bytes claim to be is looked at before it is believed."""
        body = bytearray()
        while piece := answer.read(PIECE, decode_content=True):
            body += piece
            if len(body) > self.largest:
                raise Endless(
                    f"the answer has more than {self.largest:,} bytes", "no catalog API does so: look at the address of the target"
                )
            if self.clock() - start > PATIENCE * self.timeout:
                raise Doubtful(f"the answer is not whole after {PATIENCE * self.timeout:g} seconds", "raise `timeout` of the target")
        return bytes(body)

    def _failure(self, error: HTTPError) -> TmfkitError:
        look = "look at the address of the target, and whether the server runs"
        match error:
            case NameResolutionError():
                return Unreached(f"no host is called {urlsplit(self.base).hostname}", look)
            case NewConnectionError():
                start = f", or start the embedded catalog with `{serve}`" if (serve := _own_server(self.base)) else ""
                return Unreached(f"the server cannot be reached: {_reason(error)}", look + start)
            case ConnectTimeoutError():
                return Unreached(f"the server cannot be reached within {self.timeout:g} seconds", look)
            case ProxyError():
                return Unreached(
                    f"the proxy does not lead there: {_proxy_reason(error)}", "look at `proxy` of the target, or at HTTPS_PROXY"
                )
            case SSLError():
                return _untrusted(error)
            case ReadTimeoutError():
                return Doubtful(
                    f"no answer came within {self.timeout:g} seconds", "raise `timeout` of the target, or ask what the server does"
                )
            case DecodeError():
                return Doubtful("the answer cannot be unpacked", "something on the way changes answers")
            case _:
                encrypted = "" if self.base.startswith("https:") else "; if the server speaks https, write `https://`"
                return Doubtful("the connection ended before the whole answer was there", f"run it again{encrypted}")


def _untrusted(error: SSLError) -> TmfkitError:
    """Before the greeting is over nothing was asked for; afterwards an answer may be lost, unless the server did not trust us."""
    message, hint = why_not_trusted(error)
    if message or isinstance(error, NotGreeted):
        look = "look at the address of the target: does it speak https, at that port?"
        return Unreached(f"the server is not trusted: {message or 'no encrypted connection comes about'}", hint or look)
    return Doubtful(
        "the encrypted connection broke", "if the server asks for a certificate, name it as `certificate` of the target; else run it again"
    )


def _own_server(address: str) -> str:
    """How the embedded catalog is opened at an address; empty for one of another machine."""
    parts = urlsplit(address)
    if parts.scheme != "http" or parts.hostname not in HERE:
        return ""
    return f"tmfkit serve{f' --port {parts.port or 80}' if parts.port != SERVED else ''}"


def host_of(address: str) -> str:
    """The host of an address, with its port where that is not the usual one."""
    parts = urlsplit(address)
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    name = parts.hostname or ""
    name = f"[{name}]" if ":" in name else name
    return name if parts.port in (None, usual) else f"{name}:{parts.port}"


def _reason(error: BaseException) -> str:
    """Why the system could not connect, in its words."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ConnectionRefusedError):
            return "nothing listens there"
        if isinstance(cause, OSError) and not isinstance(cause, ssl.SSLError | socket.gaierror) and cause.strerror:
            return cause.strerror.lower()
        cause = cause.__cause__ or cause.__context__
    return "the connection does not come about"


def _proxy_reason(error: ProxyError) -> str:
    inner = error.original_error
    if isinstance(inner, NameResolutionError):
        return "no such name is known"
    if "407" in str(inner):
        return "it asks for a user and a password"
    return _reason(inner)
