"""Starts the embedded catalog on a port, and stops it again."""

import logging
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

import uvicorn

from tmfkit.errors import TmfkitError
from tmfkit.files import write_file
from tmfkit.serve.app import application
from tmfkit.serve.callbacks import allowed_hosts
from tmfkit.serve.delivery import PACE, Pace, delivering
from tmfkit.serve.guards import look_over
from tmfkit.serve.job_runs import jobbing
from tmfkit.serve.outbox import record_all
from tmfkit.serve.readonly import Release, fill, reason
from tmfkit.serve.service import Service, minted, now
from tmfkit.serve.settings import Settings
from tmfkit.serve.store import Store, opened

Clock: TypeAlias = Callable[[], datetime]
Mint: TypeAlias = Callable[[], str]

MEMORY = "memory"
"""The name of a database that is kept only while the server runs."""

GRACE = 5
"""Seconds that requests have to end when the server stops."""
BACKLOG = 512
AT_ONCE = 256
"""Connections that are served at once; more are told to come back."""


@contextmanager
def running(
    database: str = MEMORY, settings: Settings | None = None, clock: Clock = now, mint: Mint = minted, pace: Pace = PACE
) -> Iterator[str]:
    """Serves a database while this lasts, and yields the address of the server; `memory` is one that is gone afterwards.

    Raises `TmfkitError` where the database cannot be used, or the port.
    """
    settings = settings or Settings()
    look_over(settings)
    with _store(database) as store, delivering(store, allowed_hosts(settings.callbacks), pace) as ring:
        service = Service(store, settings, clock, mint, record_all, ring)
        with jobbing(service) as bell, listening(replace(service, wake=_each(ring, bell))) as address:
            yield address


def _each(*calls: Callable[[], None]) -> Callable[[], None]:
    def call() -> None:
        for one in calls:
            one()

    return call


@contextmanager
def running_release(folder: Path, settings: Settings | None = None) -> Iterator[tuple[str, Release]]:
    """Serves a compiled release while this lasts, for reading only; yields the address, and what is served."""
    settings = settings or Settings()
    look_over(settings)
    with _store(MEMORY) as store:
        release = fill(store, folder)
        with listening(Service(store, replace(settings, read_only=reason(release.name)))) as address:
            yield address, release


def own_database(root: Path) -> str:
    """The database of a project, in a folder that git passes over by itself."""
    folder = root / ".tmfkit"
    if not folder.exists():
        write_file(folder / ".gitignore", b"*\n")
    return str(folder / "catalog.sqlite")


@contextmanager
def _store(database: str) -> Iterator[Store]:
    """A database, closed at the end. One that is kept nowhere is a file all the same: several threads use it at once."""
    with ExitStack() as ends:
        if database == MEMORY:
            database = str(Path(ends.enter_context(TemporaryDirectory(prefix="tmfkit-"))) / "catalog.sqlite")
        yield ends.enter_context(closing(opened(database)))


@contextmanager
def listening(service: Service) -> Iterator[str]:
    """Answers requests to a service while this lasts, and yields the address."""
    with _place(service.settings.host, service.settings.port) as place:
        server = uvicorn.Server(_configuration(application(service)))
        logging.getLogger("uvicorn.error").addFilter(_worth_saying)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [place]}, name="tmfkit-serve", daemon=True)
        thread.start()
        try:
            _wait(server, thread)
            yield _address(service.settings.host, place)
        finally:
            server.should_exit = True
            thread.join()


def _worth_saying(record: logging.LogRecord) -> bool:
    """Leaves out what the web server advises, at each request for a WebSocket, to install for them: no API here has any."""
    return record.funcName != "_unsupported_upgrade_warning"


def _configuration(app: Any) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        loop="asyncio",
        http="h11",
        ws="none",
        lifespan="off",
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=GRACE,
        limit_concurrency=AT_ONCE,
    )


def _place(host: str, port: int) -> socket.socket:
    """The protocol has to be said: the event loop sends small packets at once only where it knows that it is TCP."""
    with ExitStack() as failing:
        try:
            family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
            place = failing.enter_context(socket.socket(family, kind, protocol))
            place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            place.bind(address)
            place.listen(BACKLOG)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise TmfkitError(f"cannot listen on {host}, port {port}: {reason}", "name another with --port") from None
        failing.pop_all()
    return place


def _wait(server: uvicorn.Server, thread: threading.Thread) -> None:
    """Until it takes requests; the system already keeps those that come before."""
    while not server.started:
        thread.join(0.005)
        if not thread.is_alive():
            raise TmfkitError("the server did not start", "look at what it logged")


def _address(host: str, place: socket.socket) -> str:
    port = place.getsockname()[1]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host or 'localhost'}:{port}/"
