"""A server in a process of its own, which a test can kill as an accident would."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from tmfkit.serve.delivery import Pace
from tmfkit.serve.run import running
from tmfkit.serve.settings import Settings

LEASE = 2.0
"""Seconds after which a dead server is thought dead; far longer in life."""


@dataclass(frozen=True)
class Process:
    """A running server; it ends when its input does."""

    url: str
    process: "subprocess.Popen[str]"

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@contextmanager
def processes(number: int, database: str, callback: str) -> Iterator[list[Process]]:
    """Several servers on one database, all started at the same moment."""
    command = [sys.executable, "-m", "tests.serve.serving", database, callback]
    with ExitStack() as ends:
        begun = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(number)]
        for process in begun:
            ends.callback(_ended, process)
        yield [Process(process.stdout.readline().strip() if process.stdout else "", process) for process in begun]


def _ended(process: "subprocess.Popen[str]") -> None:
    process.communicate(timeout=30)


if __name__ == "__main__":
    with running(sys.argv[1], Settings(callbacks=(sys.argv[2],)), pace=Pace(first=0.1, poll=0.2, lease=LEASE)) as url:
        sys.stdout.write(f"{url}\n")
        sys.stdout.flush()
        sys.stdin.read()
