"""Says on a terminal what long work is at; where nobody watches, and of quick work, nothing is said."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tmfkit.cli.line import Line, is_watched
from tmfkit.workers import Tell, unheard

if TYPE_CHECKING:
    from datetime import date

    from tmfkit.check.verdict import Verdict
    from tmfkit.project import Project

PATIENCE = 0.7
"""Seconds that work may take before anything is shown."""

SECOND = 1.0
"""After which the line is drawn anew, so that one sees that it lives."""


def checked(project: "Project", on: "date | None" = None) -> "Verdict":
    """What checking a project comes to."""
    from tmfkit.pipeline import validate

    with progress() as tell:
        return validate(project, on, tell)


@contextmanager
def progress() -> Iterator[Tell]:
    """Gives what the stages tell to a line on standard error, and takes the line away when the work is done.

    An alarm clock draws it, not a thread: the work forks, and a process with threads must not. Without such a clock there is no line.
    """
    if not (is_watched() and hasattr(signal, "SIGALRM") and threading.current_thread() is threading.main_thread()):
        yield unheard
        return
    line = Line()
    before = signal.signal(signal.SIGALRM, lambda *_: line.draw())
    signal.setitimer(signal.ITIMER_REAL, PATIENCE, SECOND)
    try:
        yield line.tell
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        line.erase()
