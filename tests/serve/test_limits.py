"""Hostile and careless input: everything that comes over the network is refused in the form of TM Forum, at once, and breaks nothing."""

import http.client
import json
import logging
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.serve.client import Client
from tmfkit.serve import routes
from tmfkit.serve.run import running
from tmfkit.serve.settings import Limits, Settings
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.rest import JSON_PATCH, MERGE_PATCH
from tmfkit.tmf.versions import APIS

LIMITS = Limits(body=20_000, depth=20, page=3, scanned=50, patience=0.4)


@pytest.fixture(scope="module")
def root() -> Iterator[str]:
    with running(settings=Settings(limits=LIMITS)) as address:
        client = Client(address, Dialect.TMF620_V4)
        for number in range(6):
            client.post("productOffering", {"id": str(number), "name": f"N{number}"})
        yield address


@pytest.fixture
def client(root: str) -> Client:
    return Client(root, Dialect.TMF620_V4)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"  ",
        b"{",
        b"{}{}",
        b'{"name": "a",}',
        b"{'name': 'a'}",
        b'{"name": NaN}',
        b'{"name": "a", "x": Infinity}',
        b'{"name": "a", "x": -Infinity}',
        b'{"name": "a", "x": 1e400}',
        b'{"name": "a", "x": ' + b"9" * 6000 + b"}",
        b'{"name": "a", "name": "b"}',
        b'{"name": "a", "x": [{"y": 1, "y": 2}]}',
        b'{"name": "a", "\\ud800": 1, "\\ud800": 2}',
        b'{"name": "a\\u0000b"}',
        b'{"name": "a", "x\\u0000": 1}',
        b'{"name": "a", "x": "\\ud800"}',
        b'{"name": "\xff"}',
        '{"name": "a"}'.encode("utf-16"),
        b'\xef\xbb\xbf{"name": "a"}',
        b'{"name": "a", "x": ' + b"[" * 20 + b"]" * 20 + b"}",
        b"[" * 9000 + b"]" * 9000,
        b'{"a":' * 3000 + b"1" + b"}" * 3000,
        b"null",
        b"[]",
        b'"name"',
        b"3",
        b"{}",
        b'{"name": null}',
        b'{"name": 3}',
        b'{"name": ["a"]}',
        b'{"name": "a", "version": 1}',
        b'{"name": "a", "lifecycleStatus": {}}',
        b'{"name": "a", "lastUpdate": 5}',
        b'{"name": "a", "@type": []}',
        b'{"name": "a", "version": "1)"}',
        b'{"name": "a", "version": "' + b"1" * 101 + b'"}',
    ],
    ids=lambda body: body[:24].decode("latin-1"),
)
def test_a_body_that_is_no_item(client: Client, body: bytes) -> None:
    reply = client.send("POST", "category", body)
    assert reply.status == 400, reply.text
    assert {"code", "reason", "message", "status"} == reply.body.keys()
    assert reply.body["status"] == "400"
    assert not any(word in reply.body["message"] for word in ("Traceback", "Error", "<class", "object at"))
    assert client.get("category").headers["x-total-count"] == "0"


@pytest.mark.parametrize(
    "number", ["9223372036854775807", "-9223372036854775808", "18446744073709551616", "9" * 300, "49.90", "1e-7", "0.1", "-0", "1E5"]
)
def test_numbers_stay_what_they_are(client: Client, number: str) -> None:
    made = client.send("POST", "catalog", f'{{"name": "a", "x": {number}}}'.encode())
    assert (made.status, made.body["x"]) == (201, json.loads(number))
    assert client.get(f"catalog/{made.body['id']}").body["x"] == json.loads(number)


def test_long_bodies_are_not_read(client: Client) -> None:
    assert client.post("category", {"name": "a" * 21_000}).status == 413
    assert client.send("PATCH", "productOffering/0", {"x": "a" * 21_000}, {"Content-Type": MERGE_PATCH}).status == 413
    assert in_chunks(client, b'{"name": "' + b"a" * 21_000).startswith(b"HTTP/1.1 413")
    grown = [client.merge("productOffering/0", {f"x{step}": "a" * 9000}).status for step in range(3)]
    assert grown == [200, 200, 413]
    assert client.merge("productOffering/0", {f"x{step}": None for step in range(3)}).status == 200


def in_chunks(client: Client, content: bytes) -> bytes:
    place = urlsplit(client.root)
    with socket.create_connection((place.hostname or "", place.port or 0), timeout=5) as connection:
        head = f"POST {urlsplit(client.base).path}category HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        connection.sendall(head.encode() + b"Transfer-Encoding: chunked\r\n\r\n")
        for start in range(0, len(content), 1000):
            part = content[start : start + 1000]
            connection.sendall(f"{len(part):x}\r\n".encode() + part + b"\r\n")
        return connection.recv(100_000)


def test_a_body_with_two_lengths_is_refused(client: Client) -> None:
    place = urlsplit(client.root)
    with socket.create_connection((place.hostname or "", place.port or 0), timeout=5) as connection:
        head = f"POST {urlsplit(client.base).path}category HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        connection.sendall(head.encode() + b'Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\nc\r\n{"name": "a"}\r\n0\r\n\r\n')
        assert connection.recv(1000).startswith(b"HTTP/1.1 400")
    assert client.get("category").headers["x-total-count"] == "0"


def test_a_body_that_never_ends_is_not_waited_for(client: Client) -> None:
    begun = time.monotonic()
    assert in_chunks(client, b'{"name": ').startswith(b"HTTP/1.1 408")
    assert time.monotonic() - begun < 3


def test_who_is_slow_when_the_server_stops_is_told(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr("tmfkit.serve.run.GRACE", 0.2)
    with running() as root:
        connection = socket.create_connection((urlsplit(root).hostname or "", urlsplit(root).port or 0), timeout=5)
        path = APIS[Dialect.TMF620_V5].base_path
        head = f"POST {path}category HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n"
        connection.sendall(head.encode() + b"{")
        assert Client(root, Dialect.TMF620_V5).get("category").status == 200
    with connection:
        answer = connection.recv(1000)
    assert answer.startswith(b"HTTP/1.1 503")
    assert b'"code":"stopping"' in answer
    assert not any(record.exc_info for record in caplog.records)


def test_who_hangs_up_breaks_nothing(client: Client) -> None:
    place = urlsplit(client.root)
    for _ in range(3):
        with socket.create_connection((place.hostname or "", place.port or 0), timeout=5) as connection:
            head = f"POST {urlsplit(client.base).path}category HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            connection.sendall(head.encode() + b'Content-Length: 1000\r\n\r\n{"name"')
    assert client.get("category").headers["x-total-count"] == "0"


@pytest.mark.parametrize("line", [b"nonsense", b"GET /\x00 HTTP/1.1", b"\x16\x03\x01\x02\x00\x01"])
def test_what_is_not_http_is_refused(client: Client, line: bytes) -> None:
    place = urlsplit(client.root)
    with socket.create_connection((place.hostname or "", place.port or 0), timeout=5) as connection:
        connection.sendall(line + b"\r\nHost: localhost\r\n\r\n")
        assert connection.recv(1000).startswith(b"HTTP/1.1 400")
    assert client.get("productOffering").status == 200


@pytest.mark.parametrize(
    ("method", "headers", "status"),
    [
        ("POST", {"Content-Type": "application/json"}, 201),
        ("POST", {"Content-Type": "Application/JSON; charset=UTF-8"}, 201),
        ("POST", {"Content-Type": "application/json; charset=latin-1"}, 415),
        ("POST", {"Content-Type": "text/plain"}, 415),
        ("POST", {"Content-Type": "application/x-www-form-urlencoded"}, 415),
        ("POST", {"Content-Type": MERGE_PATCH}, 415),
        ("POST", {"Content-Type": ""}, 415),
        ("POST", {"Content-Type": "application/json", "Content-Encoding": "gzip"}, 415),
        ("PATCH", {"Content-Type": "application/json"}, 200),
        ("PATCH", {"Content-Type": MERGE_PATCH}, 200),
        ("PATCH", {"Content-Type": JSON_PATCH}, 400),
        ("PATCH", {"Content-Type": "application/xml"}, 415),
    ],
)
def test_the_type_of_a_body(client: Client, method: str, headers: dict[str, str], status: int) -> None:
    path = "productSpecification" if method == "POST" else "productOffering/1"
    assert client.send(method, path, {"name": "N1"}, headers).status == status


@pytest.mark.parametrize(
    "path",
    [
        "category/%00",
        "category/a%00b",
        "category//",
        "/tmfkit/dead-letters/",
        "category/../../../etc/passwd",
        "category/%2e%2e%2fcategory",
        "category/%2F",
        "category/%ff",
        "category/a%0d%0aX-Injected:%20yes",
        "category/" + "x" * 5000,
        "category/a:(version=)",
        "category/a:(version=%00)",
        "nothing",
        "hub/%00",
        "/",
        "//",
        "/tmf-api/",
        "/tmfkit/dead-letters/../x",
    ],
)
def test_addresses_that_lead_nowhere(client: Client, path: str) -> None:
    place = urlsplit(client.root)
    connection = http.client.HTTPConnection(place.hostname or "", place.port)
    connection.request("GET", path if path.startswith("/") else urlsplit(client.base).path + path)
    answer = connection.getresponse()
    body = json.loads(answer.read())
    assert answer.status == (200 if path == "/" else 404)
    assert path == "/" or body["reason"] == "Not Found"
    assert answer.getheader("X-Injected") is None
    connection.close()


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "productOffering/", 200),
        ("GET", "productOffering/?limit=1", 200),
        ("POST", "importJob/", 400),
        ("GET", "hub/", 200),
        ("GET", "openapi.json/", 200),
        ("DELETE", "productOffering/", 405),
        ("PATCH", "productOffering/", 405),
        ("DELETE", "/tmfkit/dead-letters/", 404),
    ],
)
def test_a_slash_behind_a_list_changes_nothing(client: Client, method: str, path: str, status: int) -> None:
    reply = client.send(method, path, {} if method in ("POST", "PATCH") else None)
    assert reply.status == status
    plain = client.send(method, path.replace("/?", "?").removesuffix("/"), None)
    assert status != 200 or (reply.body, reply.headers.get("link")) == (plain.body, plain.headers.get("link"))


@pytest.mark.parametrize(("letters", "linked"), [(1_900, True), (2_100, False)])
def test_links_are_given_while_the_query_is_short_enough_to_repeat(client: Client, letters: int, linked: bool) -> None:
    reply = client.get(f"productOffering?name.ne={'x' * letters}&limit=1")
    assert (reply.status, reply.headers["x-total-count"], "link" in reply.headers) == (200, "6", linked)


def test_who_wants_a_websocket_is_answered_and_fills_no_log(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    wish = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="}
    assert client.send("GET", "productOffering", headers=wish).status == 200
    assert caplog.messages == []


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("name=%00", 400),
        ("a=b&" * 300, 400),
        ("name=" + "x" * 9000, 400),
        ("limit=4", 200),
        ("limit=999999999", 200),
        ("offset=999999999", 200),
        ("name.regex=" + "(a*)*" * 20 + "b", 200),
        ("name.regex=(", 400),
        ("a.b.c.d.e.f.g.h.i.j.k.l.m.n=1", 400),
        ("name=%ff", 200),
        ("name='; drop table tmfkit_items; --", 200),
        ("sort=name,-id,x.y", 200),
        ("fields=none", 200),
    ],
)
def test_queries(client: Client, query: str, status: int) -> None:
    reply = client.get(f"productOffering?{query}")
    assert reply.status == status, reply.text
    if status == 200:
        assert len(reply.body) <= LIMITS.page


def test_what_would_take_too_long_is_not_begun() -> None:
    with running(settings=Settings(limits=Limits(scanned=3, compared=1000))) as root:
        client = Client(root, Dialect.TMF620_V4)
        for number in range(5):
            client.post("category", {"id": str(number), "name": "A" if number else "B", "description": "x"})
        assert client.get("category?description=x").status == 400
        assert client.get("category?sort=name").body["message"].startswith("5 items would have to be read")
        assert client.get("category?description=x&name=B").headers["x-total-count"] == "1"
        assert client.get("category?name=A").headers["x-total-count"] == "4"


def test_what_is_too_large_for_one_answer_is_read_in_parts() -> None:
    with running(settings=Settings(limits=Limits(held=5000))) as root:
        client = Client(root, Dialect.TMF620_V4)
        for number in range(4):
            client.post("category", {"id": str(number), "name": "A", "description": "x" * 2000})
        assert [client.get(f"category{query}").status for query in ("", "?description.regex=x", "?sort=id")] == [400, 400, 400]
        assert [client.get(f"category?limit=2{query}").status for query in ("", "&description.regex=x", "&sort=id")] == [200, 200, 200]
        assert "too long" in client.get("category?limit=2&sort=description").body["message"]
        assert client.get("category?description.regex=x&limit=2&offset=2").headers["x-total-count"] == "4"


def test_a_bug_is_told_without_its_inside(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def broken(*_: Any) -> Any:
        raise RuntimeError("two\nlines /secret/path")

    monkeypatch.setattr(routes, "listed", broken)
    with caplog.at_level(logging.ERROR, "tmfkit.serve"), running() as root:
        reply = Client(root, Dialect.TMF620_V5).get("category")
        assert (reply.status, reply.body["@type"], reply.body["code"]) == (500, "Error", "bug")
        assert b"secret" not in reply.text
        assert Client(root, Dialect.TMF620_V5).get("/").status == 200
    (record,) = caplog.records
    assert record.getMessage().count("\n") == 0
    assert record.exc_info is None


def test_many_clients_at_once(client: Client) -> None:
    statuses: list[int] = []

    def ask(_: int) -> None:
        one = Client(client.root, Dialect.TMF620_V4)
        statuses.extend(one.get("productOffering?limit=2").status for _ in range(5))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 150
