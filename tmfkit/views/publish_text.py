"""What a run of publishing came to, for somebody at a terminal: what was done in one line, and by name what was not."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from tmfkit.plan.steps import Action
from tmfkit.publish.records import GONE
from tmfkit.publish.report import Report
from tmfkit.tmf.addresses import Address
from tmfkit.tmf.roles import called
from tmfkit.views.columns import WIDTH, columns
from tmfkit.views.diagnostics_text import printable
from tmfkit.views.plan_words import place, some

MOST = 20
"""So many reasons are told of each sort of trouble; the others are counted."""

NAMED = 5
"""So many items are named where one reason holds for several."""

_DONE = {
    Action.CREATE: "created",
    Action.UPDATE: "updated",
    Action.CONFLICT: "updated against somebody else's change",
    Action.RETIRE: "retired",
    Action.REMOVE: "deleted",
    Action.ADOPT: "adopted",
    Action.NOTHING: "left alone",
}


def as_text(report: Report) -> str:
    """The whole report; one line where everything went well."""
    return "\n".join(printable(line) for line in _lines(report))


def _lines(report: Report) -> Iterator[str]:
    yield from _list("failed", report.failed)
    yield from _list("skipped", report.skipped)
    yield from _list("in doubt", [(address, "no answer came; the next run looks that up") for address in report.doubtful])
    yield from _list("otherwise on the server", [(address, _differing(names)) for address, names in report.differing])
    yield _sum(report)
    if not report.whole:
        yield "publish again when the cause is gone: what was done is not done twice"


def _sum(report: Report) -> str:
    done = [f"{number:,} {_DONE[action]}" for action, number in report.done.items()]
    if not done and report.whole:
        return f"nothing to do: {place(report.target, report.hosts)} has {_items(report.unchanged)} as the catalog wants them"
    counts = [(len(report.failed), "failed"), (len(report.skipped), "skipped"), (len(report.doubtful), "in doubt")]
    done += [f"{number:,} {word}" for number, word in counts if number]
    head = f"{place(report.target, report.hosts)}, release {report.release}"
    return f"{head}: {', '.join(done) or 'nothing was written'}; {report.unchanged:,} unchanged"


def _differing(names: Sequence[str]) -> str:
    if GONE in names:
        return "the server does not have what it said it made"
    return f"{', '.join(f'`{name}`' for name in names)} is not what was sent: the server did not keep it, or somebody writes there too"


def _list(word: str, rows: Sequence[tuple[Address, str]]) -> Iterator[str]:
    """One paragraph for each reason, what most items share first."""
    groups: dict[str, list[Address]] = defaultdict(list)
    for address, why in rows:
        groups[why].append(address)
    told = sorted(groups.items(), key=lambda group: -len(group[1]))
    for why, addresses in told[:MOST]:
        yield from columns([(f"{word}:", f"{_who(addresses)}: {why}")], indent=0, width=WIDTH)
        if len(addresses) > 1:
            yield from columns([("", some([called(address) for address in addresses], NAMED))], indent=len(word) + 1, width=WIDTH)
    if left := sum(len(addresses) for _, addresses in told[MOST:]):
        yield f"{word}: {_items(left)} more, each for a reason of its own"


def _who(addresses: Sequence[Address]) -> str:
    return called(addresses[0]) if len(addresses) == 1 else _items(len(addresses))


def _items(count: int) -> str:
    return f"{count:,} item{'' if count == 1 else 's'}"
