"""Reads YAML text into plain data: what libyaml's C parser sees, without guessing any types."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from yaml import MarkedYAMLError, YAMLError
from yaml._yaml import CParser
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from tmfkit.diagnostics.model import Diagnostic, Related, Severity
from tmfkit.load.plain import read_plain
from tmfkit.source.document import Data, Document
from tmfkit.source.text import Position, Span, whole_file

LARGEST_FILE = 32 * 1024 * 1024
"""Bytes of one file; a catalog is many files."""

MOST_NODES = 2_000_000
"""Nodes of one file after aliases are expanded: an alias bomb ends here."""

DEEPEST = 100
"""Levels of nesting; the language itself needs about ten."""

_NULLS = frozenset(("", "~", "null"))
_CONFLICT = re.compile(r"<{7} |={7}$|>{7} ")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
"""Control characters, and those that make a text read in another order than it is written."""


Raw: TypeAlias = tuple[Document, Data]
"""A document and what it holds."""


@dataclass(frozen=True, slots=True)
class FileText:
    """A file's decoded text, or the finding that says why there is none."""

    text: str = ""
    fault: Diagnostic | None = None


class _Stop(Exception):
    """Ends the reading of a file: nothing after this point can be understood."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


def decode(file: str, content: bytes) -> FileText:
    """The text of a file: UTF-8 with or without a byte order mark, no control characters, not too large."""
    if len(content) > LARGEST_FILE:
        size = f"{len(content) / 1e6:.0f} MB"
        return FileText(fault=_error("TK005", f"this file has {size}; tmfkit reads files up to 32 MB", whole_file(file), "split it"))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8", "replace")
        place = _place(file, before)
        return FileText(fault=_error("TK002", "this is not UTF-8 text", place, "save the file in UTF-8"))
    if found := _FORBIDDEN.search(text):
        place = _place(file, text[: found.start()])
        return FileText(fault=_error("TK003", f"the character U+{ord(found[0]):04X} has no place in a text", place, "delete it"))
    return FileText(text)


def read(file: str, text: str) -> tuple[list[Raw], list[Diagnostic]]:
    """All documents of a file; after a syntax error, those that stand before it."""
    plain = read_plain(file, text)
    return read_events(file, text) if plain is None else (plain, [])


def read_events(file: str, text: str) -> tuple[list[Raw], list[Diagnostic]]:
    """As `read`, always with libyaml's events: they decide what a text means, whatever shorter way there is."""
    reader = _Reader(file, text)
    try:
        reader.run()
    except _Stop as stop:
        reader.found.append(stop.diagnostic)
    except YAMLError as error:
        reader.found.append(_syntax(file, text, error))
    return reader.read, reader.found


class _Reader:
    """One pass over the events of one file."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text
        self.found: list[Diagnostic] = []
        self.read: list[Raw] = []
        self.nodes = 0
        self._anchors: dict[str, tuple[Data, int]] = {}
        self._next: Callable[[], Any] = CParser(text).get_event

    def run(self) -> None:
        """Reads every document of the file into `read`."""
        while not isinstance(event := self._next(), StreamEndEvent):
            if isinstance(event, DocumentStartEvent):
                self._document()

    def _document(self) -> None:
        self._anchors.clear()
        first = self._next()
        mark = first.start_mark
        data = self._build(first, 0)
        end = self._next().end_mark.index
        if data is not None:
            start = mark.index - mark.column
            self.read.append((Document(self.file, start, max(end, start), mark.line + 1), data))

    def _build(self, event: Any, depth: int) -> Data:
        self.nodes += 1
        before = self.nodes
        kind = event.__class__
        if kind is ScalarEvent:
            if event.tag is not None:
                self._tagged(event)
            value: str = event.value
            if event.style == '"' and _FORBIDDEN.search(value):
                value = self._cleaned(event)
            data: Data = None if event.implicit[0] and value in _NULLS else value
        elif kind is MappingStartEvent:
            data = self._mapping(event, depth)
        elif kind is SequenceStartEvent:
            data = self._sequence(event, depth)
        else:
            return self._alias(event)
        if event.anchor is not None:
            self._anchors[event.anchor] = (data, 1 + self.nodes - before)
        return data

    def _mapping(self, event: Any, depth: int) -> Data:
        if event.tag is not None:
            self._tagged(event)
        self._limit(event, depth)
        data: dict[str, Data] = {}
        get, build = self._next, self._build
        while (key := get()).__class__ is not MappingEndEvent:
            if key.__class__ is not ScalarEvent:
                raise self._stop("TK013", "a key is a plain text here, not a list or a mapping", key)
            name: str = key.value
            merges = name == "<<" and key.implicit[0]
            if merges:
                self._report(
                    "TK007", "merge keys (`<<`) are not part of the language", key, "use `extends` to take over another entity's fields"
                )
            odd = key.style == '"' and _FORBIDDEN.search(name) is not None
            if odd:
                self._cleaned(key)
            value = build(get(), depth + 1)
            if merges or odd:
                continue
            if name in data:
                self._duplicate(event, name, key)
            else:
                data[name] = value
        return data

    def _cleaned(self, event: Any) -> str:
        """A text without the characters that have no place in it, which are reported."""
        found = _FORBIDDEN.search(event.value)
        assert found is not None
        self._report("TK003", f"the character U+{ord(found[0]):04X} has no place in a text", event, "delete it")
        return _FORBIDDEN.sub("", event.value) or "?"

    def _sequence(self, event: Any, depth: int) -> Data:
        if event.tag is not None:
            self._tagged(event)
        self._limit(event, depth)
        data: list[Data] = []
        while (item := self._next()).__class__ is not SequenceEndEvent:
            data.append(self._build(item, depth + 1))
        return data

    def _limit(self, event: Any, depth: int) -> None:
        if depth > DEEPEST:
            raise self._stop("TK005", f"this is nested more than {DEEPEST} levels deep", event)
        if self.nodes > MOST_NODES:
            raise self._stop("TK005", f"this file has more than {MOST_NODES:,} values", event, "split it")

    def _alias(self, event: AliasEvent) -> Data:
        if event.anchor not in self._anchors:
            raise self._stop("TK004", f"no anchor before this line is called `{event.anchor}`", event)
        data, size = self._anchors[event.anchor]
        self.nodes += size
        if self.nodes > MOST_NODES:
            raise self._stop("TK005", f"with its aliases expanded this file has more than {MOST_NODES:,} values", event)
        return data

    def _tagged(self, event: Any) -> None:
        if event.tag != "!":
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._report(
                "TK007", f"tags such as `{tag}` are not part of the language", event, "delete the tag: the language knows the type"
            )

    def _duplicate(self, mapping: Any, name: str, second: Any) -> None:
        first = self._first_key(mapping, name, second)
        related = (Related("first written here", first),) if first else ()
        message = f"the key `{name}` is written twice in one mapping"
        self.found.append(Diagnostic("TK006", Severity.ERROR, message, self._span(second), "written again", "keep one of them", related))

    def _first_key(self, mapping: Any, name: str, second: Any) -> Span | None:
        """Where a key of a mapping was written before; found by reading the file's events once more."""
        following: Callable[[], Any] = CParser(self.text).get_event
        open_nodes: list[list[int]] = []
        while (at := (event := following()).start_mark.index) < second.start_mark.index:
            if isinstance(event, MappingEndEvent | SequenceEndEvent):
                open_nodes.pop()
                continue
            if not isinstance(event, ScalarEvent | AliasEvent | MappingStartEvent | SequenceStartEvent):
                continue
            if open_nodes:
                parent = open_nodes[-1]
                parent[1] += 1
                is_key = parent[0] == mapping.start_mark.index and parent[1] % 2 == 1
                if is_key and isinstance(event, ScalarEvent) and event.value == name:
                    return self._span(event)
            if isinstance(event, MappingStartEvent | SequenceStartEvent):
                open_nodes.append([at if isinstance(event, MappingStartEvent) else -1, 0])
        return None

    def _report(self, code: str, message: str, event: Any, help: str = "") -> None:
        self.found.append(_error(code, message, self._span(event), help))

    def _stop(self, code: str, message: str, event: Any, help: str = "") -> _Stop:
        return _Stop(_error(code, message, self._span(event), help))

    def _span(self, event: Any) -> Span:
        start, end = event.start_mark, event.end_mark
        return Span(self.file, Position(start.line + 1, start.column + 1), Position(end.line + 1, end.column + 1))


def _syntax(file: str, text: str, error: YAMLError) -> Diagnostic:
    if not isinstance(error, MarkedYAMLError) or error.problem_mark is None:
        return _error("TK004", "this is not YAML", whole_file(file))
    mark = error.problem_mark
    at = Position(mark.line + 1, mark.column + 1)
    lines = text.splitlines()
    if conflict := next((number for number, line in enumerate(lines[: mark.line + 2], 1) if _CONFLICT.match(line)), None):
        at = Position(conflict, 1)
        return _error("TK004", "a merge has left its conflict here", Span(file, at, at), "choose what stays and delete the marked lines")
    if mark.line < len(lines) and "\t" in lines[mark.line][: mark.column + 1]:
        at = Position(mark.line + 1, lines[mark.line].index("\t") + 1)
        return _error("TK004", "a tab stands where YAML wants spaces", Span(file, at, at), "indent with spaces")
    problem = " ".join(filter(None, (error.problem, error.context)))
    return _error("TK004", f"this is not YAML: {problem}", Span(file, at, at), _yaml_help(problem))


def _yaml_help(problem: str) -> str:
    if "mapping values are not allowed" in problem:
        return "a text with `: ` in it is written in quotes"
    if "could not find expected ':'" in problem:
        return "a `:` is missing after a key, here or on the line above"
    return "look at the indentation and the quotes here and on the lines above"


def _place(file: str, before: str) -> Span:
    at = Position(before.count("\n") + 1, len(before) - before.rfind("\n"))
    return Span(file, at, at)


def _error(code: str, message: str, span: Span, help: str = "") -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, message, span, help=help)
