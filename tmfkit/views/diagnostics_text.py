"""Findings as people read them, with the line concerned."""

from collections.abc import Callable, Iterator, Sequence

from tmfkit.check.baseline import FILE as BASELINE
from tmfkit.check.policy import why_not
from tmfkit.check.suppress import Suppressed, comment_for
from tmfkit.diagnostics.model import Diagnostic, Severity
from tmfkit.source.text import Span
from tmfkit.views.groups import Group, groups
from tmfkit.views.report import Report

Lines = Callable[[str], Sequence[str]]
"""The lines of a file; none for a file that cannot be read."""

Paint = Callable[[str, str], str]
"""Gives a text a colour, or leaves it as it is."""

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}
WIDEST = 160
FIRST = 4
"""How many further places of a group are named."""


def as_text(
    diagnostics: Sequence[Diagnostic], lines: Lines, *, colour: bool = False, grouped: bool = True, accepted: Sequence[Suppressed] = ()
) -> str:
    """All findings, an empty line between them; then those that somebody accepted, if they are asked for.

    The first finding of a code that can be accepted says how. Many that say the same are shown as one, if they are to be `grouped`.
    """
    paint = _painted if colour else _plain
    shown = groups(diagnostics) if grouped else [Group(found) for found in diagnostics]
    first = {group.finding.code: group for group in reversed(shown)}
    blocks = [*(_finding(group, lines, paint, group is first[group.finding.code]) for group in shown)]
    blocks += [_accepted(one, paint) for one in accepted]
    return "\n".join("\n".join(block) + "\n" for block in blocks)


def _finding(group: Group, lines: Lines, paint: Paint, is_first: bool) -> Iterator[str]:
    found, tint = group.finding, _COLOURS[group.finding.severity]
    times = f" ({len(group.others) + 1} places)" if group.others else ""
    yield f"{paint(f'{found.severity}[{found.code}]', '1;' + tint)}: {paint(printable(found.message) + times, '1')}"
    yield f"{paint('  -->', '34')} {printable(str(found.primary))}"
    yield from _excerpt(found.primary, found.note, lines, lambda text: paint(text, tint), paint)
    yield from (f"{paint('  -->', '34')} {printable(str(other))}" for other in group.others[:FIRST])
    if len(group.others) > FIRST:
        yield f"{paint('  -->', '34')} and {len(group.others) - FIRST} more; `validate --ungrouped` shows each of them"
    for related in found.related:
        yield f"{paint('note', '1')}: {printable(related.message)}: {printable(str(related.span))}"
    if found.help:
        yield f"{paint('help', '1;32')}: {printable(found.help)}"
    if is_first and not why_not(found.code):
        yield f"{paint('on purpose?', '2')} behind line {found.primary.start.line}, or alone above it: {comment_for(found.code)}"


def _accepted(one: Suppressed, paint: Paint) -> Iterator[str]:
    found, by = one.finding, one.by
    until = f" until {by.until}" if by.until else ""
    yield f"{paint(f'accepted[{found.code}]', '1')}: {printable(found.message)}"
    yield f"{paint('  -->', '34')} {printable(str(found.primary))}"
    yield f"{paint('reason', '1')}: {printable(by.reason) or 'none is given'} ({printable(str(by.span))}{until})"


def _excerpt(span: Span, note: str, lines: Lines, mark: Callable[[str], str], paint: Paint) -> Iterator[str]:
    all_lines = lines(span.file)
    if span.start.line > len(all_lines):
        return
    line = all_lines[span.start.line - 1]
    number = str(span.start.line)
    gutter = " " * len(number)
    column = span.start.column
    end = span.end.column if span.end.line == span.start.line else len(line) + 1
    shown = line.expandtabs(1)
    if len(shown) > WIDEST:
        cut = max(0, column - 1 - WIDEST // 2)
        shown, column, end = shown[cut : cut + WIDEST], column - cut, min(end - cut, WIDEST)
    carets = "^" * max(1, end - column)
    yield f"{gutter} {paint('|', '34')}"
    yield f"{paint(number, '34')} {paint('|', '34')} {printable(shown)}"
    yield f"{gutter} {paint('|', '34')} {' ' * (column - 1)}{mark(carets)}{' ' + mark(note) if note else ''}"


def summary(diagnostics: Sequence[Diagnostic], entities: int) -> str:
    """How much was found, in one line."""
    counts = [(severity, sum(found.severity is severity for found in diagnostics)) for severity in Severity]
    found = ", ".join(_count(number, severity) for severity, number in counts if number)
    return f"{_count(entities, 'entity')}: {found or 'nothing to complain about'}"


def ending(report: Report) -> str:
    """The last line: how much was found, and how much of it does not count."""
    beside = [f"{report.hidden:,} accepted"] if report.hidden else []
    beside += [f"{report.known:,} known from {BASELINE}"] if report.known else []
    return "; ".join(filter(None, (summary(report.found, report.entities), ", ".join(beside))))


def _count(number: int, what: str) -> str:
    plural = {"entity": "entities", "info": "hints"}.get(what, f"{what}s")
    return f"{number:,} {what.replace('info', 'hint') if number == 1 else plural}"


def printable(text: str) -> str:
    """Text without characters that would move the cursor or change the terminal."""
    return "".join(character if character.isprintable() else " " for character in text)


def _plain(text: str, _: str) -> str:
    return text


def _painted(text: str, tint: str) -> str:
    return f"\x1b[{tint}m{text}\x1b[0m"
