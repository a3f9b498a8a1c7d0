"""Work that goes on behind the answers of the server: threads that look for something to do until they are stopped."""

import logging
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

LOG = logging.getLogger("tmfkit.serve")

GOODBYE = 3.0
"""Seconds that work in hand may take when the server stops; what takes longer is begun again at the next start."""


@dataclass(frozen=True, slots=True)
class Worker:
    """One of them by a name that no other has, and whether it is to come to an end."""

    name: str
    stopping: Callable[[], bool]


@contextmanager
def working(what: str, turn: Callable[[Worker], bool], count: int, poll: float) -> Iterator[Callable[[], None]]:
    """Takes turns in `count` threads for as long as it is open; what it gives wakes them.

    A turn says whether there was anything to do. Where there was nothing, the next one comes after `poll` seconds at the latest: other
    servers on the same database wake nobody here.
    """
    stop, awake = threading.Event(), threading.Event()

    def work() -> None:
        worker = Worker(uuid.uuid4().hex, stop.is_set)
        while not stop.is_set():
            awake.clear()
            if not _turn(what, turn, worker):
                awake.wait(poll)

    threads = [threading.Thread(target=work, name=f"tmfkit {what} {number}", daemon=True) for number in range(count)]
    for thread in threads:
        thread.start()
    try:
        yield awake.set
    finally:
        stop.set()
        awake.set()
        for thread in threads:
            thread.join(GOODBYE)


def _turn(what: str, turn: Callable[[Worker], bool], worker: Worker) -> bool:
    """A database that is away for a while, or a bug, must not end the thread; its parameters are nobody's business."""
    try:
        return turn(worker)
    except SQLAlchemyError as error:
        LOG.warning("%s: the database does not answer (%s); trying again", what, type(error).__name__)
    except Exception as error:
        LOG.error("%s: this is a bug of tmfkit: %s", what, type(error).__name__, exc_info=LOG.isEnabledFor(logging.DEBUG))
    return False
