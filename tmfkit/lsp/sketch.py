"""Makes out what stands where in a text that is not YAML yet: by indentation, brackets and colons, one line after the other."""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from tmfkit.source.document import Data, Path

LONGEST_LINE = 5_000
"""Characters; a longer line is passed over, so that no text takes long."""

_LINE = re.compile(r"[^\n\r]*")
_BREAK = re.compile(r"\r\n|\n|\r")
_SEPARATOR = re.compile(r"^(?:---|\.\.\.)(?=\s|$)", re.MULTILINE)
_KEY = re.compile(
    r"""("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|(?:[^\s#\[\]{},"'&*!|>%@`:-]|[-:](?=\S))(?:[^:#]|:(?=\S)|(?<=\S)#){0,200}?)[ \t]*:(?=\s|$)"""
)
_BLOCK = re.compile(r"[|>][-+0-9]*[ \t]*(#.*)?$")
_QUOTED = re.compile(r""""(?:[^"\\]|\\.)*"?|'(?:[^']|'')*'?""")
_PLAIN = re.compile(r"\S.*?(?=\s+#|\s*$)")
_FLOW = re.compile(
    r"""(?P<comment>(?:(?<=\s)|^)\#.*)|(?P<sign>[\[\]{},])|(?P<colon>:(?=[\s,\[\]{}]|$))|(?P<quoted>"(?:[^"\\]|\\.)*"?|'(?:[^']|'')*'?)"""
    r"""|(?P<plain>(?:[^\s,\[\]{}:"'\#]|:(?![\s,\[\]{}]|$))(?:[^,\[\]{}:]|:(?![\s,\[\]{}]|$))*?(?=\s*(?:[,\[\]{}]|:(?:[\s,\[\]{}]|$)|$|\s\#)))"""
)


class Role(StrEnum):
    """What may be written at a place: a key of a mapping, a value, or either, while nothing is decided yet."""

    KEY = "key"
    VALUE = "value"
    EITHER = "either"


class Spot(NamedTuple):
    """Where the cursor stands. `path` is that of the mapping for a key, else that of the value; `start` to `end` is the word there."""

    role: Role
    path: Path
    start: int
    end: int


class Entry(NamedTuple):
    """A key or a text that was made out, with its place in characters."""

    path: Path
    at_key: bool
    start: int
    end: int
    text: str


@dataclass
class Sketch:
    """What could be made out of one document, and where the cursor stands in it."""

    start: int
    end: int
    entries: list[Entry] = field(default_factory=list)
    spot: Spot | None = None

    def keys(self, path: Path) -> list[str]:
        """The keys that are written in the mapping at a path."""
        return [entry.text for entry in self.entries if entry.at_key and entry.path[:-1] == path]

    def at(self, index: int) -> Entry | None:
        """The key or text at a place."""
        return next((entry for entry in self.entries if entry.start <= index <= entry.end), None)

    @property
    def data(self) -> dict[str, Data]:
        """What could be made out, as plain data; a list is a mapping from its numbers."""
        top: dict[str, Data] = {}
        for entry in self.entries:
            inner = top
            for part in entry.path[:-1]:
                found = inner.get(str(part))
                if not isinstance(found, dict):
                    found = inner[str(part)] = {}
                inner = found
            if not entry.path:
                continue
            name = str(entry.path[-1])
            if entry.at_key:
                inner.setdefault(name, None)
            elif not isinstance(inner.get(name), dict):
                inner[name] = entry.text
        return top


def sketch(text: str, index: int) -> Sketch:
    """The document around a place of a text."""
    start, end = bounds(text, index)
    found = _Sketcher(text, index, start, end)
    found.run()
    return found.sketch


def bounds(text: str, index: int) -> tuple[int, int]:
    """Where the document around a place begins and ends; separators lie outside."""
    start, end = 0, len(text)
    for separator in _SEPARATOR.finditer(text):
        if separator.end() <= index:
            start = separator.end()
        elif separator.start() >= index:
            end = separator.start()
            break
    return start, end


@dataclass(slots=True)
class _Block:
    """A key or an item of a list in whose lines we are."""

    column: int
    path: Path
    is_item: bool


@dataclass(slots=True)
class _Bracket:
    """A bracket that is open."""

    sign: str
    path: Path
    items: int = 0
    key: str | None = None

    @property
    def inner(self) -> Path:
        """Where the value goes that is written next."""
        return (*self.path, self.items if self.sign == "[" else self.key or "")

    @property
    def wants_key(self) -> bool:
        """Whether a key is written next."""
        return self.sign == "{" and self.key is None


class _Sketcher:
    """One pass over the lines of a document."""

    def __init__(self, text: str, index: int, start: int, end: int) -> None:
        self.text = text
        self.index = index
        self.sketch = Sketch(start, end)
        self._blocks: list[_Block] = []
        self._brackets: list[_Bracket] = []
        self._counts: dict[Path, int] = {}
        self._written: int | None = None

    def run(self) -> None:
        """Looks at every line of the document."""
        at, end = self.sketch.start, self.sketch.end
        at += len(self.text[at:end]) - len(self.text[at:end].lstrip("\r\n")) if self._begins_a_line(at) else 0
        if self.sketch.start <= self.index < at:
            self._spot(Role.KEY, (), self.index, self.index)
        while at <= end:
            found = _LINE.match(self.text, at, end)
            stop = found.end() if found else end
            if stop - at <= LONGEST_LINE:
                self._line(at, stop)
            line_break = _BREAK.match(self.text, stop, end)
            if not line_break:
                return
            at = line_break.end()

    def _begins_a_line(self, at: int) -> bool:
        return at == 0 or self.text[at - 1] in "\r\n" or self.text[at : at + 1] in ("\r", "\n", "")

    def _line(self, start: int, end: int) -> None:
        line = self.text[start:end]
        content = line.lstrip(" \t")
        column = len(line) - len(content)
        if self._written is not None:
            if not content or column > self._written:
                return
            self._written = None
        if not content or content.startswith("#"):
            self._between(start, start + column)
            return
        if self._brackets and not self._is_new(content, column):
            self._flow(start + column, end)
            return
        self._brackets.clear()
        self._leave(column, content)
        self._entry(start, start + column, end)

    def _is_new(self, content: str, column: int) -> bool:
        """Whether a line cannot belong to brackets that were never closed."""
        owner = self._blocks[-1].column if self._blocks else -1
        return column <= owner and _KEY.match(content) is not None

    def _leave(self, column: int, content: str) -> None:
        is_dash = _is_dash(content)
        while self._blocks:
            last = self._blocks[-1]
            if last.column < column or (last.column == column and is_dash and not last.is_item):
                return
            self._blocks.pop()

    def _between(self, start: int, end: int) -> None:
        """A line with nothing in it: what may be written there depends on the column of the cursor."""
        if not start <= self.index <= end:
            return
        column = self.index - start
        if self._brackets:
            self._in_bracket(self.index)
            return
        above = [block for block in self._blocks if block.column < column]
        if above:
            self._spot(Role.KEY if above[-1].is_item else Role.EITHER, above[-1].path, self.index, self.index)
        else:
            self._spot(Role.KEY, (), self.index, self.index)

    def _entry(self, line: int, at: int, end: int) -> None:
        while _is_dash(self.text[at:end]):
            parent = self._blocks[-1].path if self._blocks else ()
            number = self._counts.get(parent, 0)
            self._counts[parent] = number + 1
            self._blocks.append(_Block(at - line, (*parent, number), True))
            at += 1
            at += len(self.text[at:end]) - len(self.text[at:end].lstrip(" \t"))
        parent = self._blocks[-1].path if self._blocks else ()
        key = _KEY.match(self.text, at, end)
        if key is None:
            self._value(parent, at, end, Role.EITHER if parent else Role.KEY)
            return
        self._add(parent, True, key.start(1), key.end(1))
        path = self.sketch.entries[-1].path
        self._blocks.append(_Block(at - line, path, False))
        after = key.end()
        self._value(path, after + len(self.text[after:end]) - len(self.text[after:end].lstrip(" \t")), end, Role.VALUE, after)

    def _value(self, path: Path, at: int, end: int, role: Role, gap: int | None = None) -> None:
        """What follows a key or a dash, from `at`; the blanks before it begin at `gap`."""
        rest = self.text[at:end]
        if (gap is not None and gap <= self.index < at) or (not rest and self.index == at):
            self._spot(role, path, self.index, self.index)
        if rest[:1] in ("[", "{"):
            self._brackets.clear()
            self._flow(at, end, path)
        elif _BLOCK.match(rest):
            self._written = self._blocks[-1].column if self._blocks else 0
        elif rest and not rest.startswith("#"):
            found = _QUOTED.match(self.text, at, end) if rest[0] in "\"'" else _PLAIN.match(rest)
            stop = at + len(found[0]) if found else end
            self._add(path, False, at, stop)
            self._word(role, path, at, stop if self.index <= stop or self.text[stop : self.index].strip() else self.index)

    def _flow(self, at: int, end: int, path: Path = ()) -> None:
        before = at
        while at <= end:
            found = _FLOW.search(self.text, at, end)
            if not found or found["comment"] is not None:
                limit = found.start() if found else end
                if before <= self.index <= limit:
                    self._in_bracket(self.index)
                return
            if before <= self.index < found.start() or (self.index == found.start() and found["sign"] and found["sign"] in "]},"):
                self._in_bracket(self.index)
            self._token(found, path)
            before = at = found.end()
            if not self._brackets:
                return

    def _token(self, found: "re.Match[str]", path: Path) -> None:
        top = self._brackets[-1] if self._brackets else None
        sign = found["sign"] or ""
        if sign and sign in "[{":
            self._brackets.append(_Bracket(sign, top.inner if top else path))
        elif top is None:
            return
        elif sign and sign in "]}":
            self._brackets.pop()
        elif sign == ",":
            top.items += 1
            top.key = None
        elif found["colon"] is not None:
            last = self.sketch.entries[-1] if self.sketch.entries else None
            if top.wants_key:
                top.key = last.text if last and last.at_key and last.path[:-1] == top.path else ""
        elif top.wants_key:
            self._add(top.path, True, found.start(), found.end())
            self._word(Role.KEY, top.path, found.start(), found.end())
        else:
            self._add(top.inner, False, found.start(), found.end())
            self._word(Role.VALUE, top.inner, found.start(), found.end())

    def _in_bracket(self, at: int) -> None:
        top = self._brackets[-1] if self._brackets else None
        if top is not None and self.sketch.spot is None:
            self._spot(Role.KEY if top.wants_key else Role.VALUE, top.path if top.wants_key else top.inner, at, at)

    def _add(self, path: Path, at_key: bool, start: int, end: int) -> None:
        text = self.text[start:end]
        if text[:1] in ("'", '"'):
            quote = text[0]
            text = (text[1:-1] if len(text) > 1 and text[-1] == quote else text[1:]).replace(quote * 2, quote)
        self.sketch.entries.append(Entry((*path, text) if at_key else path, at_key, start, end, text))
        if at_key:
            self._word(Role.KEY, path, start, end)

    def _word(self, role: Role, path: Path, start: int, end: int) -> None:
        if not start <= self.index <= end or self.sketch.spot is not None:
            return
        quote = self.text[start] if self.text[start : start + 1] in ("'", '"') else ""
        if quote and self.index > start:
            closed = end - start > 1 and self.text[end - 1] == quote
            start, end = start + 1, end - 1 if closed else end
        self._spot(role, path, start, max(end, start))

    def _spot(self, role: Role, path: Path, start: int, end: int) -> None:
        self.sketch.spot = Spot(role, path, start, end)


def _is_dash(content: str) -> bool:
    return content[:1] == "-" and content[1:2] in ("", " ", "\t")
