"""How many writes are under way at the same time: fewer as soon as a server is busy, one more for every row of successes."""

import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from tmfkit.remote.wire import Busy, Unreached

T = TypeVar("T")

TRIES = 8
"""How often a write is begun before it counts as failed."""
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 30.0
"""Seconds between two tries where the server does not say how long: the second is twice the first, and so on."""
LONGEST_WISH = 300.0
"""Seconds that a server may ask for; nobody waits longer."""


class Pace:
    """Lets so many writes through at once as the servers of a target take; the threads of a run share one."""

    def __init__(self, most: int, sleep: Callable[[float], object] | None = None, chance: Callable[[], float] = random.random) -> None:
        """`chance` is between 0 and 1: pauses differ, so that those who were refused together do not come back together."""
        self.most = most
        self.allowed = most
        self._over = threading.Event()
        self._sleep = sleep or self._over.wait
        self._chance = chance
        self._under_way = self._successes = 0
        self._turn = threading.Condition()

    def carried(self, send: Callable[[], T], tries: int = TRIES) -> T:
        """What `send` returns, tried again while the server is busy or out of reach; raises what the last try raised."""
        for number in range(1, tries):
            try:
                with self._one_of_them():
                    result = send()
            except Busy as error:
                self._slower()
                self._rest(number, error.after, error)
            except Unreached as error:
                self._rest(number, None, error)
            else:
                self._faster()
                return result
        with self._one_of_them():
            return send()

    def end(self) -> None:
        """Nobody waits for anything any more, nor tries again."""
        self._over.set()

    def wait(self, number: int) -> None:
        """A pause, longer with every number."""
        self._sleep(self._pause(number, None))

    def _rest(self, number: int, wish: float | None, why: Exception) -> None:
        self._sleep(self._pause(number, wish))
        if self._over.is_set():
            raise why

    def _pause(self, number: int, wish: float | None) -> float:
        own = min(FIRST_PAUSE * 2.0 ** (number - 1), LONGEST_PAUSE) * (0.5 + self._chance() / 2)
        return own if wish is None else min(wish, LONGEST_WISH) + own

    @contextmanager
    def _one_of_them(self) -> Iterator[None]:
        with self._turn:
            self._turn.wait_for(lambda: self._under_way < self.allowed)
            self._under_way += 1
        try:
            yield
        finally:
            with self._turn:
                self._under_way -= 1
                self._turn.notify()

    def _slower(self) -> None:
        with self._turn:
            self.allowed = max(1, self.allowed // 2)
            self._successes = 0

    def _faster(self) -> None:
        with self._turn:
            self._successes += 1
            if self._successes >= self.allowed and self.allowed < self.most:
                self.allowed += 1
                self._successes = 0
                self._turn.notify()
