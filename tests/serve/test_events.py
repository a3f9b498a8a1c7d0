"""Whoever registers as a listener is told of every change, in order, and nothing is lost on the way."""

from collections.abc import Iterator

import pytest

from tests.serve.listeners import Outside, call, eventually, outside
from tmfkit.serve import run
from tmfkit.serve.delivery import Pace
from tmfkit.serve.settings import Settings
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.versions import APIS

V4, V5 = (APIS[dialect].base_path.lstrip("/") for dialect in (Dialect.TMF620_V4, Dialect.TMF620_V5))


@pytest.fixture
def listener() -> Iterator[Outside]:
    with outside() as there:
        yield there


@pytest.fixture
def server(database: str, listener: Outside) -> Iterator[str]:
    with run.running(database, Settings(callbacks=(listener.host,))) as url:
        yield url


def offering(name: str, **more: str) -> dict[str, str]:
    return {"id": name, "name": name, "lifecycleStatus": "Active", **more}


def test_a_listener_hears_the_whole_life_of_an_item(server: str, listener: Outside) -> None:
    status, hub = call("POST", f"{server}{V4}hub", {"callback": f"{listener.url}heard?key=1"})
    assert status == 201
    assert hub["callback"] == f"{listener.url}heard?key=1"
    call("POST", f"{server}{V4}productOffering", offering("fibre"))
    call("PATCH", f"{server}{V4}productOffering/fibre", {"description": "fast"})
    call("PATCH", f"{server}{V4}productOffering/fibre", {"lifecycleStatus": "Launched"})
    call("PATCH", f"{server}{V4}productOffering/fibre", {"lifecycleStatus": "Retired", "description": "slow"})
    call("DELETE", f"{server}{V4}productOffering/fibre")
    eventually(lambda: len(listener.heard) == 6)
    assert listener.types == [
        "ProductOfferingCreateEvent",
        "ProductOfferingAttributeValueChangeEvent",
        "ProductOfferingStateChangeEvent",
        "ProductOfferingAttributeValueChangeEvent",
        "ProductOfferingStateChangeEvent",
        "ProductOfferingDeleteEvent",
    ]
    path, first = listener.heard[0]
    assert path == "/heard?key=1"
    assert set(first) == {
        "eventId",
        "eventTime",
        "eventType",
        "event",
        "correlationId",
        "domain",
        "title",
        "description",
        "priority",
        "timeOcurred",
    }
    assert first["event"]["productOffering"]["href"].endswith("/productOffering/fibre")
    together = [body["correlationId"] for _, body in listener.heard[3:5]]
    assert together[0] == together[1]
    assert len({body["eventId"] for _, body in listener.heard}) == 6


def test_an_event_of_version_5_says_its_type(server: str, listener: Outside) -> None:
    call("POST", f"{server}{V5}hub", {"@type": "Hub", "callback": listener.url})
    call("POST", f"{server}{V5}category", {"@type": "Category", "id": "c", "name": "c"})
    eventually(lambda: listener.heard)
    body = listener.heard[0][1]
    assert body["@type"] == body["eventType"] == "CategoryCreateEvent"
    assert "timeOccurred" in body


def test_a_listener_hears_what_it_asks_for(server: str, listener: Outside) -> None:
    query = "eventType=ProductOfferingCreateEvent&event.productOffering.lifecycleStatus=Launched&fields=eventId,event"
    call("POST", f"{server}{V4}hub", {"callback": listener.url, "query": query})
    for name, state in (("one", "Active"), ("two", "Launched"), ("three", "Launched")):
        call("POST", f"{server}{V4}productOffering", offering(name, lifecycleStatus=state))
    call("POST", f"{server}{V4}category", {"name": "c", "lifecycleStatus": "Launched"})
    eventually(lambda: len(listener.heard) == 2)
    assert listener.names() == ["two", "three"]
    assert set(listener.heard[0][1]) == {"eventId", "eventType", "event"}


def test_listeners_of_one_api_hear_nothing_of_another(server: str, listener: Outside) -> None:
    call("POST", f"{server}{V4}hub", {"callback": listener.url})
    call("POST", f"{server}{V5}category", {"@type": "Category", "name": "five"})
    call("POST", f"{server}{V4}category", {"name": "four"})
    eventually(lambda: listener.heard)
    assert listener.names("category") == ["four"]


def test_what_changes_nothing_tells_nothing(server: str, listener: Outside) -> None:
    call("POST", f"{server}{V4}hub", {"callback": listener.url})
    call("POST", f"{server}{V4}productOffering", offering("fibre"))
    call("PATCH", f"{server}{V4}productOffering/fibre", {"name": "fibre"})
    call("PATCH", f"{server}{V4}productOffering/fibre", {"lifecycleStatus": 7})
    assert call("POST", f"{server}{V4}productOffering", offering("fibre"))[0] == 409
    call("DELETE", f"{server}{V4}productOffering/fibre")
    eventually(lambda: len(listener.heard) == 2)
    assert listener.types == ["ProductOfferingCreateEvent", "ProductOfferingDeleteEvent"]


def test_a_change_from_one_to_true_is_a_change(server: str, listener: Outside) -> None:
    call("POST", f"{server}{V4}hub", {"callback": listener.url})
    call("POST", f"{server}{V4}productOffering", offering("fibre", isBundle=0))
    call("PATCH", f"{server}{V4}productOffering/fibre", {"isBundle": False})
    eventually(lambda: len(listener.heard) == 2)
    assert listener.types == ["ProductOfferingCreateEvent", "ProductOfferingAttributeValueChangeEvent"]
    assert listener.heard[1][1]["event"]["productOffering"]["isBundle"] is False


def test_an_event_that_is_not_taken_comes_again_before_the_next(server: str, listener: Outside) -> None:
    listener.script = [503]
    call("POST", f"{server}{V4}hub", {"callback": listener.url})
    for number in range(5):
        call("POST", f"{server}{V4}productOffering", offering(str(number)))
    eventually(lambda: len(listener.heard) == 5)
    assert listener.names() == list("01234")


def test_a_hub_is_registered_read_and_taken_away(server: str, listener: Outside) -> None:
    asked = {"callback": listener.url, "query": "eventType=ProductOfferingCreateEvent"}
    assert call("POST", f"{server}{V4}hub", asked)[0] == 201
    status, hub = call("GET", f"{server}{V4}hub")
    assert (status, [one["callback"] for one in hub]) == (200, [listener.url])
    assert call("GET", f"{server}{V4}hub/{hub[0]['id']}") == (200, hub[0])
    status, fault = call("POST", f"{server}{V4}hub", asked)
    assert status == 409
    assert hub[0]["id"] in fault["message"]
    assert call("GET", f"{server}{V5}hub/{hub[0]['id']}")[0] == 404
    assert call("DELETE", f"{server}{V4}hub/{hub[0]['id']}")[0] == 204
    assert call("DELETE", f"{server}{V4}hub/{hub[0]['id']}")[0] == 404
    assert call("GET", f"{server}{V4}hub") == (200, [])


def test_dead_letters_are_looked_up_and_sent_again(server: str, listener: Outside) -> None:
    letters = f"{server}tmfkit/dead-letters"
    listener.script = [422]
    call("POST", f"{server}{V4}hub", {"callback": listener.url})
    call("POST", f"{server}{V4}productOffering", offering("fibre"))
    status, found = eventually(lambda: (answer := call("GET", letters))[1] and answer)
    assert (status, [letter["error"] for letter in found]) == (200, ["the listener answers 422"])
    assert call("GET", f"{letters}/{found[0]['id']}") == (200, found[0])
    assert call("POST", f"{letters}/{found[0]['id']}") == (202, {"sentAgain": 1})
    eventually(lambda: listener.heard)
    assert call("GET", letters) == (200, [])
    assert call("DELETE", f"{letters}/{found[0]['id']}")[0] == 404
    assert call("DELETE", letters)[0] == 204


def test_events_survive_a_restart(database: str, listener: Outside) -> None:
    settings = Settings(callbacks=(listener.host,))
    listener.script = [503] * 100
    with run.running(database, settings, pace=Pace(first=1.0)) as first:
        call("POST", f"{first}{V4}hub", {"callback": listener.url})
        call("POST", f"{first}{V4}productOffering", offering("fibre"))
        eventually(lambda: len(listener.script) < 100)
    listener.script = []
    with run.running(database, settings):
        eventually(lambda: listener.names() == ["fibre"])


def test_what_was_allowed_once_is_not_called_when_it_is_no_longer(database: str, listener: Outside) -> None:
    with run.running(database, Settings(callbacks=(listener.host,))) as first:
        call("POST", f"{first}{V4}hub", {"callback": listener.url})
    with run.running(database, pace=Pace(first=0.01, longest=0.01, tries=2, poll=0.05)) as second:
        call("POST", f"{second}{V4}productOffering", offering("fibre"))
        letters = eventually(lambda: call("GET", f"{second}tmfkit/dead-letters")[1])
    assert "is not among the hosts that this server may call" in letters[0]["error"]
    assert listener.heard == []
