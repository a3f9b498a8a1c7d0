"""What the server answers when it does not do what was asked, in the form that TM Forum gives to errors."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.rest import REST


class Fault(Exception):
    """A request that is not carried out: the HTTP status, a short code for programs, the reason in a few words and the facts."""

    def __init__(self, status: HTTPStatus, code: str, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        message = message.encode("utf-8", "replace").decode()
        self.status = status
        self.code = code
        self.message = message
        self.headers = dict(headers or {})


def bad(code: str, message: str) -> Fault:
    """A request that nobody could carry out as it is written."""
    return Fault(HTTPStatus.BAD_REQUEST, code, message)


def missing(what: str) -> Fault:
    """There is nothing at this address."""
    return Fault(HTTPStatus.NOT_FOUND, "notFound", what)


def taken(what: str) -> Fault:
    """What was asked contradicts what is there."""
    return Fault(HTTPStatus.CONFLICT, "conflict", what)


def not_allowed(message: str, *allowed: str) -> Fault:
    """The address is right, the method is not; `allowed` are those that are."""
    return Fault(HTTPStatus.METHOD_NOT_ALLOWED, "methodNotAllowed", message, {"Allow": ", ".join(allowed)})


def body_of(fault: Fault, dialect: Dialect | None) -> dict[str, Any]:
    """The body that tells a fault; `dialect` is None outside the APIs."""
    told = {"code": fault.code, "reason": fault.status.phrase, "message": fault.message, "status": str(fault.status.value)}
    return {"@type": "Error", **told} if dialect and REST[dialect].typed else told
