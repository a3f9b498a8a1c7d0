"""Threads behind the answers go on whatever happens to them, and end when the server does."""

import logging
import threading
import time

import pytest
from sqlalchemy.exc import OperationalError

from tests.serve.listeners import eventually
from tmfkit.serve.background import Worker, working

GONE = OperationalError("SELECT 'a secret of a customer'", {"token": "secret"}, Exception("secret"))


@pytest.mark.parametrize(("failure", "level"), [(GONE, logging.WARNING), (ZeroDivisionError("secret"), logging.ERROR)])
def test_a_turn_that_fails_is_told_in_one_line_and_followed_by_another(
    failure: Exception, level: int, caplog: pytest.LogCaptureFixture
) -> None:
    turns: list[int] = []

    def turn(worker: Worker) -> bool:
        turns.append(1)
        if len(turns) == 1:
            raise failure
        return False

    with working("events", turn, 1, 0.01):
        eventually(lambda: len(turns) > 3)
    (record,) = caplog.records
    assert record.levelno == level
    assert "\n" not in record.getMessage()
    assert "secret" not in record.getMessage()


def test_a_call_wakes_who_sleeps() -> None:
    turns: list[float] = []
    with working("events", lambda worker: bool(turns.append(time.monotonic())), 1, 60) as wake:
        eventually(lambda: turns)
        time.sleep(0.05)
        wake()
        eventually(lambda: len(turns) > 1)


def test_the_end_waits_for_work_in_hand_and_leaves_no_thread() -> None:
    begun: list[str] = []
    ended: list[str] = []

    def turn(worker: Worker) -> bool:
        begun.append(worker.name)
        while not worker.stopping():
            time.sleep(0.01)
        ended.append(worker.name)
        return True

    with working("events", turn, 3, 0.01):
        eventually(lambda: len(begun) == 3)
    assert sorted(set(ended)) == sorted(begun)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("tmfkit events")]
