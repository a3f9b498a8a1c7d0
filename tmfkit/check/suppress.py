"""Suppressions: findings that somebody accepted, in a comment at the line or by path in `tmfkit.yaml`, with a reason and perhaps a date."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from tmfkit.check.policy import Policy, Suppression, way_out, why_not
from tmfkit.diagnostics.model import Diagnostic, Related, Severity
from tmfkit.model.base import instant
from tmfkit.model.problems import NotUnderstood
from tmfkit.model.values import parse_moment
from tmfkit.source.comments import Comment, comments
from tmfkit.source.tree import FileTree, text_in

FORM = "# tmfkit: ignore[TK601] until 2027-03-01: reason"
REASON = "<reason>"
"""Stands where somebody has to say why; left as it is, it is no reason."""

_SAID = re.compile(r"ignore\s*\[([^\]]*)\](?:\s+until\s+(\S+?))?\s*(?::(?=\s|$)\s*(.*))?", re.DOTALL)
_SEVEREST = tuple(Severity)


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A finding that somebody accepted, and where."""

    finding: Diagnostic
    by: Suppression


@dataclass(frozen=True, slots=True)
class Spoken:
    """The suppressions of some files, and what is wrong with the way they are written."""

    suppressions: tuple[Suppression, ...] = ()
    faults: tuple[Diagnostic, ...] = ()


def comment_for(code: str) -> str:
    """The comment that accepts a finding, for its author to complete."""
    return f"# tmfkit: ignore[{code}]: {REASON}"


def spoken(tree: FileTree, files: Iterable[str]) -> Spoken:
    """What the comments of some files accept."""
    suppressions: list[Suppression] = []
    faults: list[Diagnostic] = []
    for file in files:
        for comment in comments(file, text_in(tree, file)):
            suppression, found = understood(comment)
            suppressions += [suppression] if suppression else []
            faults += found
    return Spoken(tuple(suppressions), tuple(faults))


def understood(comment: Comment) -> tuple[Suppression | None, list[Diagnostic]]:
    """What one comment accepts, and what is wrong with it."""
    said = _SAID.fullmatch(comment.text)
    codes = tuple(dict.fromkeys(code.strip() for code in said[1].split(",") if code.strip())) if said else ()
    if not (said and codes):
        return None, [_fault("TK019", comment, "this comment to tmfkit is not understood", f"write it as `{FORM}`")]
    faults = [_fault("TK022", comment, why, way_out(code)) for code in codes if (why := why_not(code))]
    until = None
    try:
        until = parse_moment(said[2]) if said[2] else None
    except NotUnderstood as error:
        faults.append(_fault("TK019", comment, error.problem.message, error.problem.help))
    known = tuple(code for code in codes if not why_not(code))
    reason = (said[3] or "").strip().removeprefix(REASON)
    return Suppression(known, comment.span, reason, until, comment.lines), faults


def settle(found: Sequence[Diagnostic], suppressions: Sequence[Suppression]) -> tuple[list[Diagnostic], list[Suppressed]]:
    """The findings that stay, and those that somebody accepted."""
    if not suppressions:
        return list(found), []
    at: dict[tuple[str, int], list[Suppression]] = defaultdict(list)
    for suppression in suppressions:
        for line in suppression.lines:
            at[suppression.span.file, line].append(suppression)
    by_path = [suppression for suppression in suppressions if suppression.pattern]
    stay: list[Diagnostic] = []
    accepted: list[Suppressed] = []
    for finding in found:
        place = finding.primary
        candidates = [*at.get((place.file, place.start.line), ()), *(entry for entry in by_path if fits(entry.pattern, place.file))]
        by = [Suppressed(finding, candidate) for candidate in candidates if finding.code in candidate.codes]
        accepted += by
        stay += [] if by else [finding]
    return stay, accepted


def duties(
    policy: Policy, suppressions: Sequence[Suppression], accepted: Sequence[Suppressed], on: date | None, whole: bool
) -> Iterator[Diagnostic]:
    """What suppressions owe: a reason, a finding that is there, a date that has not come.

    Without `on` no date is judged. What is not there is said only of a catalog that could be checked as a `whole`.
    """
    hidden: dict[int, list[Diagnostic]] = defaultdict(list)
    for one in accepted:
        hidden[id(one.by)].append(one.finding)
    for suppression in suppressions:
        there = hidden[id(suppression)]
        if not suppression.reason:
            yield _unreasoned(suppression)
        if there and on is not None and _is_over(suppression, on, policy):
            yield _expired(suppression, there)
        gone = [code for code in suppression.codes if policy.speaks(code) and not any(finding.code == code for finding in there)]
        if gone and whole:
            yield _idle(suppression, gone)


def _unreasoned(suppression: Suppression) -> Diagnostic:
    return Diagnostic("TK019", Severity.ERROR, "this suppression gives no reason", suppression.span, help=f"say why, as in `{FORM}`")


def _expired(suppression: Suppression, there: Sequence[Diagnostic]) -> Diagnostic:
    severity = min((finding.severity for finding in there), key=_SEVEREST.index)
    number = "the finding that it hides is" if len(there) == 1 else f"the {len(there)} findings that it hides are"
    message = f"this suppression ended on {suppression.until}, and {number} still there"
    related = tuple(Related(f"{finding.code}: {finding.message}", finding.primary) for finding in there[:3])
    return Diagnostic("TK021", severity, message, suppression.span, help="mend what it hides, or agree on a later date", related=related)


def _idle(suppression: Suppression, gone: Sequence[str]) -> Diagnostic:
    where = f"in `{suppression.pattern}`" if suppression.pattern else "here"
    message = f"this suppresses {' and '.join(gone)}, and no such finding is {where}"
    rest = [code for code in suppression.codes if code not in gone]
    help = f"leave only {', '.join(rest)}" if rest else "delete it"
    return Diagnostic("TK024", Severity.WARNING, message, suppression.span, help=help)


def _is_over(suppression: Suppression, on: date, policy: Policy) -> bool:
    return suppression.until is not None and instant(suppression.until, policy.zone) <= instant(on, policy.zone)


def _fault(code: str, comment: Comment, message: str, help: str) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, message, comment.span, help=help)


def fits(pattern: str, path: str) -> bool:
    """Whether a path fits a pattern: `*` and `?` within a folder, `**` across folders; a folder stands for all that is below it."""
    return _pattern(pattern).fullmatch(path) is not None


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    signs = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", pattern.rstrip("/"))
    return re.compile("".join(signs.get(part, re.escape(part)) for part in parts) + "(?:/.*)?")
