"""A server on a loopback port that answers as a script says, byte by byte, and remembers what it was asked."""

import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, TypeAlias

PATIENCE = 10.0


@dataclass(frozen=True)
class Heard:
    """One request as it came in; names of headers are in small letters."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


Reply: TypeAlias = bytes | Callable[[Heard], bytes] | None
"""Bytes of a whole answer, what makes them of a request, or None to hang up without a word.

After an answer with the header `X-Hangs-Up` it hangs up too, though it did not say `Connection: close`.
"""


@dataclass
class Scripted:
    """Answers one request after another from `script`; the last entry holds for all that follow."""

    script: list[Reply]
    port: int = 0
    encrypted: ssl.SSLContext | None = None
    heard: list[Heard] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)
    hung_up: threading.Event = field(default_factory=threading.Event)
    faults: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"{'https' if self.encrypted else 'http'}://127.0.0.1:{self.port}/api/"

    def serve(self, connection: socket.socket) -> None:
        self._converse(connection)
        self.hung_up.set()

    def _converse(self, connection: socket.socket) -> None:
        with suppress(OSError), connection:
            connection.settimeout(PATIENCE)
            try:
                encrypted = self.encrypted.wrap_socket(connection, server_side=True) if self.encrypted else connection
            except ssl.SSLError as error:
                self.faults.append(str(error))
                return
            with encrypted, encrypted.makefile("rb") as stream:
                while (heard := _request(stream)) is not None:
                    reply = self.script[min(len(self.heard), len(self.script) - 1)]
                    self.heard.append(heard)
                    content = reply(heard) if callable(reply) else reply
                    if content is None:
                        return
                    encrypted.sendall(content)
                    if b"connection: close" in content.lower() or b"x-hangs-up" in content.lower():
                        return


def _request(stream: Any) -> Heard | None:
    line = stream.readline().decode("latin-1").split()
    if len(line) != 3:
        return None
    headers: dict[str, str] = {}
    while text := stream.readline().decode("latin-1").strip():
        name, _, value = text.partition(":")
        headers[name.lower()] = value.strip()
    return Heard(line[0], line[1], headers, stream.read(int(headers.get("content-length", "0"))))


def answer(status: int = 200, content: Any = None, raw: bytes | None = None, **headers: str) -> bytes:
    """A whole answer; `content` becomes JSON, and underscores in names of headers become hyphens."""
    body = raw if raw is not None else b"" if content is None else json.dumps(content).encode()
    told = {"content-type": "application/json", "content-length": str(len(body))} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in told.items() if value != "")
    return f"HTTP/1.1 {status} Said\r\n{head}\r\n".encode() + body


def silent(server: "Scripted") -> Callable[[Heard], bytes]:
    """Says nothing until the test is over."""

    def wait(heard: Heard) -> bytes:
        server.released.wait(PATIENCE)
        return b""

    return wait


@contextmanager
def scripted(*script: Reply, encrypted: ssl.SSLContext | None = None) -> Iterator[Scripted]:
    """The server, while the block runs."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = Scripted(list(script), listening.getsockname()[1], encrypted)
        threads: list[threading.Thread] = []

        def accept() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = listening.accept()
                    threads.append(threading.Thread(target=server.serve, args=(connection,), daemon=True))
                    threads[-1].start()

        accepting = threading.Thread(target=accept, daemon=True)
        accepting.start()
        try:
            yield server
        finally:
            server.released.set()
            with suppress(OSError):
                listening.shutdown(socket.SHUT_RDWR)
            accepting.join(PATIENCE)


def closed_port() -> int:
    """A port of this machine at which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port
