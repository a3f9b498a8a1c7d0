"""HTTP/1.1 messages of known length on a socket: just enough for servers and proxies of tests, and quick."""

from dataclasses import dataclass, field
from http import HTTPStatus
from socket import IPPROTO_TCP, SO_LINGER, SOL_SOCKET, TCP_NODELAY, socket
from socketserver import BaseRequestHandler, StreamRequestHandler, TCPServer, ThreadingMixIn
from struct import pack
from typing import IO

from tmfkit.remote.wire import Request, Response


@dataclass(frozen=True)
class Message:
    """A request or an answer as it came: its first line, its headers (names in small letters) and its body."""

    first: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def lasting(self) -> bool:
        """Whether the connection goes on after it."""
        return self.headers.get("connection", "").lower() != "close"


def received(stream: IO[bytes]) -> Message | None:
    """The next message, or None where the other side has gone."""
    first = stream.readline().decode("latin-1").strip()
    if not first:
        return None
    headers = {}
    while line := stream.readline().decode("latin-1").strip():
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    length = 0 if first.startswith("HTTP/1.1 204") else int(headers.get("content-length", "0"))
    body = stream.read(length)
    return Message(first, headers, body) if len(body) == length else None


def asked(message: Message) -> Request:
    """The request that a message is; its path is the whole target."""
    method, target, _ = message.first.split(" ", 2)
    return Request(method, target, message.headers, message.body or None)


def answer_bytes(response: Response) -> bytes:
    """An answer as it goes over the wire."""
    headers = {**response.headers} if response.status == 204 else {**response.headers, "content-length": str(len(response.body))}
    lines = [f"HTTP/1.1 {response.status} {HTTPStatus(response.status).phrase}", *(f"{name}: {value}" for name, value in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + response.body


def request_bytes(message: Message) -> bytes:
    """A message as it goes on to another server."""
    lines = [message.first, *(f"{name}: {value}" for name, value in message.headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + message.body


def at_once(connection: socket) -> None:
    """Small answers are not held back."""
    connection.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)


def reset(connection: socket) -> None:
    """Ends a connection as a machine does that has fallen over: no farewell."""
    connection.setsockopt(SOL_SOCKET, SO_LINGER, pack("ii", 1, 0))
    connection.close()


class Threads(ThreadingMixIn, TCPServer):
    """A thread for each connection; none of them keeps a test from ending."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True
    request_queue_size = 128

    def __init__(self, handler: type[BaseRequestHandler]) -> None:
        super().__init__(("127.0.0.1", 0), handler)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away in the middle is what these tests are about."""


class Lines(StreamRequestHandler):
    """A connection over which messages come one after the other."""

    disable_nagle_algorithm = True
    wbufsize = 0
