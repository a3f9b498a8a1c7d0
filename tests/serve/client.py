"""Talks to a running embedded catalog as any client does, and keeps nothing but the answers."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import urllib3

from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.rest import JSON_PATCH, MERGE_PATCH
from tmfkit.tmf.versions import APIS


@dataclass(frozen=True)
class Reply:
    status: int
    headers: Mapping[str, str]
    text: bytes

    @property
    def body(self) -> Any:
        return json.loads(self.text)


class Client:
    """One API of a server; paths are below its base address, or absolute."""

    def __init__(self, root: str, dialect: Dialect, token: str = "") -> None:
        self.base = root.rstrip("/") + APIS[dialect].base_path
        self.root = root.rstrip("/")
        self.dialect = dialect
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}
        self.pool = urllib3.PoolManager(retries=False, timeout=30)

    def send(self, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None) -> Reply:
        """A body of bytes goes as it is, any other as JSON."""
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        address = self.root + path if path.startswith("/") else self.base + path
        told = {**({"Content-Type": "application/json"} if body is not None else {}), **self.headers, **(headers or {})}
        answer = self.pool.request(method, address, body=data, headers=told, redirect=False)
        return Reply(answer.status, {name.lower(): value for name, value in answer.headers.items()}, answer.data)

    def get(self, path: str) -> Reply:
        return self.send("GET", path)

    def post(self, path: str, body: Any) -> Reply:
        return self.send("POST", path, body)

    def merge(self, path: str, body: Any) -> Reply:
        return self.send("PATCH", path, body, {"Content-Type": MERGE_PATCH})

    def patch(self, path: str, body: Any) -> Reply:
        return self.send("PATCH", path, body, {"Content-Type": JSON_PATCH})

    def delete(self, path: str) -> Reply:
        return self.send("DELETE", path)
