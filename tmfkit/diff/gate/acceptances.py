"""Holds breaking changes against what was accepted: what nobody accepted, and acceptances of nothing."""

from collections.abc import Iterator

from tmfkit.diagnostics.model import Diagnostic, Severity
from tmfkit.diff.change import Change, Kind
from tmfkit.diff.gate.passage import Passage
from tmfkit.diff.gate.proposal import OWNER, REASON
from tmfkit.diff.gate.scope import covers, scope_of
from tmfkit.model.base import Key, instant
from tmfkit.model.landscape import Acceptance
from tmfkit.source.text import Span, whole_file

PLACES = frozenset((REASON, OWNER))
IDLE = "TK905"
OPEN = "TK906"


def accepted(passage: Passage) -> frozenset[tuple[Key, str]]:
    """The breaking changes that somebody accepted, by entity and path."""
    lines = [line for one in passage.acceptances if not (_is_over(one, passage) or _blank(one)) for line in one.scope]
    return frozenset((change.key, change.path) for change in passage.breaking if any(covers(line, change) for line in lines))


def missing(passage: Passage) -> tuple[Change, ...]:
    """The breaking changes that nobody accepted."""
    done = accepted(passage)
    return tuple(change for change in passage.breaking if (change.key, change.path) not in done)


def idle(passage: Passage) -> Iterator[Diagnostic]:
    """Acceptances that count for nothing: they are not filled in, their day has come, or nothing that breaks fits their scope."""
    for one in passage.acceptances:
        if field := _blank(one):
            message = f"the acceptance `{one.id}` is not filled in: its {field} is still the place for one"
            span = passage.after.span(one.key, (field,))
            yield Diagnostic(IDLE, Severity.ERROR, message, span, help="write who decided it, and why customers and systems can bear it")
            continue
        if _is_over(one, passage):
            message = f"the acceptance `{one.id}` ended on {one.until}"
            span = passage.after.span(one.key, ("until",))
            yield Diagnostic(IDLE, Severity.ERROR, message, span, help="agree on a later day, or take the change back")
            continue
        for index, line in enumerate(one.scope):
            if not any(covers(line, change) for change in passage.breaking):
                message = f"`{line}` accepts nothing: no breaking change fits it"
                span = passage.after.span(one.key, ("scope", index))
                yield Diagnostic("TK905", Severity.WARNING, message, span, help=_near(line, passage))


def unaccepted(passage: Passage) -> Iterator[Diagnostic]:
    """Breaking changes that nobody accepted."""
    for change in missing(passage):
        place = f"{change.key.id}/{change.path}" if change.path else change.key.id
        message = f"nobody accepted the breaking change of `{place}`. {change.reason}"
        help = f"if it is meant, write an acceptance with a reason, an owner and `scope: [{scope_of(change, passage.breaking)}]`"
        yield Diagnostic(OPEN, Severity.ERROR, message, _place(change, passage), help=help)


def _place(change: Change, passage: Passage) -> Span:
    """Where the change shows in the later state: what was removed leaves a gap in what it belonged to."""
    if change.kind is not Kind.REMOVED:
        return change.span
    if change.key in passage.after.summaries:
        return passage.after.span(change.key, tuple(change.path.split("/")), at_key=True)
    return whole_file(change.span.file)


def _blank(one: Acceptance) -> str:
    """The field that holds what `check-changes` proposed instead of an answer."""
    return next((field for field in ("reason", "owner") if getattr(one, field) in PLACES), "")


def _is_over(one: Acceptance, passage: Passage) -> bool:
    zone = passage.after.zone
    return one.until is not None and instant(one.until, zone) <= instant(passage.today, zone)


def _near(line: str, passage: Passage) -> str:
    """The breaking changes of the entity that the line names."""
    id = line.rpartition(" ")[2].partition("/")[0]
    there = [scope_of(change, passage.breaking) for change in passage.breaking if change.key.id == id]
    return f"what breaks there is {', '.join(f'`{one}`' for one in there[:3])}" if there else "delete it, or name what is meant to break"
