"""What happens on the way to a server: every fault is told apart by whether the server may have done what was asked."""

import gzip
import socket
import struct
import threading
from collections.abc import Callable

import pytest
import urllib3

from tests.remote.servers import Heard, answer, closed_port, scripted, silent
from tmfkit.errors import TmfkitError
from tmfkit.remote.connection import Connection, host_of
from tmfkit.remote.wire import Doubtful, Request, Unreached

POST = Request("POST", "productOffering", {"content-type": "application/json"}, b'{"name": "x"}')
GET = Request("GET", "productOffering?offset=0&limit=10", {"accept": "application/json"})


def connection(base: str, timeout: float = 5.0, **more: object) -> Connection:
    return Connection(base, urllib3.PoolManager(), timeout=timeout, **more)


def failure(base: str, request: Request = POST, timeout: float = 5.0, **more: object) -> TmfkitError:
    with pytest.raises(TmfkitError) as caught:
        connection(base, timeout, **more).send(request)
    return caught.value


def test_a_request_goes_out_as_it_is_and_the_answer_comes_back_whole() -> None:
    with scripted(answer(201, {"id": "1"}, ETag='"a"', X_Total_Count="7")) as server:
        response = connection(server.url).send(POST)
    assert (response.status, response.body) == (201, b'{"id": "1"}')
    assert (response.headers["etag"], response.headers["x-total-count"]) == ('"a"', "7")
    [heard] = server.heard
    assert (heard.method, heard.path, heard.body) == ("POST", "/api/productOffering", b'{"name": "x"}')
    assert heard.headers["user-agent"] == "tmfkit"
    assert "authorization" not in heard.headers


@pytest.mark.parametrize("status", [200, 204, 206, 400, 404, 409, 429, 500, 503])
def test_every_status_is_an_answer(status: int) -> None:
    with scripted(answer(status, raw=b"" if status == 204 else b"{}")) as server:
        assert connection(server.url).send(GET).status == status
        assert len(server.heard) == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_nobody_is_sent_on_to_another_host(status: int) -> None:
    with scripted(answer(200, [])) as other, scripted(answer(status, location=other.url)) as server:
        response = connection(server.url).send(GET)
    assert (response.status, response.headers["location"]) == (status, other.url)
    assert other.heard == []


def test_a_connection_is_used_again() -> None:
    with scripted(answer(200, [])) as server:
        kept = connection(server.url)
        for _ in range(3):
            kept.send(GET)
        assert (kept.pool.connection_from_url(server.url).num_connections, len(server.heard)) == (1, 3)


def test_a_connection_that_the_server_has_ended_is_not_used_for_a_write() -> None:
    with scripted(answer(200, [], X_Hangs_Up="yes"), answer(201, {"id": "1"})) as server:
        kept = connection(server.url)
        kept.send(GET)
        assert server.hung_up.wait(5)
        assert kept.send(POST).status == 201
        assert [heard.method for heard in server.heard] == ["GET", "POST"]


def test_where_nothing_listens_nothing_was_changed() -> None:
    error = failure(f"http://127.0.0.1:{closed_port()}/api/")
    assert isinstance(error, Unreached)
    assert error.message == "the server cannot be reached: nothing listens there"
    assert "address" in error.hint


def test_a_host_that_nobody_knows() -> None:
    error = failure("http://catalog.invalid/api/")
    assert isinstance(error, Unreached)
    assert error.message == "no host is called catalog.invalid"


def truncated(heard: Heard) -> bytes:
    return b"HTTP/1.1 201 Created\r\ncontent-length: 500\r\nconnection: close\r\n\r\n" + b'{"id": "1", "na'


def chunk_missing(heard: Heard) -> bytes:
    return b'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n5\r\n[{"id\r\n'


def no_http(heard: Heard) -> bytes:
    return b"SSH-2.0-OpenSSH_9.6\r\nconnection: close\r\n"


def bad_gzip(heard: Heard) -> bytes:
    return answer(200, raw=b"this is not packed", content_encoding="gzip")


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (None, "the connection ended before the whole answer was there"),
        (truncated, "the connection ended before the whole answer was there"),
        (chunk_missing, "the connection ended before the whole answer was there"),
        (no_http, "the connection ended before the whole answer was there"),
        (bad_gzip, "the answer cannot be unpacked"),
    ],
    ids=["hung up", "truncated", "half a chunk", "no HTTP", "badly packed"],
)
@pytest.mark.parametrize("request_", [POST, GET], ids=["write", "look"])
def test_without_a_whole_answer_it_is_in_doubt_and_is_not_asked_again(
    reply: Callable[[Heard], bytes] | None, says: str, request_: Request
) -> None:
    with scripted(reply, answer(200, [])) as server:
        error = failure(server.url, request_)
    assert isinstance(error, Doubtful)
    assert error.message == says
    assert len(server.heard) == 1


def test_a_reset_after_the_server_has_read_is_in_doubt() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def reset() -> None:
            client, _ = listening.accept()
            client.recv(65536)
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            client.close()

        thread = threading.Thread(target=reset)
        thread.start()
        error = failure(f"http://127.0.0.1:{listening.getsockname()[1]}/")
        thread.join()
    assert isinstance(error, Doubtful)


def test_a_server_that_says_nothing_is_in_doubt_after_the_timeout() -> None:
    with scripted(b"") as server:
        server.script[:] = [silent(server)]
        error = failure(server.url, timeout=0.2)
    assert isinstance(error, Doubtful)
    assert error.message == "no answer came within 0.2 seconds"


def test_a_server_that_drips_is_left_when_all_of_it_takes_too_long() -> None:
    times = iter(range(0, 10_000, 40))
    with scripted(answer(200, raw=b"x" * 1_000_000)) as server:
        error = failure(server.url, clock=lambda: float(next(times)))
    assert isinstance(error, Doubtful)
    assert error.message == "the answer is not whole after 50 seconds"


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "packed"])
def test_an_answer_without_end_is_not_read_to_the_end(packed: bool) -> None:
    body = b" " * 3_000_000
    reply = answer(200, raw=gzip.compress(body), content_encoding="gzip") if packed else answer(200, raw=body)
    with scripted(reply) as server:
        error = failure(server.url, largest=1_000_000)
    assert isinstance(error, Doubtful)
    assert error.message == "the answer has more than 1,000,000 bytes"


def test_ten_megabytes_there_and_back() -> None:
    def echoed(heard: Heard) -> bytes:
        return answer(200, raw=heard.body)

    body = b'{"description": "' + b"x" * 10_000_000 + b'"}'
    with scripted(echoed) as server:
        assert connection(server.url, 20.0).send(Request("POST", "x", {}, body)).body == body


def test_a_packed_answer_is_unpacked() -> None:
    with scripted(answer(200, raw=gzip.compress(b"[1]"), content_encoding="gzip")) as server:
        assert connection(server.url).send(GET).body == b"[1]"
        assert server.heard[0].headers["accept-encoding"] == "gzip"


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://catalog.example/x/", "catalog.example"),
        ("https://catalog.example:443/", "catalog.example"),
        ("http://catalog.example:443/", "catalog.example:443"),
        ("http://127.0.0.1:8000/api/", "127.0.0.1:8000"),
        ("http://[::1]:8000/api/", "[::1]:8000"),
    ],
)
def test_a_host_by_the_name_that_people_use(address: str, host: str) -> None:
    assert host_of(address) == host
