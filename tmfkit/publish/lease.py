"""One publisher at a time: who writes to a target holds its lease, and whoever loses it writes no more."""

import json
import os
import platform
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from tmfkit.errors import TmfkitError
from tmfkit.files import write_file

if sys.platform != "win32":
    import fcntl

FILE = "lease.json"
LASTS = 60.0
"""Seconds after which a lease that nobody renewed is free."""

Clock = Callable[[], float]


class LostLease(TmfkitError):
    """Somebody else may be publishing by now."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a lease: `machine` tells processes apart that bear the same number on two machines or in two containers."""

    token: str
    host: str
    machine: str
    process: int
    until: float

    @property
    def is_gone(self) -> bool:
        """Whether the process ran here and ended."""
        return self.machine == _machine() and not _runs(self.process)


class Lease:
    """The lease of a target while it is held; a thread renews it."""

    def __init__(self, file: Path, holder: Holder, clock: Clock) -> None:
        self._file = file
        self._holder = holder
        self._clock = clock
        self._ended = threading.Event()
        self._lost = ""

    def check(self) -> None:
        """Raises when somebody else may be writing by now."""
        if not self._lost and self._clock() >= self._holder.until:
            self._lost = "it was not renewed in time"
        if self._lost:
            raise LostLease(
                f"the lease {self._file} was lost: {self._lost}; nothing more is written", "publish again: what was done is not done twice"
            )

    def renew(self) -> None:
        """Holds it for some time more, if it is still there and still ours."""
        with suppress(OSError), _alone(self._file):
            self._renew()

    def _renew(self) -> None:
        there = _read(self._file)
        if there is None or there.token != self._holder.token:
            self._lost = "somebody else has taken it over" if there else "its file is gone"
            return
        if self._clock() >= self._holder.until:
            self._lost = "it was not renewed in time"
            return
        fresh = replace(self._holder, until=self._clock() + LASTS)
        try:
            write_file(self._file, _text(fresh))
        except TmfkitError:
            return
        self._holder = fresh

    def keep(self, every: float = LASTS / 4) -> None:
        """Renews it until it is given back."""
        while not self._lost and not self._ended.wait(every):
            self.renew()

    def give_back(self) -> None:
        """Lets the next one in."""
        self._ended.set()
        there = _read(self._file)
        if there is not None and there.token == self._holder.token:
            self._file.unlink(missing_ok=True)


@contextmanager
def held(folder: Path, clock: Clock = time.time) -> Iterator[Lease]:
    """The lease of a target's state folder for as long as it takes."""
    lease = taken(folder, clock)
    keeper = threading.Thread(target=lease.keep, daemon=True)
    keeper.start()
    try:
        yield lease
    finally:
        lease.give_back()
        keeper.join()


def taken(folder: Path, clock: Clock = time.time) -> Lease:
    """Takes the lease, from a holder whose time is over or whose process ended if need be."""
    file = folder / FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _alone(file):
            return _taken(file, clock)
    except FileExistsError:
        raise _unwritable(file, f"{folder.name} is no folder") from None
    except OSError as error:
        raise _unwritable(file, (error.strerror or str(error)).lower()) from None


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    """Keeps others from looking at a lease until it is written: of three who find it free, two would take it.

    The system ends the lock with the process. Where it has none, as on Windows and on some network disks, things go on without.
    """
    with file.with_name(f".{file.name}.lock").open("ab") as handle:
        if sys.platform != "win32":
            with suppress(OSError):
                fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _taken(file: Path, clock: Clock) -> Lease:
    mine = Holder(uuid4().hex, platform.node(), _machine(), os.getpid(), clock() + LASTS)
    for _ in range(3):
        if _created(file, mine):
            return Lease(file, mine, clock)
        there = _read(file)
        if there is not None and there.until > clock() and not there.is_gone:
            raise _occupied(file, there, clock())
        _clear_away(file, there)
    raise TmfkitError(f"{file} changes hands all the time", "another tmfkit publishes to this target: wait until it has ended")


def _occupied(file: Path, there: Holder, now: float) -> TmfkitError:
    message = f"somebody publishes to this target already: process {there.process} on {there.host} holds {file}"
    if there.until > now + 2 * LASTS:
        return TmfkitError(
            f"{message}, for longer than a lease lasts: the clock there or here is wrong",
            "set the clocks; if nobody publishes there any more, delete that file",
        )
    until = datetime.fromtimestamp(there.until, UTC).strftime("%H:%M:%S")
    return TmfkitError(message, f"wait until it has ended; if it was broken off, its lease is free at {until} UTC")


def _created(file: Path, holder: Holder) -> bool:
    try:
        whole = file.with_name(f".{FILE}.{holder.token}")
        whole.write_bytes(_text(holder))
        try:
            os.link(whole, file)
        finally:
            whole.unlink()
    except FileExistsError:
        return False
    return True


def _unwritable(file: Path, why: str) -> TmfkitError:
    return TmfkitError(f"cannot write {file}: {why}", "publishing needs a state folder that it may write to")


def _clear_away(file: Path, stale: Holder | None) -> None:
    """Moves a lease aside that is over; only one of several who try gets it, and one that was renewed meanwhile is put back."""
    if file.is_dir():
        raise _unwritable(file, "it is a folder")
    aside = file.with_name(f".{FILE}.{uuid4().hex}.old")
    try:
        file.rename(aside)
    except FileNotFoundError:
        return
    moved = _read(aside)
    if moved is not None and (stale is None or moved.token != stale.token):
        with suppress(FileExistsError):
            os.link(aside, file)
    aside.unlink(missing_ok=True)


def _read(file: Path) -> Holder | None:
    """Who holds it; None where nobody does, or nobody can tell."""
    try:
        data = json.loads(file.read_bytes())
        return Holder(str(data["token"]), str(data["host"]), str(data["machine"]), int(data["process"]), float(data["until"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _text(holder: Holder) -> bytes:
    return json.dumps(asdict(holder)).encode() + b"\n"


def _machine() -> str:
    """This machine, and within it the space in which numbers of processes mean something."""
    parts = [platform.node()]
    with suppress(OSError):
        parts += [Path("/proc/sys/kernel/random/boot_id").read_text().strip(), os.readlink("/proc/self/ns/pid")]
    return " ".join(parts)


def _runs(process: int) -> bool:
    if sys.platform == "win32":  # where this question would end the process
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
