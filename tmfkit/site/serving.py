"""Shows a built site on this machine alone, and notices when something changes that the site is made of."""

import os
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tmfkit.errors import TmfkitError

LOOPBACK = "127.0.0.1"
INTERVAL = 0.5
"""Seconds between two looks at the files."""

Stamps = Mapping[str, tuple[int, int]]


class _Pages(SimpleHTTPRequestHandler):
    """The files of the site, always those of the last build."""

    def end_headers(self) -> None:
        """Says that nothing is to be kept."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """The terminal is for what is wrong with the catalog."""


@contextmanager
def served(folder: Path, port: int) -> Iterator[str]:
    """The address at which the files of a folder can be read while this lasts; 0 is any free port."""
    try:
        server = ThreadingHTTPServer((LOOPBACK, port), partial(_Pages, directory=os.fspath(folder)))
    except OSError as error:
        raise TmfkitError(f"port {port} cannot be used: {(error.strerror or str(error)).lower()}", "name another with --port") from None
    with server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://{LOOPBACK}:{server.server_address[1]}/"
        server.shutdown()


def changes(places: Iterable[Path], but: Path, interval: float = INTERVAL) -> Iterator[None]:
    """Yields whenever something changed below some files and folders since the call; what lies in `but` is made, not written."""
    watched = tuple(places)
    return _differences(watched, but, interval, stamps(watched, but))


def _differences(places: tuple[Path, ...], but: Path, interval: float, before: Stamps) -> Iterator[None]:
    while True:
        time.sleep(interval)
        now = stamps(places, but)
        if now != before:
            before = now
            yield


def stamps(places: Iterable[Path], but: Path) -> Stamps:
    """When each file was last changed and how long it is; hidden ones do not count."""
    return {path: stamp for place in places for path, stamp in _stamps(os.fspath(place), os.fspath(but))}


def _stamps(place: str, but: str) -> Iterator[tuple[str, tuple[int, int]]]:
    if os.path.isfile(place):
        yield from _stamp(place)
    for folder, folders, files in os.walk(place):
        folders[:] = [name for name in folders if not name.startswith(".") and os.path.join(folder, name) != but]
        for name in files:
            if not name.startswith("."):
                yield from _stamp(os.path.join(folder, name))


def _stamp(path: str) -> Iterator[tuple[str, tuple[int, int]]]:
    try:
        found = os.stat(path)
    except OSError:  # gone since
        return
    yield path, (found.st_mtime_ns, found.st_size)
