"""A request and its answer as bytes, and what carries them: a network, or a catalog in memory."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from tmfkit.errors import TmfkitError


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked: a method, a path below the base address of the API with its query, headers and a body."""

    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None


@dataclass(frozen=True, slots=True)
class Response:
    """What came back, whole; names of headers are in small letters."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


class Transport(Protocol):
    """What carries requests to one API; several threads may use it at once."""

    def send(self, request: Request) -> Response:
        """The answer of the server, whatever its status.

        Raises `Unreached` when the request certainly did not arrive, `Doubtful` when it may have.
        """
        ...


class Unreached(TmfkitError):
    """The server was not reached: nothing was changed there."""


class Doubtful(TmfkitError):
    """No whole answer came: the server may have done what was asked, or not."""


class Endless(Doubtful):
    """The answer is longer than any that is of use; asking again brings the same."""


class Refused(TmfkitError):
    """The server answered that it does not do it; `status` is that of HTTP."""

    def __init__(self, status: int, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.status = status


class Busy(Refused):
    """The server asks to try again: 429, 503, or a 409 that is a lock; `after` is in seconds where it says so."""

    def __init__(self, status: int, message: str, hint: str = "", after: float | None = None) -> None:
        super().__init__(status, message, hint)
        self.after = after


class Moved(Refused):
    """412: somebody changed the item after it was read."""
