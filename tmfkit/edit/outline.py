"""What a file consists of, as it is written: documents, entries and values as slices of the text, each with the comments that belong to it.

A comment above an entry belongs to that entry, one behind it stays on its line. What stands at the end of a block, indented as far
as the block, belongs to the block. Whatever is unusual YAML is not outlined at all: then nobody moves it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

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

_STRUCTURE = re.compile(r"[:,\s]*")
_ENDS = (MappingEndEvent, SequenceEndEvent)


class Unusual(Exception):
    """YAML that is right, and that is left as it is written; `line` counts from 1."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment with its `#`, the column (from 0) where it begins, and the blanks before it; an empty text stands for an empty line."""

    column: int
    text: str
    gap: int = 0


@dataclass(slots=True)
class Leaf:
    """A text, a number, an alias, or nothing: as it is written, and what it says. Of the styles of YAML `|` and `>` are blocks of lines."""

    text: str
    style: str | None = None
    value: str = ""


@dataclass(slots=True)
class Entry:
    """One key with its value, or one item of a list (then `key` is None and `name` empty)."""

    column: int
    name: str
    key: str | None
    value: "Node"
    above: list[Comment] = field(default_factory=list)
    at_key: Comment | None = None
    between: list[Comment] = field(default_factory=list)
    behind: Comment | None = None
    broken: bool = False
    has_value: bool = True


@dataclass(slots=True)
class Block:
    """A mapping or list with one entry a line or more; `tail` are the comments at its end."""

    is_list: bool
    entries: list[Entry]
    tail: list[Comment] = field(default_factory=list)


@dataclass(slots=True)
class Flow:
    """A mapping or list in brackets. An entry that is `broken` begins a new line; `closes_alone` if the last bracket does."""

    is_list: bool
    entries: list[Entry]
    tail: list[Comment] = field(default_factory=list)
    closes_alone: bool = False
    comma_last: bool = False

    @property
    def is_commented(self) -> bool:
        """Whether a comment stands between its brackets, at its own level."""
        return bool(self.tail or any(entry.above or entry.behind for entry in self.entries))


Node: TypeAlias = Leaf | Block | Flow


@dataclass(slots=True)
class Part:
    """One document: what stands before its `---`, the comment behind it, and the content."""

    root: Block | Flow
    before: list[Comment] = field(default_factory=list)
    above: list[Comment] = field(default_factory=list)
    behind: Comment | None = None
    tail: list[Comment] = field(default_factory=list)
    separated: bool = False
    at_separator: Comment | None = None


@dataclass(slots=True)
class Outline:
    """A whole file. `anchored` if anchors or aliases occur, which must not change places."""

    parts: list[Part] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    anchored: bool = False


@dataclass(frozen=True, slots=True)
class _Gap:
    """What stands between two tokens: the comment on the first line, the lines of their own, and whether a line ended."""

    behind: Comment | None
    lines: list[Comment]
    breaks: bool
    structure: str


def outline(text: str) -> Outline:
    """The outline of a file's text, which has only plain line feeds; raises `Unusual`, and YAMLError for what is not YAML."""
    return _Reader(text).run()


class _Reader:
    """One pass over the events of a file; `at` is where the text that is understood ends."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.made = Outline()
        self._next: Callable[[], Any] = CParser(text).get_event

    def run(self) -> Outline:
        while not isinstance(event := self._next(), StreamEndEvent):
            if isinstance(event, DocumentStartEvent):
                self._document(event)
        self._plain(self._gap(len(self.text)), "")
        return self.made

    def _document(self, start: Any) -> None:
        if start.version or start.tags:
            raise self._unusual("directives (`%`)", start)
        before: list[Comment] = []
        separator = None
        if start.explicit:
            before = self._plain(self._gap(start.start_mark.index), "").lines
            self.at = start.end_mark.index
            separator = self._rest_of_line()
        event = self._next()
        if not isinstance(event, MappingStartEvent | SequenceStartEvent):
            raise self._unusual("an empty document, or one that is no mapping", event)
        part = Part(Block(False, []), before, separated=start.explicit, at_separator=separator)
        if event.flow_style:
            part.above = self._plain(self._gap(_start(event)), "").lines
            part.root = self._flow(event)
            part.behind = self._rest_of_line()
            part.tail = self._tail(0)
        else:
            part.root = self._block(event, 0)
        self.made.parts.append(part)
        end = self._next()
        if end.explicit:
            raise self._unusual("the end of a document (`...`)", end)

    def _block(self, event: Any, least: int) -> Block:
        """A block; comments at its end belong to it from column `least` on, or from its own, whichever is further right."""
        is_list = isinstance(event, SequenceStartEvent)
        column = event.start_mark.column
        if event.anchor or event.tag:
            raise self._unusual("an anchor or a tag before a block", event)
        block = Block(is_list, [])
        dash = _start(event)
        while not isinstance(event := self._next(), _ENDS):
            block.entries.append(self._item(event, column, dash) if is_list else self._entry(event, column))
            dash = -1
        block.tail = self._tail(max(column, least))
        return block

    def _item(self, event: Any, column: int, dash: int) -> Entry:
        gap = self._gap(dash if dash >= 0 else self._dash(column))
        above = self._plain(gap, "").lines
        self.at += 1
        return self._value(event, Entry(column, "", None, Leaf(""), above), column)

    def _entry(self, event: Any, column: int) -> Entry:
        if not isinstance(event, ScalarEvent):
            raise self._unusual("a key that is no plain text", event)
        above = self._plain(self._gap(_start(event)), "").lines
        key = self._slice(event)
        entry = Entry(column, event.value, key.text, key, above)
        if "\n" in key.text or event.anchor or event.tag:
            raise self._unusual("a key over several lines, or one with an anchor or a tag", event)
        colon = re.compile(r"[ \t]*:").match(self.text, self.at)
        if colon is None:
            raise self._unusual("a key that is written with `?`", event)
        self.at = colon.end()
        return self._value(self._next(), entry, column)

    def _value(self, event: Any, entry: Entry, column: int) -> Entry:
        """What stands behind a key or a dash, with the comments around it."""
        is_block = isinstance(event, MappingStartEvent | SequenceStartEvent) and not event.flow_style
        if isinstance(event, ScalarEvent) and _start(event) == _end(event):
            entry.value = Leaf("")
            entry.behind = self._rest_of_line()
            return entry
        gap = self._plain(self._gap(_start(event)), "")
        entry.at_key = gap.behind
        entry.broken = gap.breaks
        if is_block:
            entry.value = self._block(event, column + 1)
            entry.value.entries[0].above[:0] = gap.lines
            return entry
        entry.between = gap.lines
        entry.value = self._flow(event) if isinstance(event, MappingStartEvent | SequenceStartEvent) else self._slice(event)
        entry.behind = self._rest_of_line()
        return entry

    def _flow(self, event: Any) -> Flow:
        is_list = isinstance(event, SequenceStartEvent)
        if self.text[_start(event)] not in "[{":
            raise self._unusual("an anchor, a tag or a single pair in brackets", event)
        self.at = _start(event) + 1
        flow = Flow(is_list, [])
        previous: Entry | None = None
        while not isinstance(event := self._next(), _ENDS):
            gap = self._plain(self._gap(_start(event)), ",")
            entry = self._flow_entry(event, gap, is_list)
            self._leave(previous, gap, flow, entry)
            flow.entries.append(entry)
            previous = entry
        gap = self._plain(self._gap(_end(event) - 1), ",")
        self.at = _end(event)
        flow.tail = gap.lines
        if gap.behind:
            if previous is None:
                flow.tail = [gap.behind, *flow.tail]
            else:
                previous.behind = gap.behind
        flow.tail = [line for line in flow.tail if line.text]
        flow.closes_alone = gap.breaks
        flow.comma_last = "," in gap.structure
        return flow

    def _leave(self, previous: Entry | None, gap: _Gap, flow: Flow, entry: Entry) -> None:
        """Gives the comments between two entries to the one that they stand behind, or to the one that they stand above."""
        entry.above = [line for line in gap.lines if line.text]
        if gap.behind and previous is None:
            entry.above.insert(0, gap.behind)
        elif gap.behind and previous is not None:
            previous.behind = gap.behind

    def _flow_entry(self, event: Any, gap: _Gap, is_list: bool) -> Entry:
        entry = Entry(0, "", None, Leaf(""), broken=gap.breaks)
        if is_list:
            entry.value = self._flow_value(event)
            return entry
        if not isinstance(event, ScalarEvent):
            raise self._unusual("a key that is no plain text", event)
        entry.key = self._slice(event).text
        entry.name = event.value
        event = self._next()
        between = self._gap(_start(event))
        if between.structure not in ("", ":") or between.lines or between.behind:
            raise self._unusual("a comment between a key and its value in brackets", event)
        entry.has_value = between.structure == ":"
        entry.value = self._flow_value(event)
        return entry

    def _flow_value(self, event: Any) -> Node:
        return self._flow(event) if isinstance(event, MappingStartEvent | SequenceStartEvent) else self._slice(event)

    def _slice(self, event: Any) -> Leaf:
        start, end = _start(event), _end(event)
        style = getattr(event, "style", None)
        if isinstance(event, AliasEvent) or event.anchor:
            self.made.anchored = True
        text = self.text[start:end]
        if style in ("|", ">"):
            text = _without_end(text)
        self.at = start + len(text)
        return Leaf(text, style, getattr(event, "value", ""))

    def _tail(self, least: int) -> list[Comment]:
        """The comments below a block that are indented at least as far as it."""
        found: list[Comment] = []
        taken = 0
        end = self.text.find("\n", self.at)
        while end >= 0 and end + 1 < len(self.text):
            following = self.text.find("\n", end + 1)
            line = self.text[end + 1 : following if following >= 0 else len(self.text)]
            content = line.strip(" \t")
            column = len(line) - len(line.lstrip(" \t"))
            if content and not (content.startswith("#") and column >= least):
                break
            found.append(Comment(column, content.rstrip()))
            end = following if following >= 0 else len(self.text)
            if content:
                self.made.comments.append(content.rstrip())
                taken, self.at = len(found), end
        return found[:taken]

    def _rest_of_line(self) -> Comment | None:
        """The comment behind what was read last; nothing else may stand there."""
        end = self.text.find("\n", self.at)
        gap = self._plain(self._gap(end if end >= 0 else len(self.text)), "")
        return gap.behind

    def _dash(self, column: int) -> int:
        """Where the next dash of a list stands."""
        start = self.text.find("\n", self.at) + 1
        while start > 0:
            if self.text.startswith("-", start + column) and not self.text[start : start + column].strip():
                return start + column
            start = self.text.find("\n", start) + 1
        raise Unusual("a list that is not understood", self._line(self.at))

    def _gap(self, until: int) -> _Gap:
        """Everything up to `until`, which becomes the place that is understood."""
        first, *more = self.text[self.at : until].split("\n")
        if self.at == 0:
            first, more = "", [first, *more]
        start = self.at - self.text.rfind("\n", 0, self.at) - 1
        structure, behind = self._comment(first, start)
        lines: list[Comment] = []
        for number, line in enumerate(more, 1):
            code, comment = self._comment(line, 0)
            structure += code
            if comment:
                lines.append(comment)
            elif not code and number < len(more):
                lines.append(Comment(0, ""))
        self.at = until
        return _Gap(behind, lines, bool(more), structure)

    def _comment(self, line: str, start: int) -> tuple[str, Comment | None]:
        code, sign, comment = line.partition("#")
        if not sign:
            return code.strip(), None
        self.made.comments.append(f"#{comment}".rstrip())
        return code.strip(), Comment(start + len(code), f"#{comment}".rstrip(), len(code) - len(code.rstrip(" ")))

    def _plain(self, gap: _Gap, allowed: str) -> _Gap:
        if gap.structure not in ("", allowed):
            raise Unusual(f"`{gap.structure[:20]}`", self._line(self.at))
        return gap

    def _line(self, index: int) -> int:
        return self.text.count("\n", 0, index) + 1

    def _unusual(self, what: str, event: Any) -> Unusual:
        return Unusual(what, _row(event) + 1)


def _without_end(text: str) -> str:
    """A block of lines without the empty ones at its end, where these mean nothing."""
    head, *lines = text.removesuffix("\n").split("\n")
    if "+" in head.split("#")[0]:
        return text.removesuffix("\n")
    margin = next((len(line) - len(line.lstrip(" ")) for line in lines if line.strip(" ")), 0)
    while lines and not lines[-1].strip(" ") and len(lines[-1]) <= margin:
        lines.pop()
    return "\n".join((head, *lines))


def _start(event: Any) -> int:
    """The character where an event begins."""
    return int(event.start_mark.index)


def _end(event: Any) -> int:
    """The character behind an event."""
    return int(event.end_mark.index)


def _row(event: Any) -> int:
    """The line of an event, from 0."""
    return int(event.start_mark.line)
