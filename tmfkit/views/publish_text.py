"""What a run of publishing came to, for somebody at a terminal: what was done in one line, and by name what was not."""

from collections.abc import Iterator, Sequence

from tmfkit.plan.steps import Action
from tmfkit.publish.adopt import Adoption
from tmfkit.publish.records import GONE
from tmfkit.publish.report import Report
from tmfkit.tmf.addresses import Address
from tmfkit.tmf.roles import called
from tmfkit.tmf.versions import APIS
from tmfkit.views.columns import WIDTH, columns
from tmfkit.views.diagnostics_text import printable

MOST = 20
"""So many items are named of each sort of trouble; the others are counted."""

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


def adoption_text(found: Adoption) -> str:
    """What can be taken over, and what cannot."""
    lines = [f"{APIS[step.address.dialect].title}: {called(step.address)} {_as(step.address, step.server_id)}" for step in found.steps]
    lines += [f"not clear: {called(step.address)}: {step.note}" for step in found.unclear]
    lines += [f"nothing on the server stands in the way of `{id}`" for id in found.unknown]
    return "\n".join(map(printable, lines))


def _as(address: Address, server_id: str) -> str:
    return "" if server_id == address.id else f"(on the server: {server_id})"


def _lines(report: Report) -> Iterator[str]:
    yield from _list("failed", [(called(address), reason) for address, reason in report.failed])
    yield from _list("skipped", [(called(address), reason) for address, reason in report.skipped])
    yield from _list("in doubt", [(called(address), "no answer came; the next run looks it up") for address in report.doubtful])
    yield from _list("otherwise on the server", [(called(address), _differing(names)) for address, names in report.differing])
    yield _sum(report)
    if not report.whole:
        yield "publish again when the cause is gone: what was done is not done twice"


def _sum(report: Report) -> str:
    done = [f"{number:,} {_DONE[action]}" for action, number in report.done.items()]
    if not done and report.whole:
        return f"nothing to do: {report.target} has {_items(report.unchanged)} as the catalog wants them"
    counts = [(len(report.failed), "failed"), (len(report.skipped), "skipped"), (len(report.doubtful), "in doubt")]
    done += [f"{number:,} {word}" for number, word in counts if number]
    return f"{report.target}, release {report.release}: {', '.join(done) or 'nothing was written'}; {report.unchanged:,} unchanged"


def _differing(names: Sequence[str]) -> str:
    if GONE in names:
        return "the server does not have what it said it made"
    return f"{', '.join(f'`{name}`' for name in names)} is not what was sent: the server did not keep it, or somebody writes there too"


def _list(word: str, rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    for name, why in rows[:MOST]:
        yield from columns([(f"{word}:", f"{name}: {why}")], indent=0, width=WIDTH)
    if len(rows) > MOST:
        yield f"{word}: and {_items(len(rows) - MOST)} more"


def _items(count: int) -> str:
    return f"{count:,} item{'' if count == 1 else 's'}"
