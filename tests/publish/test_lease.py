"""One publisher at a time: the lease lets one through, is free when its holder is gone, and whoever loses it writes no more."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from tests.publish.shops import AT_ONCE, Wire, shop
from tmfkit.errors import TmfkitError
from tmfkit.publish.lease import FILE, LASTS, LostLease, held, taken
from tmfkit.remote.wire import Request


class Time:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


def test_a_second_publisher_is_told_who_the_first_is(tmp_path: Path) -> None:
    with held(tmp_path), pytest.raises(TmfkitError, match=f"process {os.getpid()} on ") as caught:
        taken(tmp_path)
    assert "UTC" in caught.value.hint
    with held(tmp_path):
        pass
    assert [path.name for path in tmp_path.iterdir()] == [f".{FILE}.lock"]


def test_of_many_one_gets_it(tmp_path: Path) -> None:
    def attempt(_: int) -> bool:
        try:
            taken(tmp_path)
        except TmfkitError:
            return False
        return True

    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(attempt, range(64))) == 1


@pytest.mark.parametrize("_", range(10))
def test_of_many_one_takes_over_what_is_free(tmp_path: Path, _: int) -> None:
    """Ten times, because a race shows itself now and then."""
    clock = Time()
    taken(tmp_path, clock)
    clock.now += LASTS + 1

    def attempt(_: int) -> bool:
        try:
            taken(tmp_path, clock)
        except TmfkitError:
            return False
        return True

    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(attempt, range(64))) == 1


def test_it_is_free_when_its_time_is_over(tmp_path: Path) -> None:
    clock = Time()
    first = taken(tmp_path, clock)
    clock.now += LASTS - 1
    with pytest.raises(TmfkitError, match="somebody publishes"):
        taken(tmp_path, clock)
    first.renew()
    clock.now += LASTS - 1
    with pytest.raises(TmfkitError, match="somebody publishes"):
        taken(tmp_path, clock)
    clock.now += 2
    second = taken(tmp_path, clock)
    second.check()
    with pytest.raises(LostLease, match="not renewed in time"):
        first.check()
    first.renew()
    first.give_back()
    second.renew()
    second.check()


def test_who_was_replaced_notices(tmp_path: Path) -> None:
    clock = Time()
    first = taken(tmp_path, clock)
    (tmp_path / FILE).unlink()
    first.renew()
    with pytest.raises(LostLease, match="its file is gone"):
        first.check()
    other = taken(tmp_path, clock)
    first.renew()
    other.check()


@pytest.fixture
def ended() -> int:
    """The number of a process of this machine that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_it_is_free_when_its_process_is_gone(tmp_path: Path, ended: int) -> None:
    taken(tmp_path)
    file = tmp_path / FILE
    said = json.loads(file.read_text())
    file.write_text(json.dumps({**said, "process": ended}))
    taken(tmp_path).check()
    file.write_text(json.dumps({**said, "process": ended, "machine": "another one"}))
    with pytest.raises(TmfkitError, match="somebody publishes"):
        taken(tmp_path)


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"token": 1}', "\0"])
def test_a_lease_that_nobody_wrote_holds_nobody_up(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE).write_text(content)
    taken(tmp_path).check()


@pytest.mark.parametrize("until", [3 * LASTS, 1e300])
def test_a_lease_of_a_clock_that_is_wrong_says_so(tmp_path: Path, until: float) -> None:
    clock = Time()
    taken(tmp_path, clock)
    file = tmp_path / FILE
    file.write_text(json.dumps({**json.loads(file.read_text()), "until": clock.now + until, "machine": "another one"}))
    with pytest.raises(TmfkitError, match="the clock there or here is wrong") as caught:
        taken(tmp_path, clock)
    assert "delete that file" in caught.value.hint


def test_a_folder_in_place_of_the_file_and_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "one" / FILE).mkdir(parents=True)
    (tmp_path / "two").touch()
    for name, why in (("one", "it is a folder"), ("two", "two is no folder")):
        with pytest.raises(TmfkitError, match=f"cannot write .*{FILE}: {why}"):
            taken(tmp_path / name)


def test_who_loses_it_stops_before_the_next_write(tmp_path: Path) -> None:
    target = shop(tmp_path)
    target.concurrency = 1

    def stolen(number: int, request: Request) -> None:
        if request.method == "POST" and number == 20:
            file = target.folder / FILE
            file.write_text(json.dumps({**json.loads(file.read_text()), "until": 0.0, "token": "another"}))
            lost.append(number)

    lost: list[int] = []
    wire = Wire(after=stolen)
    clock = Time()

    def ticking() -> float:
        return clock.now + (LASTS + 1 if lost else 0)

    with pytest.raises(LostLease):
        target.publish(wire=wire, manner=replace(AT_ONCE, clock=ticking))
    assert len(wire.requests) == 20
    (target.folder / FILE).unlink()
    assert target.publish().whole
    assert target.plan().steps == ()
