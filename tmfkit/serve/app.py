"""The server as an ASGI application: requests become calls, operations run beside the event loop, answers become JSON."""

import asyncio
import logging
from functools import partial
from http import HTTPStatus
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from anyio import CapacityLimiter, to_thread
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from tmfkit.compile.encode import compact
from tmfkit.serve.database import is_to_blame, why
from tmfkit.serve.errors import Fault, bad, body_of, missing, not_allowed
from tmfkit.serve.exchange import Answer, Call
from tmfkit.serve.guards import check_host, check_origin, check_token
from tmfkit.serve.operations import media_type
from tmfkit.serve.routes import Operation, Way, ways
from tmfkit.serve.service import Service
from tmfkit.serve.settings import Limits
from tmfkit.serve.shapes import too_large
from tmfkit.serve.store import THREADS, WRITERS
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.versions import APIS

LOG = logging.getLogger("tmfkit.serve")
READS = ("GET", "HEAD", "OPTIONS")
MOST_PARAMETERS = 200
_STOPPING = Fault(
    HTTPStatus.SERVICE_UNAVAILABLE, "stopping", "the server stops: see whether this was carried out, and try again", {"Retry-After": "5"}
)


def application(service: Service) -> ASGIApp:
    """The server; whoever runs it opens and closes the database."""
    threads = _Threads(CapacityLimiter(THREADS - WRITERS), CapacityLimiter(WRITERS))
    table = [Route(path, _Endpoint(service, way, threads)) for way in ways() for path in _paths(way)]
    app = Starlette(routes=table)
    app.router.redirect_slashes = False
    app.router.default = _Nowhere()
    return _Guarded(app, service)


def _paths(way: Way) -> tuple[str, ...]:
    """A slash behind a list changes nothing: many clients write one, and not all can be sent on to another address.

    Where everything can be removed at once there is none, since it may stand in front of an id that somebody forgot.
    """
    if way.path.endswith("{id}"):
        return (way.path.replace("{id}", "{id:path}"),)
    return (way.path,) if way.path.endswith("/") or "DELETE" in way.does else (way.path, f"{way.path}/")


class _Threads(NamedTuple):
    """Who writes may have to wait for others who do; those who read have threads of their own."""

    reading: CapacityLimiter
    writing: CapacityLimiter


class _Guarded:
    """Lets a request pass that comes under the right name, with the right token, and changes nothing where nothing may change."""

    def __init__(self, app: ASGIApp, service: Service) -> None:
        self._app, self._settings = app, service.settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        try:
            self._check(request)
        except Fault as fault:
            await _response(_told(fault, _dialect_of(request.url.path)))(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _check(self, request: Request) -> None:
        writes = request.method not in READS
        check_host(self._settings, request.headers.get("host", ""))
        check_token(self._settings, request.headers.get("authorization", ""), writes=writes)
        if writes:
            check_origin(self._settings, request.headers.get("origin", ""))
        if writes and self._settings.read_only:
            raise not_allowed(self._settings.read_only, "GET", "HEAD")


class _Nowhere:
    """Answers where no address is."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = Request(scope).url.path
        await _response(_told(missing("there is nothing at this address"), _dialect_of(path)))(scope, receive, send)


class _Endpoint:
    """One address of the table."""

    def __init__(self, service: Service, way: Way, threads: _Threads) -> None:
        self._service, self._way, self._threads = service, way, threads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            response = await self._response(Request(scope, receive))
        except ClientDisconnect:
            return
        except asyncio.CancelledError:  # only the end of the server does this
            response = _response(_told(_STOPPING, self._way.dialect))
        except Fault as fault:
            response = _response(_told(fault, self._way.dialect))
        await response(scope, receive, send)

    async def _response(self, request: Request) -> Response:
        method = "GET" if request.method == "HEAD" else request.method
        operation = self._way.does.get(method)
        if operation is None:
            offered = [one for one in self._way.allowed if one in READS or not self._service.settings.read_only]
            raise not_allowed("this cannot be done at this address", *offered)
        call = await _call(request, method, self._way, self._service.settings.limits)
        limiter = self._threads.reading if method in READS else self._threads.writing
        return await to_thread.run_sync(partial(self._carried_out, operation, call), limiter=limiter)

    def _carried_out(self, operation: Operation, call: Call) -> Response:
        """Long answers are written here too, beside the event loop, which has others to serve."""
        try:
            return _response(operation(self._service, call))
        except Fault:
            raise
        except Exception as error:
            if not is_to_blame(error):
                raise self._bug(call, error) from None
            LOG.warning("%s %s: the database cannot do it: %s", call.method, self._way.path, why(error))
            raise Fault(HTTPStatus.SERVICE_UNAVAILABLE, "busy", "the database does not answer: try again", {"Retry-After": "1"}) from None

    def _bug(self, call: Call, error: Exception) -> Fault:
        LOG.error("%s %s: this is a bug in tmfkit: %s", call.method, self._way.path, _in_a_line(error))
        return Fault(HTTPStatus.INTERNAL_SERVER_ERROR, "bug", "the server has a bug; what you sent was not carried out")


async def _call(request: Request, method: str, way: Way, limits: Limits) -> Call:
    taken = way.takes.get(method)
    headers = dict(request.headers.items())
    call = Call(method, way.dialect, way.resource, request.path_params.get("id", ""), _parameters(request), headers)
    if "\0" in call.id or (way.path.endswith("{id}") and not call.id):
        raise missing("there is nothing at this address")
    if taken is None:
        return call
    _check_type(call, taken)
    body = await _body(request, limits)
    return Call(method, way.dialect, way.resource, call.id, call.parameters, headers, body)


def _parameters(request: Request) -> tuple[tuple[str, str], ...]:
    try:
        pairs = parse_qsl(request.url.query, keep_blank_values=True, max_num_fields=MOST_PARAMETERS)
    except ValueError:
        raise bad("invalidQuery", f"an address has at most {MOST_PARAMETERS} parameters") from None
    if any("\0" in name + value for name, value in pairs):
        raise bad("invalidQuery", "a parameter has the character U+0000, which is kept nowhere")
    return tuple(pairs)


def _check_type(call: Call, taken: tuple[str, ...]) -> None:
    sent, encoding = call.headers.get("content-type", ""), call.headers.get("content-encoding", "identity")
    charset = sent.lower().partition("charset=")[2].partition(";")[0].strip(' "') or "utf-8"
    if media_type(call) not in taken or charset not in ("utf-8", "utf8", "us-ascii") or encoding.lower() != "identity":
        message = f"the body is {' or '.join(taken)} in UTF-8, not compressed: say so in Content-Type"
        raise Fault(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "unsupportedType", message, {"Accept-Patch": ", ".join(taken)})


async def _body(request: Request, limits: Limits) -> bytes:
    """The whole body; it is not read further once it is too long or takes too long.

    One with two lengths is refused: a proxy in front may believe the other one (RFC 9112, section 6.3).
    """
    if "transfer-encoding" in request.headers and "content-length" in request.headers:
        raise bad("invalidBody", "the request says in two ways how long its body is")
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length) > limits.body:
        raise too_large(limits.body)
    parts, size = [], 0
    try:
        async with asyncio.timeout(limits.patience):
            async for part in request.stream():
                parts.append(part)
                size += len(part)
                if size > limits.body:
                    raise too_large(limits.body)
    except TimeoutError:
        raise Fault(HTTPStatus.REQUEST_TIMEOUT, "tooSlow", f"the body did not arrive within {limits.patience:g} s") from None
    return b"".join(parts)


def _told(fault: Fault, dialect: Dialect | None) -> Answer:
    return Answer(fault.status, body_of(fault, dialect), fault.headers)


def _response(answer: Answer) -> Response:
    headers = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff", **answer.headers}
    content: Any = answer.body if isinstance(answer.body, bytes) else b"" if answer.body is None else compact(answer.body)
    kind = "application/json" if answer.body is not None else None
    return Response(content, answer.status.value, headers, media_type=kind)


def _dialect_of(path: str) -> Dialect | None:
    return next((dialect for dialect in Dialect if path.startswith(APIS[dialect].base_path)), None)


def _in_a_line(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:300]
