"""What a run of publishing came to, counted from its journal."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tmfkit.errors import TmfkitError
from tmfkit.plan.steps import Action
from tmfkit.publish.records import Done, Failed, Intent, Record, Seen, Skipped
from tmfkit.tmf.addresses import Address


@dataclass(frozen=True, slots=True)
class Report:
    """What was done, and by name what was not; every item of the plan counts once.

    `hosts` are the servers of the target. `doubtful` are writes without an answer, which the next run looks up; `differing` are items that
    the server has otherwise than they were sent, with the attributes. `broken` is what ended the run before its time.
    """

    target: str
    release: str
    unchanged: int = 0
    done: Mapping[Action, int] = field(default_factory=dict)
    failed: tuple[tuple[Address, str], ...] = ()
    skipped: tuple[tuple[Address, str], ...] = ()
    doubtful: tuple[Address, ...] = ()
    differing: tuple[tuple[Address, tuple[str, ...]], ...] = ()
    broken: TmfkitError | KeyboardInterrupt | None = None
    hosts: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether the target has now what the catalog says."""
        return not (self.failed or self.skipped or self.doubtful or self.differing or self.broken)


def reported(target: str, release: str, unchanged: int, records: Iterable[Record]) -> Report:
    """The report of a run from its journal.

    An item that is written twice, because it closes a circle of references, is done when both halves are.
    """
    begun: dict[int, Intent] = {}
    first: dict[Address, Action] = {}
    done: dict[Address, Action] = {}
    failed: list[tuple[Address, str]] = []
    skipped: list[tuple[Address, str]] = []
    seen: dict[Address, tuple[str, ...]] = {}
    for record in records:
        match record:
            case Intent(number, action, after):
                begun[number] = record
                first.setdefault(after.address, action)
            case Done(number):
                address = begun.pop(number).after.address
                done[address] = first[address]
            case Failed(number, reason):
                failed.append((begun.pop(number).after.address, reason))
            case Skipped(address, reason):
                skipped.append((address, reason))
            case Seen(address, _, differs):
                seen[address] = differs
    doubtful = tuple(sorted(intent.after.address for intent in begun.values()))
    halves = {*doubtful, *(address for address, _ in (*failed, *skipped))}
    return Report(
        target,
        release,
        unchanged,
        dict(sorted(Counter(action for address, action in done.items() if address not in halves).items())),
        tuple(sorted(failed)),
        tuple(sorted(skipped)),
        doubtful,
        tuple(sorted((address, differs) for address, differs in seen.items() if differs)),
    )
