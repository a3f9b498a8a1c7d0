"""The line on a terminal that says what long work is at; where nobody watches, and for quick work, there is none."""

import os
import shutil
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from tmfkit.workers import Tell, unheard

PATIENCE = 0.7
"""Seconds that work may take before anything is shown; the line is drawn anew as often."""

ERASE = "\r\x1b[K"


@contextmanager
def progress() -> Iterator[Tell]:
    """Gives what the stages tell to a line on standard error, and takes the line away when the work is done.

    An alarm clock draws it, not a thread: the work forks, and a process with threads must not.
    """
    if not _is_watched():
        yield unheard
        return
    line = _Line()
    before = signal.signal(signal.SIGALRM, lambda *_: line.draw())
    signal.setitimer(signal.ITIMER_REAL, PATIENCE, PATIENCE)
    try:
        yield line.tell
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        line.erase()


def _is_watched() -> bool:
    somebody = sys.stderr.isatty() and "CI" not in os.environ and os.environ.get("TERM") != "dumb"
    return somebody and hasattr(signal, "SIGALRM") and threading.current_thread() is threading.main_thread()


class _Line:
    """One line that is written over and over, past all buffers: an alarm may ring while one of them is being filled."""

    def __init__(self) -> None:
        self._phase = ""
        self._began = monotonic()
        self._drawn = False

    def tell(self, phase: str) -> None:
        self._phase = phase
        if self._drawn:
            self.draw()

    def draw(self) -> None:
        text = f"{self._phase} … {monotonic() - self._began:.0f} s"
        self._write(ERASE + text[: shutil.get_terminal_size().columns - 1])
        self._drawn = True

    def erase(self) -> None:
        if self._drawn:
            self._write(ERASE)

    def _write(self, text: str) -> None:
        os.write(sys.stderr.fileno(), text.encode())
