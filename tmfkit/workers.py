"""Lets all processors work on a large catalog: the same function on several parts, each in a process of its own."""

import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeAlias, TypeVar

from tmfkit.errors import TmfkitError

P = TypeVar("P")
R = TypeVar("R")

Child: TypeAlias = tuple[Any, Any]
"""A forked process, and the pipe from which its result is read."""

Tell: TypeAlias = Callable[[str], None]
"""Hears what long work is at, as in `reading 12,000 files`; called a few times in all, and only by the process that began."""


def unheard(phase: str) -> None:
    """For work that nobody watches."""


def processors() -> int:
    """How many processors this process may use; `TMFKIT_JOBS` overrides it."""
    wish = os.environ.get("TMFKIT_JOBS", "")
    if wish.isdecimal() and int(wish) > 0:
        return int(wish)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def divide(items: Sequence[P], parts: int) -> list[Sequence[P]]:
    """Contiguous parts of nearly equal length, none empty."""
    size = -(-len(items) // max(parts, 1)) or 1
    return [items[start : start + size] for start in range(0, len(items), size)]


def blocks(items: Sequence[P], size: int) -> list[Sequence[P]]:
    """Contiguous parts of one size, the last perhaps shorter."""
    return [items[start : start + size] for start in range(0, len(items), size)]


def deal(items: Sequence[P], hands: int) -> list[Sequence[P]]:
    """The items dealt out like cards, so that every hand gets some of each sort; none is empty."""
    return [items[hand::hands] for hand in range(min(hands, len(items)))]


def each(work: Callable[[P], R], parts: Sequence[P]) -> Iterator[R]:
    """`work` on every part, results in the order of the parts; the last part is done here, the others in forked processes.

    What a forked process has in memory it shares with this one, so a part can be large and its result should be small.
    """
    if len(parts) < 2 or not _can_fork():
        yield from map(work, parts)
        return
    children: list[Child] = []
    try:
        for part in parts[:-1]:
            children.append(_start(work, part, children))
        last = work(parts[-1])
        for child in children:
            yield _result(child)
        yield last
    finally:
        for process, _ in children:
            _end(process)


@contextmanager
def collector_paused() -> Iterator[None]:
    """No garbage collection meanwhile: it is the largest hidden cost of loading many small objects."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _can_fork() -> bool:
    return sys.platform.startswith("linux")


def _start(work: Callable[[P], R], part: P, others: Sequence[Child]) -> Child:
    from multiprocessing import get_context

    context = get_context("fork")
    receive, send = context.Pipe(duplex=False)

    def run() -> None:
        # An interrupt is the first process's affair; when that one is gone, nobody reads the pipes and this one ends too.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        for pipe in (receive, *(pipe for _, pipe in others)):
            pipe.close()
        gc.freeze()
        try:
            send.send((True, work(part)))
        except BrokenPipeError:
            return
        except Exception as error:
            send.send((False, error))

    process = context.Process(target=run, daemon=True)
    process.start()
    send.close()
    return process, receive


def _end(process: Any) -> None:
    """Makes sure that a process is gone before anybody tidies up behind it."""
    if process.is_alive():
        process.terminate()
    process.join()


def _result(child: Child) -> Any:
    process, pipe = child
    try:
        fine, result = pipe.recv()
    except EOFError:
        process.join()
        raise TmfkitError(
            f"a worker process ended early with code {process.exitcode}", "was there enough memory? TMFKIT_JOBS=1 needs least"
        ) from None
    process.join()
    if not fine:
        raise result
    return result
