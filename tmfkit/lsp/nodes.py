"""The parts of a YAML text with their places, as far as it can be read: what stands where, for outlines and for looking things up."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from yaml import YAMLError
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

from tmfkit.source.document import Data, Path

DEEPEST = 100
"""Levels of nesting; what is deeper is not looked at."""


@dataclass(slots=True)
class Node:
    """A value with its place in characters: a text, or a mapping or list with its parts. `key` is the place of the key before it."""

    path: Path
    start: int
    end: int
    text: str | None = None
    key: tuple[int, int] | None = None
    is_list: bool = False
    parts: list["Node"] = field(default_factory=list)

    @property
    def data(self) -> Data:
        """What it says, as plain data."""
        if self.text is not None:
            return self.text
        if self.is_list:
            return [part.data for part in self.parts]
        return {str(part.path[-1]): part.data for part in self.parts}

    def walk(self) -> Iterator["Node"]:
        """This node and all that is in it, in the order of the text."""
        yield self
        for part in self.parts:
            yield from part.walk()

    @property
    def name(self) -> str:
        """The key of the node; empty for what has none."""
        return str(self.path[-1]) if self.path and self.key else ""


@lru_cache(maxsize=8)
def documents(text: str) -> tuple[Node, ...]:
    """The documents of a text that can be read whole: those before the first fault."""
    found: list[Node] = []
    following: Callable[[], Any] = CParser(text).get_event
    try:
        while not isinstance(event := following(), StreamEndEvent):
            if isinstance(event, DocumentStartEvent):
                found.append(_node(following, following(), (), 0))
    except (YAMLError, _TooDeep):
        pass
    return tuple(found)


def is_whole(text: str) -> bool:
    """Whether all of a text is YAML that is not nested beyond reason."""
    following: Callable[[], Any] = CParser(text).get_event
    depth = 0
    try:
        while depth <= DEEPEST and not isinstance(event := following(), StreamEndEvent):
            depth += isinstance(event, MappingStartEvent | SequenceStartEvent)
            depth -= isinstance(event, MappingEndEvent | SequenceEndEvent)
    except YAMLError:
        return False
    return depth == 0


class _TooDeep(Exception):
    """Ends the reading of a text that is nested beyond reason."""


def _node(following: Callable[[], Any], event: Any, path: Path, depth: int) -> Node:
    if depth > DEEPEST:
        raise _TooDeep
    node = Node(path, event.start_mark.index, event.end_mark.index)
    match event:
        case ScalarEvent():
            node.text = event.value
        case AliasEvent():
            node.text = ""
        case MappingStartEvent():
            node.end = _mapping(following, node, depth)
        case SequenceStartEvent():
            node.is_list = True
            node.end = _sequence(following, node, depth)
    return node


def _mapping(following: Callable[[], Any], node: Node, depth: int) -> int:
    while not isinstance(key := following(), MappingEndEvent):
        name = key.value if isinstance(key, ScalarEvent) else ""
        place = (key.start_mark.index, key.end_mark.index)
        if not isinstance(key, ScalarEvent):
            _node(following, key, node.path, depth + 1)
        part = _node(following, following(), (*node.path, name), depth + 1)
        part.key = place
        node.parts.append(part)
    return _end(key, node)


def _sequence(following: Callable[[], Any], node: Node, depth: int) -> int:
    while not isinstance(item := following(), SequenceEndEvent):
        node.parts.append(_node(following, item, (*node.path, len(node.parts)), depth + 1))
    return _end(item, node)


def _end(event: Any, node: Node) -> int:
    """Where brackets close; what has none ends with its last part, not with the blanks and comments behind it."""
    start, end = event.start_mark.index, event.end_mark.index
    last = node.parts[-1] if node.parts else None
    if end > start or last is None:
        return int(end)
    return max(last.end, last.key[1] if last.key else 0)
