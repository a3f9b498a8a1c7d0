"""Writes fixes into a file: as many as can be made at once, each proven to change what it is about and nothing else."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from yaml import YAMLError
from yaml._yaml import CParser
from yaml.events import ScalarEvent, StreamEndEvent

from tmfkit.diagnostics.model import Diagnostic, Edit
from tmfkit.edit.positions import Positions
from tmfkit.load.read import decode, read
from tmfkit.source.tree import FileTree

_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Fixed:
    """A file with the fixes that were made in it, those that wait because they touch one of these, and those that cannot be proven."""

    file: str
    before: bytes
    after: bytes
    made: tuple[Diagnostic, ...]
    waiting: tuple[Diagnostic, ...] = ()
    refused: tuple[Diagnostic, ...] = ()


def fixed_files(diagnostics: Iterable[Diagnostic], tree: FileTree) -> Iterator[Fixed]:
    """Every file with a finding that has a fix, in the order of their names. Where fixes overlap, the first is made."""
    files: dict[str, list[Diagnostic]] = {}
    for found in diagnostics:
        if found.fix:
            files.setdefault(found.fix.edits[0].span.file, []).append(found)
    for file in sorted(files):
        yield fixed(file, tree.read(file), files[file])


def fixed(file: str, content: bytes, findings: Sequence[Diagnostic]) -> Fixed:
    """A file with as many of the fixes as can be made at once; byte order mark and line ends stay."""
    text = decode(file, content).text
    chosen, waiting = _apart(findings)
    made, refused = _provable(file, text, chosen)
    after = _written(text, made)
    start = _BOM if content.startswith(_BOM) else b""
    return Fixed(file, content, start + after.encode(), tuple(made), tuple(waiting), tuple(refused))


def _apart(findings: Sequence[Diagnostic]) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """Fixes that do not touch each other, and the rest; one whose edits others make already is neither."""
    taken: set[Edit] = set()
    chosen: list[Diagnostic] = []
    waiting: list[Diagnostic] = []
    for found in sorted(findings, key=lambda one: _edits([one])[0].span):
        edits = _edits([found])
        if taken.issuperset(edits):
            continue
        if any(edit.span.start < other.span.end and other.span.start < edit.span.end for edit in edits for other in _near(chosen)):
            waiting.append(found)
            continue
        taken.update(edits)
        chosen.append(found)
    return chosen, waiting


def _near(chosen: Sequence[Diagnostic]) -> list[Edit]:
    """The edits of what was chosen last: all that a later one can touch, as long as a fix stays in one place."""
    return _edits(chosen[-1:])


def _edits(findings: Iterable[Diagnostic]) -> list[Edit]:
    return sorted((edit for found in findings if found.fix for edit in found.fix.edits), key=lambda edit: edit.span)


def _provable(file: str, text: str, chosen: list[Diagnostic]) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """The fixes that can be proven together, and those that spoil the proof."""
    proof = _Proof.of(file, text)
    if proof.holds(chosen):
        return chosen, []
    made: list[Diagnostic] = []
    refused: list[Diagnostic] = []
    for found in chosen:
        (made if proof.holds([*made, found]) else refused).append(found)
    return made, refused


def _written(text: str, findings: Iterable[Diagnostic]) -> str:
    places = Positions(text)
    pieces: list[str] = []
    at = 0
    for edit in _edits(findings):
        pieces += (text[at : places.index(edit.span.start)], edit.text)
        at = places.index(edit.span.end)
    return "".join((*pieces, text[at:]))


class _Event(NamedTuple):
    """What YAML sees: a kind, an anchor, a value, and where it stands."""

    kind: type
    anchor: str | None
    value: str | None
    start: int
    end: int

    @property
    def meaning(self) -> tuple[type, str | None, str | None]:
        """All but the place."""
        return self[:3]


@dataclass(frozen=True, slots=True)
class _Proof:
    """What a text says before fixes are made, to compare with what it says then."""

    file: str
    text: str
    events: tuple[_Event, ...]
    faults: tuple[str, ...]

    @classmethod
    def of(cls, file: str, text: str) -> "_Proof":
        return cls(file, text, _events(text), _faults(file, text))

    def holds(self, findings: Sequence[Diagnostic]) -> bool:
        """Whether these fixes leave everything as it was but the values that they lie in, and bring no new fault of reading."""
        made = _written(self.text, findings)
        after = _events(made)
        faults = _faults(self.file, made)
        if not after or any(fault not in self.faults for fault in faults):
            return False
        old, new = _ranges(self.text, _edits(findings))
        written = [event for event in after if _touches(event, new)]
        kept = [event.meaning for event in self.events if not _touches(event, old)]
        replaced = all(event.kind is ScalarEvent for event in written) and sum(event.start < event.end for event in written) == len(old)
        return replaced and kept == [event.meaning for event in after if not _touches(event, new)]


def _ranges(text: str, edits: Sequence[Edit]) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Where edits lie in the text, and where what they write lies in the new one."""
    places = Positions(text)
    old = [(places.index(edit.span.start), places.index(edit.span.end)) for edit in edits]
    new: list[tuple[int, int]] = []
    shift = 0
    for (start, end), edit in zip(old, edits, strict=True):
        new.append((start + shift, start + shift + len(edit.text)))
        shift += len(edit.text) - (end - start)
    return old, new


def _touches(event: _Event, ranges: Sequence[tuple[int, int]]) -> bool:
    """Whether an event lies at least partly in one of the ranges, which are in order; an empty value just behind one belongs to it."""
    number = bisect_right(ranges, event.start, key=lambda one: one[1])
    if event.start == event.end and number and ranges[number - 1][1] == event.start:
        return True
    return number < len(ranges) and ranges[number][0] < event.end


def _faults(file: str, text: str) -> tuple[str, ...]:
    return tuple(found.code for found in read(file, text)[1])


def _events(text: str) -> tuple[_Event, ...]:
    """The events of a text; none for what is not YAML."""
    try:
        return tuple(_read_events(text))
    except YAMLError:
        return ()


def _read_events(text: str) -> Iterator[_Event]:
    following: Callable[[], Any] = CParser(text).get_event
    event = following()
    while event.__class__ is not StreamEndEvent:
        value = getattr(event, "value", None)
        yield _Event(type(event), getattr(event, "anchor", None), value, event.start_mark.index, event.end_mark.index)
        event = following()
