"""The servers and the proxy of these tests do what the laws take them for."""

from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

import orjson
import pytest

from tests.live.proxy import Fault, by_chance, by_number, spoiling
from tests.live.servers import Exchange, at, cut, serving
from tmfkit.remote.profiles import PROFILES
from tmfkit.remote.wire import Response
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.versions import APIS

BASE = APIS[Dialect.TMF620_V4].base_path
NOTHING = 0
"""Instead of a status: the connection ends without a whole answer."""


def ask(connection: HTTPConnection, method: str = "POST", path: str = "category") -> int:
    try:
        connection.request(method, BASE + path, orjson.dumps({"name": "A"}), {"content-type": "application/json"})
        answer = connection.getresponse()
        answer.read()
    except (HTTPException, ConnectionError):
        connection.close()
        return NOTHING
    return answer.status


def to(url: str) -> HTTPConnection:
    return HTTPConnection(urlsplit(url).netloc, timeout=10)


FAULTS = [
    # the fault, what the client hears, how many items there are afterwards
    (Fault.DROP, NOTHING, 0),
    (Fault.DELAY, 201, 1),
    (Fault.DUPLICATE, 201, 2),
    (Fault.TRUNCATE, NOTHING, 1),
    (Fault.ERROR, 500, 0),
    (Fault.FAILED_AFTER, 500, 1),
    (Fault.BUSY, 503, 0),
    (Fault.THROTTLED, 429, 0),
    (Fault.RESET, NOTHING, 1),
]


@pytest.mark.parametrize(("fault", "heard", "made"), FAULTS)
def test_each_fault(fault: Fault, heard: int, made: int) -> None:
    with serving(PROFILES["minting"], [Dialect.TMF620_V4]) as live, spoiling(live.url, by_number({2: fault})) as proxy:
        connection = to(proxy.url)
        assert [ask(connection), ask(connection), ask(connection)] == [201, heard, 201]
        connection.close()
        assert proxy.spoiled == [(2, "POST", BASE + "category", fault)]
        assert len(live.catalogs[Dialect.TMF620_V4].held("category")) == 2 + made


def test_every_fault_is_tried() -> None:
    assert [fault for fault, _, _ in FAULTS] == list(Fault)


def test_chance_is_the_same_every_time() -> None:
    def drawn() -> list[Fault | None]:
        choose = by_chance(7, 0.3)
        return [choose(number, "POST") for number in range(200)]

    first = drawn()
    assert first == drawn()
    assert 30 < sum(fault is not None for fault in first) < 90
    only = by_chance(7, 1.0, methods="POST PATCH")
    assert [only(number, method) is None for number, method in enumerate(("GET", "POST", "PATCH", "DELETE"))] == [True, False, False, True]


@pytest.mark.parametrize(("side", "made"), [("before", 2), ("after", 3)])
def test_a_server_that_falls_silent(side: str, made: int) -> None:
    with serving(PROFILES["v5"], [Dialect.TMF620_V4], **{side: at(3, cut)}) as live:
        connection = to(live.url)
        assert [ask(connection), ask(connection, "GET"), ask(connection), ask(connection)] == [201, 200, NOTHING, 201]
        connection.close()
        assert len(live.catalogs[Dialect.TMF620_V4].held("category")) == made
        assert [exchange.write for exchange in live.seen if exchange.write] == ([1, 3] if side == "before" else [1, 2, 3])


def test_hooks_see_and_change_what_is_there() -> None:
    def foreign(exchange: Exchange) -> Response | None:
        live.catalogs[Dialect.TMF620_V4].place("category", {"name": "theirs"})
        return None

    with serving(PROFILES["v5"], [Dialect.TMF620_V4], after=at(2, foreign, writes=True)) as live:
        connection = to(live.url)
        assert [ask(connection), ask(connection, "GET"), ask(connection)] == [201, 200, 201]
        connection.close()
        assert [body["name"] for body in live.catalogs[Dialect.TMF620_V4].held("category").values()] == ["A", "A", "theirs"]
        assert [exchange.number for exchange in live.writes] == [1, 3]


def test_a_hook_may_answer_itself() -> None:
    with serving(PROFILES["v5"], [Dialect.TMF620_V4], before=at(1, lambda exchange: Response(418))) as live:
        connection = to(live.url)
        assert [ask(connection), ask(connection)] == [418, 201]
        connection.close()


def test_what_is_no_api_is_not_found() -> None:
    with serving(PROFILES["v5"], [Dialect.TMF633_V4]) as live:
        connection = to(live.url)
        assert ask(connection) == 404
        connection.close()
