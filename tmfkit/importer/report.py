"""The report of an import, for people and for programs."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from tmfkit.diagnostics.model import Diagnostic, Severity
from tmfkit.importer.names import visible
from tmfkit.importer.notes import NORMALISATIONS, Note, Weight
from tmfkit.importer.run import Import
from tmfkit.source.document import text_of

SHOWN = 3
"""How many payloads the text names for one thing that it reports; JSON has all."""

EXAMPLES = 10
"""Errors of the project to be that the text shows; `validate` has all."""

_TITLES = {
    Weight.LEFT_OUT: "left out: this did not get in",
    Weight.DOUBTED: "doubted: somebody should look at this",
    Weight.KEPT: "kept as `extra`: the language has no word for it, or another; it compiles back as it was",
    Weight.REPAIRED: "repaired",
}


def as_text(result: Import, *, written: bool) -> str:
    """The report for people: what needs eyes first, the numbers last."""
    parts = ["\n".join((f"{_TITLES[weight]}:", *lines)) for weight in _TITLES if (lines := list(_lines(result, weight)))]
    return "\n\n".join((*parts, "\n".join(_summary(result, written))))


def _lines(result: Import, weight: Weight) -> Iterator[str]:
    """What is said of several payloads is said once."""
    groups: dict[str, dict[str, None]] = {}
    for note in result.notes:
        if note.weight is weight:
            groups.setdefault(_title(note), {})[note.file] = None
    above = _folder(result.places)
    for title, files in sorted(groups.items(), key=lambda group: (next(iter(group[1])), group[0])):
        names = [file.removeprefix(above) for file in files]
        more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
        yield f"  {title}\n    in {', '.join(names[:SHOWN])}{more}"


def _folder(places: Sequence[str]) -> str:
    """The folder that all payloads stand in, which need not be said each time; empty for none."""
    first, last = min(places, default=""), max(places, default="")
    same = next((index for index, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), len(first))
    return first[: first.rfind("/", 0, same) + 1]


def _title(note: Note) -> str:
    if note.rule:
        return NORMALISATIONS[note.rule].what
    if note.weight is Weight.KEPT:
        return f"`{visible(str(note.path[0]))}`"
    said = visible(note.message).replace("\n", " ")
    return f"`{visible(text_of(note.path))}`: {said}" if note.path else said


def _summary(result: Import, written: bool) -> Iterator[str]:
    counts = {weight: sum(note.weight is weight for note in result.notes) for weight in Weight}
    kept = counts[Weight.KEPT]
    made = f"{_count(result.entities, 'entity')} in {_count(len(result.files), 'file')}"
    yield f"{_count(len(result.places), 'payload')} became {made}" if written else f"{_count(len(result.places), 'payload')} read"
    mapped, repairs, doubts = max(0, result.leaves - kept), counts[Weight.REPAIRED], counts[Weight.DOUBTED]
    yield f"{_count(mapped, 'value')} mapped, {kept:,} kept as `extra`, {_count(repairs, 'repair')}, {_count(doubts, 'doubt')}, " + (
        f"{counts[Weight.LEFT_OUT]:,} left out"
    )
    for severity in (Severity.ERROR, Severity.WARNING):
        found = [one for one in result.remaining if one.severity is severity]
        if found:
            shown = _count(len(found), severity.value)
            yield f"`tmfkit compile` will show {shown}: what no payload says, or what cannot be as payloads say it"
        yield from _examples(found) if severity is Severity.ERROR else ()
    if not written:
        yield "nothing was written"


def _examples(found: Sequence[Diagnostic]) -> Iterator[str]:
    """Each message once, with the place where it is said first."""
    alike: dict[str, list[Diagnostic]] = {}
    for one in found:
        alike.setdefault(one.message, []).append(one)
    told = list(alike.items())
    for message, ones in told[:EXAMPLES]:
        more = f" (and {_count(len(ones) - 1, 'more place')})" if len(ones) > 1 else ""
        yield f"  {ones[0].primary.file}:{ones[0].primary.start.line}: {message}{more}"
    if left := sum(len(ones) for _, ones in told[EXAMPLES:]):
        yield f"  and {_count(left, 'other error')}"


def _count(number: int, what: str) -> str:
    plural = {"entity": "entities"}.get(what, f"{what}s")
    return f"{number:,} {what if number == 1 else plural}"


def as_json(result: Import, *, written: bool) -> str:
    """The report for programs: one document with every note."""
    report: dict[str, Any] = {
        "payloads": len(result.places),
        "imported": [origin._asdict() for origin in result.origins],
        "entities": result.entities,
        "files": sorted(result.files) if written else [],
        "notes": [_note(note) for note in result.notes],
        "diagnostics": [_diagnostic(found) for found in (*result.faults, *result.remaining)],
    }
    return json.dumps(report, indent=2, ensure_ascii=False)


def _note(note: Note) -> dict[str, str]:
    said = {"weight": note.weight.value, "file": note.file, "path": text_of(note.path), "message": note.message, "rule": note.rule}
    return {key: value for key, value in said.items() if value}


def _diagnostic(found: Any) -> dict[str, Any]:
    start, end = found.primary.start, found.primary.end
    return {
        "code": found.code,
        "severity": found.severity.value,
        "message": found.message,
        "file": found.primary.file,
        "line": start.line,
        "column": start.column,
        "endLine": end.line,
        "endColumn": end.column,
        "help": found.help,
        "related": [{"message": one.message, "file": one.span.file, "line": one.span.start.line} for one in found.related],
    }
