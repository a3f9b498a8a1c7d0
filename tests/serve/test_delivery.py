"""How events reach a listener that does not always take them: order, patience, dead letters, and workers that die."""

import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any

import orjson
import pytest

from tmfkit.serve import hubs, letters
from tmfkit.serve.background import Worker
from tmfkit.serve.callbacks import Reply, Unanswered
from tmfkit.serve.delivery import Delivery, Pace, deliver
from tmfkit.serve.errors import Fault
from tmfkit.serve.exchange import Call
from tmfkit.serve.outbox import record_all
from tmfkit.serve.service import Service, Written, now
from tmfkit.serve.settings import Settings
from tmfkit.serve.shelf import Shelf
from tmfkit.serve.store import Store, opened
from tmfkit.tmf.dialects import Dialect

OFFERINGS = Shelf(Dialect.TMF620_V4, "productOffering")
PACE = Pace(tries=4, first=1.0, longest=5.0, lease=45.0)


@dataclass
class Stage:
    """A server without its network, a clock that stands still, and a listener that answers by a script."""

    store: Store
    time: float = 1000.0
    taken: list[str] = field(default_factory=list)
    script: list[int | str] = field(default_factory=list)
    meanwhile: Callable[[], object] = lambda: None

    @property
    def service(self) -> Service:
        return Service(self.store, Settings(callbacks=("crm.example",)))

    @property
    def delivery(self) -> Delivery:
        return Delivery(self.store, self.send, PACE, lambda: self.time)

    def send(self, url: str, body: bytes) -> Reply:
        answer = self.script.pop(0) if self.script else 204
        self.meanwhile()
        if isinstance(answer, str):
            raise Unanswered(answer)
        if answer < 300:
            self.taken.append(orjson.loads(body)["event"]["productOffering"]["name"])
        return Reply(answer)

    def listen(self, path: str = "a") -> str:
        call = Call("POST", OFFERINGS.dialect, "hub", body=orjson.dumps({"callback": f"http://crm.example/{path}"}))
        return str(hubs.subscribe(self.service, call).body["id"])

    def happen(self, *names: str) -> None:
        """Each in a transaction of its own."""
        for name in names:
            with self.store.writing() as connection:
                record_all(connection, [Written(OFFERINGS, None, {"id": name, "name": name}, now())])

    def turn(self, worker: str = "w") -> bool:
        return deliver(self.delivery, Worker(worker, lambda: False))

    def pass_time(self, seconds: float) -> None:
        """In steps, and whoever waits has a turn after each."""
        for _ in range(int(seconds)):
            self.time += 1
            self.turn()

    def letters(self, **parameters: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = letters.letters(self.service, Call("GET", parameters=tuple(parameters.items()))).body
        return found


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Stage]:
    """Where the database makes no difference."""
    with closing(opened(str(tmp_path / "catalog.db"))) as store:
        yield Stage(store)


@pytest.fixture
def stage(database: str) -> Iterator[Stage]:
    with closing(opened(database)) as store:
        yield Stage(store)


def test_nothing_to_tell_is_no_turn(stage: Stage) -> None:
    stage.happen("before anybody listens")
    stage.listen()
    assert not stage.turn()


def test_events_come_in_the_order_of_the_changes(stage: Stage) -> None:
    stage.listen()
    stage.happen(*"abc")
    assert stage.turn()
    assert stage.taken == ["a", "b", "c"]
    assert not stage.turn()


def test_the_order_of_events_is_that_in_which_transactions_are_confirmed(stage: Stage) -> None:
    stage.listen()
    second = threading.Thread(target=stage.happen, args=("second",))
    with stage.store.writing() as connection:
        record_all(connection, [Written(OFFERINGS, None, {"id": "first", "name": "first"}, now())])
        second.start()
        second.join(0.3)
        assert second.is_alive(), "whoever tells later is confirmed later"
    second.join()
    stage.turn()
    assert stage.taken == ["first", "second"]


def test_the_next_event_waits_for_the_one_before(stage: Stage) -> None:
    stage.listen()
    stage.happen(*"abc")
    stage.script = [503, "the connection breaks off"]
    assert stage.turn()
    assert not stage.turn(), "the pause has to pass first"
    stage.pass_time(10)
    assert stage.taken == ["a", "b", "c"]


def test_the_pause_grows_up_to_its_end() -> None:
    pauses = [Pace(tries=20, first=1.0, longest=60.0).pause(failures) for failures in range(1, 20)]
    assert all(0.5 * min(60, 2**number) <= pause <= min(60, 2**number) for number, pause in enumerate(pauses))


def test_an_event_is_given_up_after_so_many_tries_and_the_next_has_its_turn(stage: Stage) -> None:
    stage.listen()
    stage.happen(*"ab")
    stage.script = [500] * PACE.tries
    stage.pass_time(60)
    assert stage.taken == ["b"]
    assert [(one["event"]["event"]["productOffering"]["name"], one["tries"]) for one in stage.letters()] == [("a", PACE.tries)]
    assert stage.letters()[0]["error"] == "the listener answers 500"


def test_a_listener_that_is_gone_for_long_is_not_waited_for_with_each_event(stage: Stage) -> None:
    stage.listen()
    stage.happen(*"abcde")
    stage.script = ["crm.example:80 does not answer"] * (PACE.tries + 3)
    stage.pass_time(60)
    assert stage.taken == ["e"]
    assert [one["tries"] for one in stage.letters()] == [PACE.tries, 1, 1, 1]
    stage.happen("f")
    stage.script = [500]
    stage.pass_time(10)
    assert stage.taken == ["e", "f"], "once it takes something again, it is waited for again"


@pytest.mark.parametrize("status", [400, 410, 422])
def test_an_event_that_is_refused_for_good_is_not_tried_again(stage: Stage, status: int) -> None:
    stage.listen()
    stage.happen(*"ab")
    stage.script = [status]
    stage.turn()
    assert stage.taken == ["b"]
    assert [one["error"] for one in stage.letters()] == [f"the listener answers {status}"]


def test_a_redirect_is_not_followed(stage: Stage) -> None:
    stage.listen()
    stage.happen("a")
    stage.script = [302] * PACE.tries
    stage.pass_time(60)
    assert stage.letters()[0]["error"] == "the listener answers 302: redirects are not followed"


def test_two_listeners_do_not_wait_for_each_other(stage: Stage) -> None:
    stage.listen("a")
    stage.listen("b")
    stage.happen("x")
    stage.script = [503]
    stage.turn()
    assert stage.taken == []
    stage.turn()
    assert stage.taken == ["x"]


def test_while_one_worker_has_a_listener_no_other_does(stage: Stage) -> None:
    stage.listen()
    stage.happen("a")
    others: list[bool] = []
    stage.meanwhile = lambda: others.append(stage.turn("another"))
    stage.turn()
    assert others == [False]
    assert stage.taken == ["a"]


def test_what_a_dead_worker_held_goes_to_another_after_a_while(stage: Stage) -> None:
    stage.listen()
    stage.happen("a")

    def die() -> None:
        raise MemoryError

    stage.meanwhile = die
    with pytest.raises(MemoryError):
        stage.turn("dead")
    stage.meanwhile = lambda: None
    assert not stage.turn("another")
    stage.time += PACE.lease
    assert stage.turn("another")
    assert stage.taken == ["a"]


def test_a_worker_that_was_thought_dead_changes_nothing(stage: Stage) -> None:
    stage.listen()
    stage.happen("a", "b")

    def sleep_too_long() -> None:
        stage.meanwhile = lambda: None
        stage.time += PACE.lease
        assert stage.turn("another")

    stage.meanwhile = sleep_too_long
    stage.script = [500, 204, 204]
    stage.turn("slow")
    stage.happen("c")
    assert stage.turn()
    assert stage.taken == ["a", "b", "c"]
    assert stage.letters() == []


def test_a_listener_taken_away_meanwhile_hears_no_more(stage: Stage) -> None:
    id = stage.listen()
    stage.happen("a", "b")
    stage.meanwhile = lambda: hubs.unsubscribe(stage.service, Call("DELETE", OFFERINGS.dialect, "hub", id))
    stage.turn()
    assert stage.taken == ["a"]
    stage.meanwhile = lambda: None
    assert not stage.turn()


def test_dead_letters_are_sent_again_where_they_stood(stage: Stage) -> None:
    stage.listen()
    stage.happen(*"abc")
    stage.script = [400, 503]
    stage.turn()
    (dead,) = stage.letters()
    assert letters.send_again(stage.service, Call("POST", id=dead["id"])).status is HTTPStatus.ACCEPTED
    stage.turn()
    assert stage.taken == ["a", "b", "c"]
    assert stage.letters() == []


def test_dead_letters_are_found_by_listener_and_thrown_away(stage: Stage) -> None:
    one, other = stage.listen("a"), stage.listen("b")
    stage.happen(*"ab")
    stage.script = [400] * 4
    stage.turn()
    stage.turn()
    assert len(stage.letters()) == 4
    assert {dead["hub"] for dead in stage.letters(hub=one)} == {one}
    assert len(stage.letters(limit="1", offset="1")) == 1
    letters.discard(stage.service, Call("DELETE", parameters=(("hub", one),)))
    assert {dead["hub"] for dead in stage.letters()} == {other}
    first = stage.letters()[0]["id"]
    assert letters.letter(stage.service, Call("GET", id=first)).body == stage.letters()[0]
    letters.discard(stage.service, Call("DELETE", id=first))
    assert letters.send_again(stage.service, Call("POST")).body == {"sentAgain": 1}
    stage.turn()
    assert stage.taken == ["b"]
    assert letters.send_again(stage.service, Call("POST")).body == {"sentAgain": 0}


@pytest.mark.parametrize("id", ["1", "x", "-1", "٣", "9" * 30])
def test_a_dead_letter_that_is_not_there(small: Stage, id: str) -> None:
    for does in (letters.letter, letters.send_again, letters.discard):
        with pytest.raises(Fault, match="there is no dead letter"):
            does(small.service, Call("GET", id=id))


def test_a_change_that_is_undone_tells_nothing(stage: Stage) -> None:
    stage.listen()
    written = Written(OFFERINGS, None, {"id": "a", "name": "a"}, now())

    def fail() -> None:
        with stage.store.writing() as connection:
            record_all(connection, [written])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert not stage.turn()


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "missingAttribute"),
        ([], "invalidBody"),
        ({"callback": 7}, "invalidBody"),
        ({"callback": "http://crm.example/", "query": 7}, "invalidBody"),
        ({"callback": "http://crm.example/", "query": "name.regex=("}, "invalidQuery"),
        ({"callback": "http://crm.example/", "query": "limit=1"}, "invalidQuery"),
        ({"callback": "http://crm.example/", "query": "&".join(f"a{n}=1" for n in range(300))}, "invalidQuery"),
        ({"callback": "http://other.example/"}, "callbackRefused"),
        ({"callback": "http://crm.example:8080/"}, "callbackRefused"),
        ({"callback": "file:///etc/passwd"}, "callbackRefused"),
    ],
)
def test_a_listener_that_is_refused(small: Stage, body: Any, code: str) -> None:
    with pytest.raises(Fault) as refused:
        hubs.subscribe(small.service, Call("POST", OFFERINGS.dialect, "hub", body=orjson.dumps(body)))
    assert refused.value.code == code
