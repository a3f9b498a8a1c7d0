"""Somebody outside: takes events, hands out files and takes them, and answers as a test says."""

import json
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import trustme
import urllib3

PATIENCE = 20.0
"""Seconds that anything may take to happen."""

HTTP = urllib3.PoolManager(retries=False)


@dataclass
class Outside:
    """`script` are the answers to the next requests, then it is 204; `files` are what is found here, by path."""

    url: str = ""
    heard: list[tuple[str, Any]] = field(default_factory=list)
    script: list[int] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    slow: float = 0.0

    @property
    def host(self) -> str:
        """As an operator allows it."""
        return self.url.partition("://")[2].rstrip("/")

    @property
    def types(self) -> list[str]:
        return [body["eventType"] for _, body in self.heard]

    def names(self, resource: str = "productOffering") -> list[str]:
        return [body["event"][resource]["name"] for _, body in self.heard]


@contextmanager
def outside(certificate: trustme.LeafCert | None = None) -> Iterator[Outside]:
    """With a certificate it speaks https."""
    there = Outside()
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(there))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    if certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        certificate.configure_cert(context)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    there.url = f"{'https' if certificate else 'http'}://127.0.0.1:{server.server_port}/"
    thread.start()
    try:
        yield there
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def handler(there: Outside) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status = there.script.pop(0) if there.script else 204
            time.sleep(there.slow)
            if status < 300:
                there.heard.append((self.path, body))
            self.answer(status)

        def do_PUT(self) -> None:
            there.files[self.path] = self.rfile.read(int(self.headers["Content-Length"]))
            self.answer(there.script.pop(0) if there.script else 201)

        def do_GET(self) -> None:
            content = there.files.get(self.path)
            self.answer(404 if content is None else 200, content or b"")

        def answer(self, status: int, content: bytes = b"") -> None:
            self.send_response(status)
            for name, value in {"Content-Length": str(len(content)), **there.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            pass

    return Handler


def eventually(condition: Callable[[], Any], what: str = "it did not happen") -> Any:
    """What `condition` gives as soon as it gives anything."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.01)
    raise AssertionError(what)


def call(method: str, url: str, body: Any = None, **headers: str) -> tuple[int, Any]:
    """The status and the body of an answer."""
    sent = {"Content-Type": "application/json", **headers} if body is not None else headers
    answer = HTTP.request(method, url, body=None if body is None else json.dumps(body), headers=sent)
    return answer.status, json.loads(answer.data) if answer.data else None
