"""The journal of a run: every write stands in it before it is sent, and what came of it after."""

import os
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from tmfkit.errors import TmfkitError
from tmfkit.plan.packed import Packed, formed
from tmfkit.plan.states import Known
from tmfkit.plan.steps import Action
from tmfkit.publish import lines
from tmfkit.publish.records import Damaged, Done, Failed, Intent, Record, Seen, Skipped, as_data, from_data
from tmfkit.tmf.addresses import Address

FILE = "journal.jsonl"
LAST = "journal.last.jsonl"
"""The journal of the last run that ended."""


class Journal:
    """Adds records to the journal of a target; several threads may do so at once.

    A record that announces a write is on the disk before `begin` returns: whoever is killed later finds it there. Threads that wait for
    the disk at the same time share one wait.
    """

    def __init__(self, folder: Path) -> None:
        self.file = folder / FILE
        self._handle = _opened(self.file)
        self._adding = threading.Lock()
        self._syncing = threading.Lock()
        self._added = self._synced = 0
        self._number = 0

    def begin(self, action: Action, after: Known) -> int:
        """Announces a write; the number is how its outcome is told."""
        with self._adding:
            self._number += 1
            number = self._number
            mine = self._append(Intent(number, action, after))
        self._wait_for_disk(mine)
        return number

    def note(self, record: Done | Failed | Skipped | Seen) -> None:
        """What came of a write, or what was seen. When this is lost, the write is in doubt, and the next run looks it up."""
        with self._adding:
            self._append(record)

    def close(self) -> None:
        """Ends the journal; what it says stays until `set_aside`."""
        os.close(self._handle)

    def _append(self, record: Record) -> int:
        line = lines.encoded(as_data(record))
        try:
            while line:
                line = line[os.write(self._handle, line) :]
        except OSError as error:
            raise _unwritable(self.file, error) from None
        self._added += 1
        return self._added

    def _wait_for_disk(self, mine: int) -> None:
        with self._syncing:
            if self._synced >= mine:
                return
            reached = self._added
            try:
                os.fsync(self._handle)
            except OSError as error:
                raise _unwritable(self.file, error) from None
            self._synced = reached


@dataclass(frozen=True, slots=True)
class Folded:
    """What is known of a target once a journal is taken into account; `doubts` are writes of which nobody knows whether they were done."""

    known: Mapping[Address, Known]
    doubts: tuple[Intent, ...] = ()


def records(folder: Path) -> tuple[Record, ...]:
    """What the journal of a run says that has not been taken over into the state; a last line that was cut off was never acted upon."""
    return _records(folder / FILE)


def set_aside(folder: Path) -> None:
    """Keeps the journal as that of the last run: the state has everything that it says."""
    try:
        if (folder / FILE).exists():
            (folder / FILE).replace(folder / LAST)
    except OSError as error:
        raise _unwritable(folder / FILE, error) from None


def folded(known: Mapping[Address, Known], records: Iterable[Record]) -> Folded:
    """The state after a run; doing this twice changes nothing more."""
    items = dict(known)
    open_: dict[int, Intent] = {}
    for record in records:
        match record:
            case Intent():
                open_[record.number] = record
            case Done():
                _settle(items, open_.pop(record.number), record)
            case Failed():
                _give_up(items, open_.pop(record.number), record)
            case Seen() if record.address in items:
                before = items[record.address]
                seen = before.seen if record.seen is None else record.seen
                items[record.address] = replace(before, seen=Packed(formed(seen).text, record.origin), doubtful=False)
            case Seen() | Skipped():
                pass
    return Folded(items, tuple(open_.values()))


def _settle(items: dict[Address, Known], intent: Intent, done: Done) -> None:
    if intent.action is Action.REMOVE:
        items.pop(intent.after.address, None)
        return
    seen = intent.after.sent if done.seen is None else done.seen
    items[intent.after.address] = replace(intent.after, server_id=done.server_id, seen=seen)


def _give_up(items: dict[Address, Known], intent: Intent, failed: Failed) -> None:
    before = items.get(intent.after.address)
    if failed.partly and before is not None:
        items[before.address] = replace(before, doubtful=True)


def _records(file: Path) -> tuple[Record, ...]:
    found: list[Record] = []
    begun: set[int] = set()
    last = 0
    for number, data in lines.read(file, torn=True):
        try:
            record = from_data(data)
        except Damaged as error:
            raise lines.broken(file, number, str(error)) from None
        match record:
            case Intent(one):
                last += 1
                if one != last:
                    raise lines.broken(file, number, f"write {one} stands where write {last} is due")
                begun.add(one)
            case Done(one) | Failed(one):
                if one not in begun:
                    raise lines.broken(file, number, f"write {one} ends here, and is not under way")
                begun.remove(one)
            case Skipped() | Seen():
                pass
        found.append(record)
    return tuple(found)


def _opened(file: Path) -> int:
    """A new journal: what an earlier run left was set aside."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o666)
        lines.settle(file.parent)
        return handle
    except OSError as error:
        raise _unwritable(file, error) from None


def _unwritable(file: Path, error: OSError) -> TmfkitError:
    return TmfkitError(f"cannot write {file}: {(error.strerror or str(error)).lower()}", "nothing is sent that is not written there first")
