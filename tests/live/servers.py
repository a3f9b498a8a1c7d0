"""Catalog servers on loopback for tests: catalogs in memory behind real HTTP, counted, with hooks before and after each request."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Lock, Thread

import orjson

from tests.live.lines import Lines, Threads, answer_bytes, asked, received, reset
from tmfkit.remote.memory import MemoryCatalog
from tmfkit.remote.wire import Request, Response
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.profile import Profile
from tmfkit.tmf.versions import APIS

WRITES = frozenset({"POST", "PATCH", "DELETE"})
COMMON = (Dialect.TMF620_V4, Dialect.TMF633_V4, Dialect.TMF634_V4)


class Cut(Exception):
    """Raised by a hook: the connection ends here, and no answer is given."""


@dataclass(frozen=True)
class Exchange:
    """One request that reached the server; `number` counts from 1, `write` counts only what changes something (0: it does not)."""

    number: int
    write: int
    dialect: Dialect | None
    request: Request
    response: Response | None = None


Hook = Callable[[Exchange], Response | None]
"""What happens before or after a request: nothing, another answer, or `Cut`."""


@dataclass
class LiveServer:
    """Catalogs below one root. `before` runs ahead of the catalog, `after` when it has acted; both may change what the catalogs hold."""

    url: str
    catalogs: Mapping[Dialect, MemoryCatalog]
    before: Hook | None = None
    after: Hook | None = None
    seen: list[Exchange] = field(default_factory=list)
    """Every request in the order of arrival, with the answer of the catalog."""
    _lock: Lock = field(default_factory=Lock)
    _arrived: int = 0
    _written: int = 0

    @property
    def writes(self) -> list[Exchange]:
        """What changed something, or tried to."""
        return [one for one in self.seen if one.write]

    def answer(self, request: Request) -> Response:
        """What goes back to the client; `Cut` when nothing does."""
        exchange = self._arrival(request)
        said = self.before(exchange) if self.before else None
        response = said or self._routed(exchange)
        done = Exchange(exchange.number, exchange.write, exchange.dialect, request, response)
        with self._lock:
            self.seen.append(done)
        return (self.after(done) if self.after else None) or response

    def _arrival(self, request: Request) -> Exchange:
        dialect = next((one for one in self.catalogs if request.path.startswith(APIS[one].base_path)), None)
        with self._lock:
            self._arrived += 1
            self._written += request.method in WRITES
            return Exchange(self._arrived, self._written if request.method in WRITES else 0, dialect, request)

    def _routed(self, exchange: Exchange) -> Response:
        if exchange.dialect is None:
            return Response(404, {"content-type": "application/json"}, orjson.dumps({"code": "404", "reason": "no such API"}))
        request, base = exchange.request, APIS[exchange.dialect].base_path
        below = Request(request.method, request.path.removeprefix(base), request.headers, request.body)
        return self.catalogs[exchange.dialect].send(below)


@contextmanager
def serving(
    profile: Profile, dialects: Iterable[Dialect] = COMMON, before: Hook | None = None, after: Hook | None = None
) -> Iterator[LiveServer]:
    """Catalogs that behave as a profile, laid out below one root as the embedded catalog lays them out."""

    class Connection(Lines):
        def handle(self) -> None:
            while (message := received(self.rfile)) is not None:
                try:
                    response = live.answer(asked(message))
                except Cut:
                    reset(self.connection)
                    return
                self.wfile.write(answer_bytes(response))
                if not message.lasting:
                    return

    with listening(Connection) as url:
        live = LiveServer(url, {one: MemoryCatalog(profile, one, url + APIS[one].base_path) for one in dialects}, before, after)
        yield live


@contextmanager
def listening(handler: type[Lines]) -> Iterator[str]:
    """A server of these connections on a free port of loopback; its address."""

    class Quiet(handler):  # type: ignore[valid-type,misc]
        def handle(self) -> None:
            with suppress(ConnectionError, ValueError):
                super().handle()

        def finish(self) -> None:
            with suppress(ConnectionError, ValueError):
                super().finish()

    with Threads(Quiet) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server.url
        finally:
            server.shutdown()
            thread.join()


def at(number: int, hook: Hook, *, writes: bool = False) -> Hook:
    """The hook for one request alone: the nth of all, or of those that change something."""
    return lambda exchange: hook(exchange) if number == (exchange.write if writes else exchange.number) else None


def cut(exchange: Exchange) -> Response | None:
    """The server falls silent: as `before` it did nothing, as `after` it did what was asked."""
    raise Cut
