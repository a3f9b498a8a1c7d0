"""Several servers on one PostgreSQL behave as one: nobody can tell to which of them a request went."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.serve.listeners import HTTP, Outside, call, eventually, outside
from tests.serve.postgres import Cluster
from tests.serve.serving import processes
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.versions import APIS

pytestmark = pytest.mark.postgres

BASE = APIS[Dialect.TMF620_V4].base_path.lstrip("/")
OFFERINGS = f"{BASE}productOffering"


@pytest.fixture(scope="module")
def there() -> Iterator[Outside]:
    with outside() as outsider:
        yield outsider


@pytest.fixture(scope="module")
def servers(postgres: Cluster, there: Outside) -> Iterator[list[str]]:
    """Three, started at once on a database without tables."""
    with postgres.database() as database, processes(3, database, there.host) as found:
        yield [server.url for server in found]


def at_once(work: Callable[[int], Any], number: int) -> list[Any]:
    """The results of `number` calls that all begin at the same moment."""
    start = threading.Barrier(number)

    def one(index: int) -> Any:
        start.wait()
        return work(index)

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(one, range(number)))


def test_they_start_at_once_on_an_empty_database(servers: list[str]) -> None:
    assert [call("GET", server)[0] for server in servers] == [200, 200, 200]


def test_of_many_that_make_the_same_item_one_does(servers: list[str]) -> None:
    for number in range(5):
        body = {"id": f"same-{number}", "name": "x"}
        statuses = at_once(lambda index, body=body: call("POST", f"{servers[index % 3]}{OFFERINGS}", body)[0], 12)
        assert Counter(statuses) == {201: 1, 409: 11}


def test_of_many_that_change_the_state_they_read_one_does(servers: list[str]) -> None:
    call("POST", f"{servers[0]}{OFFERINGS}", {"id": "tagged", "name": "x"})
    for number in range(5):
        url = f"{servers[number % 3]}{OFFERINGS}/tagged"
        tag = HTTP.request("GET", url).headers["ETag"]
        statuses = at_once(
            lambda index, tag=tag: call(
                "PATCH", f"{servers[index % 3]}{OFFERINGS}/tagged", {"description": str(index)}, **{"If-Match": tag}
            )[0],
            12,
        )
        assert Counter(statuses) == {200: 1, 412: 11}
        call("PATCH", url, {"description": f"round {number}"})


def test_no_change_is_lost(servers: list[str]) -> None:
    call("POST", f"{servers[0]}{OFFERINGS}", {"id": "merged", "name": "x"})
    statuses = at_once(lambda index: call("PATCH", f"{servers[index % 3]}{OFFERINGS}/merged", {f"x-{index}": index})[0], 24)
    assert set(statuses) == {200}
    body = call("GET", f"{servers[1]}{OFFERINGS}/merged")[1]
    assert {name: body[name] for name in body if name.startswith("x-")} == {f"x-{index}": index for index in range(24)}


def test_what_is_removed_is_removed_once(servers: list[str]) -> None:
    call("POST", f"{servers[0]}{OFFERINGS}", {"id": "removed", "name": "x"})
    statuses = at_once(lambda index: call("DELETE", f"{servers[index % 3]}{OFFERINGS}/removed")[0], 12)
    assert Counter(statuses) == {204: 1, 404: 11}


def test_lists_are_the_same_everywhere_and_their_pages_hold_each_item_once(servers: list[str]) -> None:
    url = f"{BASE}category"
    made = at_once(lambda index: call("POST", f"{servers[index % 3]}{url}", {"name": f"c{index}"})[1]["id"], 30)
    lists = [[item["id"] for item in call("GET", f"{server}{url}")[1]] for server in servers]
    assert lists[0] == lists[1] == lists[2]
    assert sorted(lists[0]) == sorted(made)
    pages = [item["id"] for page in range(10) for item in call("GET", f"{servers[page % 3]}{url}?limit=3&offset={3 * page}")[1]]
    assert pages == lists[0]


def test_a_listener_hears_every_change_once_and_in_order(servers: list[str], there: Outside) -> None:
    there.heard.clear()
    status, hub = call("POST", f"{servers[0]}{BASE}hub", {"callback": there.url, "query": "event.productSpecification.id.regex=^heard"})
    assert status == 201

    def live(index: int) -> None:
        url = f"{BASE}productSpecification"
        call("POST", f"{servers[index % 3]}{url}", {"id": f"heard-{index}", "name": "x", "brand": "0"})
        for step in range(1, 6):
            call("PATCH", f"{servers[(index + step) % 3]}{url}/heard-{index}", {"brand": str(step)})
        call("DELETE", f"{servers[index % 3]}{url}/heard-{index}")

    at_once(live, 6)
    eventually(lambda: len(there.heard) >= 42)
    assert len({body["eventId"] for _, body in there.heard}) == len(there.heard) == 42
    for index in range(6):
        told = [body for _, body in there.heard if body["event"]["productSpecification"]["id"] == f"heard-{index}"]
        assert [body["event"]["productSpecification"]["brand"] for body in told] == list("0123455")
    call("DELETE", f"{servers[1]}{BASE}hub/{hub['id']}")


def test_a_job_is_carried_out_by_one_of_them(servers: list[str], there: Outside) -> None:
    there.heard.clear()
    base = APIS[Dialect.TMF620_V5].base_path.lstrip("/")
    call("POST", f"{servers[0]}{base}hub", {"@type": "Hub", "callback": f"{there.url}jobs", "query": "eventType=ExportJobStateChangeEvent"})
    statuses = at_once(lambda index: call("POST", f"{servers[index % 3]}{base}exportJob", {"@type": "ExportJob", "url": "/"})[0], 9)
    assert set(statuses) == {201}
    eventually(lambda: len(there.heard) >= 18)
    assert Counter(body["event"]["exportJob"]["status"] for _, body in there.heard) == {"Running": 9, "Succeeded": 9}


def test_events_of_a_server_that_is_killed_are_told_by_another(postgres: Cluster) -> None:
    """It dies while the listener thinks about an event: that one may be told twice, none is lost, and the order stays."""
    with outside() as listener, postgres.database() as database, processes(1, database, listener.host) as (first,):
        listener.slow = 0.2
        call("POST", f"{first.url}{BASE}hub", {"callback": listener.url})
        for number in range(40):
            call("POST", f"{first.url}{OFFERINGS}", {"id": f"{number}", "name": f"{number}"})
        with processes(1, database, listener.host):
            assert len(listener.heard) < 40
            first.kill()
            listener.slow = 0
            eventually(lambda: listener.names()[-1:] == ["39"])
        assert list(dict.fromkeys(listener.names())) == [str(number) for number in range(40)]
