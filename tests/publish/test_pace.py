"""The pace of writes follows the server: slower when it is busy, faster again after, and never without end."""

from collections.abc import Callable
from itertools import pairwise

import pytest

from tmfkit.publish.pace import LONGEST_WISH, TRIES, Pace
from tmfkit.remote.wire import Busy, Doubtful, Refused, Unreached


def pace(most: int = 8) -> tuple[Pace, list[float]]:
    slept: list[float] = []
    return Pace(most, slept.append, lambda: 1.0), slept


def failing(*errors: Exception) -> Callable[[], str]:
    left = list(errors)

    def send() -> str:
        if left:
            raise left.pop(0)
        return "done"

    return send


BUSY = Busy(503, "later")


@pytest.mark.parametrize(
    ("errors", "slept"),
    [
        ((), []),
        ((BUSY,), [0.2]),
        ((BUSY, BUSY, BUSY), [0.2, 0.4, 0.8]),
        ((Busy(429, "later", after=7.0),), [7.2]),
        ((Busy(429, "later", after=10_000.0),), [LONGEST_WISH + 0.2]),
        ((Unreached("gone"), Unreached("gone")), [0.2, 0.4]),
    ],
)
def test_a_busy_server_is_waited_for(errors: tuple[Exception, ...], slept: list[float]) -> None:
    there, pauses = pace()
    assert there.carried(failing(*errors)) == "done"
    assert pauses == pytest.approx(slept)


@pytest.mark.parametrize("error", [BUSY, Unreached("gone")])
def test_nobody_waits_for_ever(error: Exception) -> None:
    there, pauses = pace()
    with pytest.raises(type(error)):
        there.carried(failing(*[error] * TRIES))
    assert len(pauses) == TRIES - 1


@pytest.mark.parametrize("error", [Doubtful("lost"), Refused(400, "no")])
def test_what_waiting_does_not_help_is_told_at_once(error: Exception) -> None:
    there, pauses = pace()
    with pytest.raises(type(error)):
        there.carried(failing(error))
    assert pauses == []


def test_when_it_is_over_nobody_tries_again() -> None:
    there = Pace(4)
    there.end()
    with pytest.raises(Busy):
        there.carried(failing(Busy(503, "later", after=200.0)))


def test_it_halves_and_comes_back_by_one() -> None:
    there, _ = pace(8)
    allowed = []
    there.carried(failing(BUSY, BUSY))
    allowed.append(there.allowed)
    for _ in range(40):
        there.carried(failing())
        allowed.append(there.allowed)
    assert allowed[0] == 2
    assert allowed[-1] == 8
    assert all(later - earlier in (0, 1) for earlier, later in pairwise(allowed))
    with pytest.raises(Busy):
        there.carried(failing(*[BUSY] * TRIES))
    assert there.allowed == 1
