"""Stands between a command and a catalog server, counts what is asked, and passes everything on."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from socket import IPPROTO_TCP, SHUT_RDWR, SHUT_WR, TCP_NODELAY, create_connection, socket
from socketserver import StreamRequestHandler, ThreadingTCPServer
from urllib.parse import urlsplit

PIECE = 65_536
HEAD_END = b"\r\n"


@dataclass(slots=True)
class Counted:
    """Where it listens, and how many requests of each method passed."""

    url: str
    methods: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, method: str) -> None:
        """Counts a request."""
        with self.lock:
            self.methods[method] += 1

    def taken(self) -> dict[str, int]:
        """The requests since this was asked last, by method."""
        with self.lock:
            found, self.methods = self.methods, Counter()
        return dict(found)


@contextmanager
def counting(upstream: str) -> Iterator[Counted]:
    """A counter before the server at `upstream`, while this lasts."""
    place = urlsplit(upstream)
    counted = Counted("")

    class Passing(StreamRequestHandler):
        disable_nagle_algorithm = True

        def handle(self) -> None:
            with create_connection((place.hostname, place.port)) as onward, suppress(OSError):
                onward.setsockopt(IPPROTO_TCP, TCP_NODELAY, True)
                answering = threading.Thread(target=_copied, args=(onward, self.connection))
                answering.start()
                try:
                    while request := self._request():
                        onward.sendall(request)
                finally:
                    with suppress(OSError):
                        onward.shutdown(SHUT_WR)
                    answering.join()

        def _request(self) -> bytes:
            """The next one with its body, which is as long as its head says; empty where the client has gone."""
            head = []
            while (line := self.rfile.readline()) != HEAD_END:
                if not line:
                    return b""
                head.append(line)
            counted.add(head[0].partition(b" ")[0].decode("latin-1"))
            return b"".join(head) + HEAD_END + self.rfile.read(_length(head))

    with _Server(("127.0.0.1", 0), Passing) as server:
        counted.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield counted
        finally:
            server.shutdown()
            thread.join()


class _Server(ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128


def _length(head: list[bytes]) -> int:
    fields = (line.partition(b":") for line in head)
    return next((int(value) for name, _, value in fields if name.lower() == b"content-length"), 0)


def _copied(answers: socket, back: socket) -> None:
    with suppress(OSError):
        while piece := answers.recv(PIECE):
            back.sendall(piece)
        back.shutdown(SHUT_RDWR)
