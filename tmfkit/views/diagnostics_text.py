"""Findings as people read them, with the line concerned."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from tmfkit.diagnostics.model import Diagnostic, Severity
from tmfkit.source.text import Span

Lines = Callable[[str], Sequence[str]]
"""The lines of a file; none for a file that cannot be read."""

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}
WIDEST = 160


def as_text(diagnostics: Iterable[Diagnostic], lines: Lines, *, colour: bool = False) -> str:
    """All findings, an empty line between them."""
    paint = _painted if colour else _plain
    return "\n".join("\n".join(_finding(found, lines, paint)) + "\n" for found in diagnostics)


def _finding(found: Diagnostic, lines: Lines, paint: Callable[[str, str], str]) -> Iterator[str]:
    tint = _COLOURS[found.severity]
    yield f"{paint(f'{found.severity}[{found.code}]', '1;' + tint)}: {paint(printable(found.message), '1')}"
    yield f"{paint('  -->', '34')} {printable(str(found.primary))}"
    yield from _excerpt(found.primary, found.note, lines, lambda text: paint(text, tint), paint)
    for related in found.related:
        yield f"{paint('note', '1')}: {printable(related.message)}: {printable(str(related.span))}"
    if found.help:
        yield f"{paint('help', '1;32')}: {printable(found.help)}"


def _excerpt(span: Span, note: str, lines: Lines, mark: Callable[[str], str], paint: Callable[[str, str], str]) -> Iterator[str]:
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
