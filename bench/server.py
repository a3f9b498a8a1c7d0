"""Runs the embedded catalog as a process of its own, and says what it took of the processor and of memory."""

import os
import select
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bench.tools import TMFKIT

START = 30
"""Seconds in which it has to say where it is."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running catalog server."""

    url: str
    pid: int

    def cpu(self) -> float | None:
        """Seconds of processor time since it started; None where the system does not say."""
        try:
            fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return None
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def peak_mb(self) -> float | None:
        """Megabytes that it held at most since `forget_peak`; None where the system does not say."""
        try:
            lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        except OSError:
            return None
        return next((int(line.split()[1]) * 1024 / 1e6 for line in lines if line.startswith("VmHWM:")), None)

    def forget_peak(self) -> None:
        """Begins to look for the peak anew, where the system can; else it is that since the start."""
        with suppress(OSError):
            Path(f"/proc/{self.pid}/clear_refs").write_text("5")


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """An empty catalog on SQLite in `folder`, on a free port of loopback, while this lasts."""
    folder.mkdir(parents=True, exist_ok=True)
    command = [TMFKIT, "serve", "--port", "0", "--database", str(folder / "catalog.sqlite")]
    with (folder / "log.txt").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log)
    try:
        yield Server(_address(process, folder / "log.txt"), process.pid)
    finally:
        process.terminate()
        process.communicate()


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    assert process.stdout is not None
    ready = select.select([process.stdout], [], [], START)[0]
    words = process.stdout.readline().decode().split() if ready else []
    if not words:
        raise SystemExit(f"the catalog server does not start: {log.read_text().strip()}")
    return words[0].rstrip("/")
