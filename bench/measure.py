"""Measures one command as a whole process: how long it takes, how much processor time, how much memory it holds at most."""

import os
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SAMPLE_EVERY = 0.1
"""Seconds between two looks at the memory of a running command."""


@dataclass(frozen=True, slots=True)
class Run:
    """One finished run. Seconds; megabytes of 10^6 bytes; the command's own exit code.

    `largest_mb` is the peak of its largest single process, as the operating system keeps it. `together_mb` is the peak of all its processes
    together, pages that they share counted once; it is sampled, only where it was asked for, and None where the system cannot say.
    """

    wall: float
    cpu: float
    largest_mb: float
    together_mb: float | None
    code: int


def run(command: Sequence[str], folder: Path, log: Path, *, watch_memory: bool = False) -> Run:
    """Run a command in `folder`; what it prints goes to the file `log`. Watching the memory costs time: do not time such a run."""
    with log.open("wb") as output:
        began = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT)
        watch = _Watch(process.pid) if watch_memory else None
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    together = watch.stop() if watch else None
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / 1e6, together, process.returncode)


class _Watch:
    """Looks at a process and its descendants again and again, in a thread, and keeps the greatest sum."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._peak = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def stop(self) -> float | None:
        """The peak in megabytes."""
        self._ended.set()
        self._thread.join()
        return self._peak / 1e6 if self._peak else None

    def _look(self) -> None:
        while not self._ended.wait(SAMPLE_EVERY):
            self._peak = max(self._peak, sum(map(_share_of, family(self._pid))))


def family(pid: int) -> list[int]:
    """A process and its descendants; only itself where the system does not list them."""
    found = [pid]
    for parent in found:
        found += _children(parent)
    return found


def _children(pid: int) -> list[int]:
    try:
        lists = [(task / "children").read_text() for task in Path(f"/proc/{pid}/task").iterdir()]
    except OSError:
        return []
    return [int(child) for text in lists for child in text.split()]


def _share_of(pid: int) -> int:
    """Bytes of memory of a process, a shared page divided among those who share it; nothing for one that has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
