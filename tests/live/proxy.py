"""A proxy of tests that stands between a client and a server, and spoils the requests that it is told to."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random
from socket import create_connection, socket
from threading import Lock
from time import sleep
from typing import IO
from urllib.parse import urlsplit

from tests.live.lines import Lines, Message, answer_bytes, at_once, received, request_bytes, reset
from tests.live.servers import listening
from tmfkit.remote.wire import Response


class Fault(StrEnum):
    """What becomes of one request."""

    DROP = "drop"
    """It never arrives; the connection ends."""
    DELAY = "delay"
    """It takes its time."""
    DUPLICATE = "duplicate"
    """It arrives twice; the client hears the second answer."""
    TRUNCATE = "truncate"
    """It arrives, and half of the answer comes back."""
    ERROR = "error"
    """500, and it never arrives."""
    FAILED_AFTER = "failed-after"
    """500, although the server has done it."""
    BUSY = "busy"
    """503 with `Retry-After`, and it never arrives."""
    THROTTLED = "throttled"
    """429 with `Retry-After`, and it never arrives."""
    RESET = "reset"
    """It arrives and is done, then the connection is reset."""


Choice = Callable[[int, str], Fault | None]
"""The fault of a request, by its number (from 1) and its method."""


@dataclass
class Proxy:
    """Where it listens, what it spoils, and what it has spoiled: number, method and path of the request with its fault."""

    url: str
    choose: Choice
    spoiled: list[tuple[int, str, str, Fault]] = field(default_factory=list)
    requests: int = 0
    _lock: Lock = field(default_factory=Lock)

    def fault(self, message: Message) -> Fault | None:
        """What is to become of a request that has arrived."""
        method, path, _ = message.first.split(" ", 2)
        with self._lock:
            self.requests += 1
            fault = self.choose(self.requests, method)
            if fault:
                self.spoiled.append((self.requests, method, path, fault))
            return fault


@contextmanager
def spoiling(upstream: str, choose: Choice, delay: float = 0.05, after: str = "0") -> Iterator[Proxy]:
    """A proxy before the server at `upstream`; `after` is what it says in `Retry-After`."""

    class Connection(Lines):
        def handle(self) -> None:
            with to_server(upstream) as server, server.makefile("rb") as answers:
                while (message := received(self.rfile)) is not None:
                    reply = spoilt(proxy.fault(message), lambda message=message: passed_on(server, answers, message), delay, after)
                    if reply is None:
                        reset(self.connection)
                        return
                    self.wfile.write(reply.bytes)
                    if reply.last or not message.lasting:
                        return

    with listening(Connection) as url:
        proxy = Proxy(url, choose)
        yield proxy


@dataclass(frozen=True)
class Reply:
    """What the client hears, and whether it is the last."""

    bytes: bytes
    last: bool = False


def spoilt(fault: Fault | None, on: Callable[[], bytes], delay: float, after: str) -> Reply | None:
    """The reply to a request under a fault; None where there is none. `on` passes it to the server."""
    match fault:
        case None:
            return Reply(on())
        case Fault.DELAY:
            sleep(delay)
            return Reply(on())
        case Fault.DUPLICATE:
            on()
            return Reply(on())
        case Fault.TRUNCATE:
            whole = on()
            return Reply(whole[: -max(1, (len(whole) - whole.index(b"\r\n\r\n")) // 2)], last=True)
        case Fault.ERROR:
            return Reply(failure(500))
        case Fault.FAILED_AFTER:
            on()
            return Reply(failure(500))
        case Fault.BUSY:
            return Reply(failure(503, {"retry-after": after}))
        case Fault.THROTTLED:
            return Reply(failure(429, {"retry-after": after}))
        case Fault.RESET:
            on()
            return None
        case Fault.DROP:
            return None


def failure(status: int, headers: Mapping[str, str] | None = None) -> bytes:
    """An answer that no catalog gave."""
    said = {"content-type": "text/html", **(headers or {})}
    return answer_bytes(Response(status, said, b"<html><body>the gateway is unhappy</body></html>"))


def to_server(upstream: str) -> socket:
    """A connection of its own for each client."""
    place = urlsplit(upstream)
    connection = create_connection((place.hostname, place.port), timeout=30)
    at_once(connection)
    return connection


def passed_on(server: socket, answers: IO[bytes], message: Message) -> bytes:
    """The answer of the server, as bytes."""
    with suppress(OSError):
        server.sendall(request_bytes(message))
    answer = received(answers)
    if answer is None:
        raise ConnectionResetError
    return request_bytes(answer)


def by_number(faults: Mapping[int, Fault]) -> Choice:
    """Faults of the requests with these numbers."""
    return lambda number, method: faults.get(number)


def by_chance(seed: int, share: float, faults: Sequence[Fault] = tuple(Fault), methods: str = "GET POST PATCH DELETE") -> Choice:
    """A share of the requests of these methods, always the same ones for a seed and an order of requests."""
    chance, lock = Random(seed), Lock()

    def choose(number: int, method: str) -> Fault | None:
        with lock:
            hit, fault = chance.random() < share, chance.choice(faults)
        return fault if hit and method in methods.split() else None

    return choose
