"""GitHub and GitLab on loopback: as much of their APIs as the poster of comments uses, with their habits and their faults."""

import base64
import gzip
import io
import json
import re
import threading
import time
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

COMMIT = "c0ffee" + "0" * 34
BOT = "github-actions[bot]"
TOKEN = "the-token-of-the-job"
PER_PAGE = 100

META = json.dumps({"format": 1, "tmfkit": "0.1.0", "request": 7})
SARIF = json.dumps({"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "tmfkit"}}, "results": []}]})
FILES: Mapping[str, str | bytes] = {"comment.md": "## What this changes\n\nOne price.\n", "meta.json": META, "tmfkit.sarif": SARIF}

EVENT: Mapping[str, Any] = {
    "repository": {"id": 1},
    "workflow_run": {
        "id": 55,
        "event": "pull_request",
        "head_sha": COMMIT,
        "head_branch": "spring & $(id) `x`",
        "head_repository": {"id": 9, "owner": {"login": "stranger"}},
    },
}
"""What GitHub tells the workflow that comments: the check of a fork has ended."""


def packed(files: Mapping[str, str | bytes]) -> bytes:
    """An artifact."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def pull(number: int, commit: str = COMMIT, source: int = 9) -> dict[str, Any]:
    return {"number": number, "head": {"sha": commit, "repo": {"id": source}}}


@dataclass
class Asked:
    """A request that came in."""

    method: str
    path: str
    query: dict[str, list[str]]
    token: str | None
    body: Any


@dataclass
class Host:
    """What a host holds, what it was asked, and the faults that it shows: a status, or silence for `None`, by method and part of a path."""

    files: Mapping[str, str | bytes] = field(default_factory=lambda: FILES)
    archive: bytes | None = None
    artifacts: list[dict[str, Any]] = field(default_factory=lambda: [{"id": 3, "name": "tmfkit-review", "size_in_bytes": 900}])
    pulls: list[dict[str, Any]] = field(default_factory=lambda: [pull(7)])
    comments: list[dict[str, Any]] = field(default_factory=list)
    faults: dict[tuple[str, str], int | bytes | None] = field(default_factory=dict)
    writer: str = BOT
    asked: list[Asked] = field(default_factory=list)
    kept: str = ""
    address: str = ""
    silence: float = 1.0

    def bodies(self) -> list[str]:
        return [comment["body"] for comment in self.comments]

    def written(self) -> list[tuple[str, str]]:
        return [(one.method, one.path) for one in self.asked if one.method != "GET"]

    def sarif(self) -> list[tuple[str, str, Any]]:
        """The findings that code scanning was given, unpacked."""
        bodies = [one.body for one in self.asked if one.path.endswith("/sarifs")]
        return [(body["ref"], body["commit_sha"], json.loads(gzip.decompress(base64.b64decode(body["sarif"])))) for body in bodies]

    def add(self, body: str, login: str) -> dict[str, Any]:
        number = len(self.comments) + 100
        self.comments.append({"id": number, "body": body, "user": {"login": login}, "author": {"id": login}})
        return self.comments[-1]


@contextmanager
def served(host: Host) -> Iterator[Host]:
    """The host, listening; artifacts are kept elsewhere, as GitHub does: under another name of this machine."""

    class Answers(BaseHTTPRequestHandler):
        def log_message(self, format: str, *arguments: Any) -> None:
            """Says nothing."""

        def do_GET(self) -> None:
            self.answer()

        do_POST = do_PATCH = do_PUT = do_DELETE = do_GET

        def answer(self) -> None:
            split = urlsplit(self.path)
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            token = self.headers.get("Authorization") or self.headers.get("PRIVATE-TOKEN")
            asked = Asked(self.command, split.path, parse_qs(split.query), token, body)
            host.asked.append(asked)
            for (method, part), fault in host.faults.items():
                if method == asked.method and part in asked.path:
                    self.fail(fault)
                    return
            status, answer, headers = routed(host, asked)
            self.send(status, answer if isinstance(answer, bytes) else json.dumps(answer).encode(), headers)

        def fail(self, fault: int | bytes | None) -> None:
            match fault:
                case None:
                    time.sleep(host.silence)
                case bytes():
                    self.send(200, fault, {})
                case status:
                    self.send(status, json.dumps({"message": "No, said\n::error::the host"}).encode(), {})

        def send(self, status: int, content: bytes, headers: Mapping[str, str]) -> None:
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(content))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.daemon_threads = False
    host.address, host.kept = f"http://127.0.0.1:{server.server_port}", f"http://localhost:{server.server_port}/kept"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def routed(host: Host, asked: Asked) -> tuple[int, Any, dict[str, str]]:
    """The answer to a request: status, body and headers."""
    if asked.path == "/kept":
        return 200, packed(host.files) if host.archive is None else host.archive, {}
    if asked.path.endswith("/actions/runs/55/artifacts"):
        return 200, {"artifacts": host.artifacts}, {}
    if asked.path.endswith("/actions/artifacts/3/zip"):
        return 302, b"", {"Location": host.kept}
    if asked.path == "/repos/operator/catalog/pulls":
        return 200, host.pulls, {}
    if asked.path == "/repos/operator/catalog/code-scanning/sarifs":
        return 202, {"id": "1"}, {}
    if asked.path == "/user":
        return 200, {"id": 42}, {}
    if asked.path == "/projects/5/merge_requests/7":
        return 200, {"sha": COMMIT}, {}
    return commented(host, asked)


def commented(host: Host, asked: Asked) -> tuple[int, Any, dict[str, str]]:
    if asked.path in ("/repos/operator/catalog/issues/7/comments", "/projects/5/merge_requests/7/notes"):
        if asked.method == "POST":
            comment = host.add(asked.body["body"], host.writer)
            comment["author"] = {"id": 42}
            return 201, comment, {}
        page = int(asked.query["page"][0])
        more = {"Link": '<https://elsewhere.example/>; rel="next"'} if page * PER_PAGE < len(host.comments) else {}
        return 200, host.comments[(page - 1) * PER_PAGE : page * PER_PAGE], more
    if found := re.fullmatch(r"/(?:repos/operator/catalog/issues/comments|projects/5/merge_requests/7/notes)/(\d+)", asked.path):
        (comment,) = (one for one in host.comments if one["id"] == int(found[1]))
        if asked.method == "DELETE":
            host.comments.remove(comment)
            return 204, b"", {}
        comment["body"] = asked.body["body"]
        return 200, comment, {}
    return 404, {"message": "Not Found"}, {}
