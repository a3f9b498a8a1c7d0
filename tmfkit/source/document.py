"""One YAML document as plain data, and the place of each of its parts, found only when somebody asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from yaml import YAMLError
from yaml._yaml import CParser
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from tmfkit.source.text import Position, Span

Scalar: TypeAlias = str | None
Data: TypeAlias = "Scalar | list[Data] | dict[str, Data]"
"""What a document holds: scalars keep their source text, an empty or `null` one is None."""

Path: TypeAlias = tuple[str | int, ...]
"""The way from the top of a document to one of its parts: keys, and indexes (from 0) of lists."""


@dataclass(frozen=True, slots=True, order=True)
class Document:
    """Where a document stands: characters `start` to `end` of the file's decoded text, beginning on line `line` (from 1)."""

    file: str
    start: int
    end: int
    line: int

    def slice(self, text: str) -> str:
        """The document's own part of its file's text."""
        return text[self.start : self.end]


class _Composer(CParser):
    """libyaml's own composer; every scalar stays text, so no tags are resolved."""

    def resolve(self, kind: type, value: object, implicit: object) -> str:
        return "text"

    def descend_resolver(self, current: object, index: object) -> None: ...

    def ascend_resolver(self) -> None: ...


def locate(document: Document, text: str, path: Path, *, at_key: bool = False) -> Span:
    """The place of the deepest part of `path` that is written in the document; `text` is the file's decoded text.

    A part that the language fills in (a shorthand, a default, an inherited value) has no place of its own: its nearest written
    ancestor stands for it. With `at_key` the place is that of the key, not of its value.
    """
    return locate_depth(document, text, path, at_key=at_key)[0]


def locate_depth(document: Document, text: str, path: Path, *, at_key: bool = False) -> tuple[Span, int]:
    """As `locate`, and how many parts of `path` were found: that tells which of several documents says it."""
    root = _composed(document.slice(text))
    if root is None:
        return Span(document.file, Position(document.line, 1), Position(document.line, 1)), 0
    key, node, depth = _descend(root, path)
    return _span(document, key if key is not None and (at_key or _is_long(node)) else node), depth


@lru_cache(maxsize=16)
def _composed(text: str) -> Node | None:
    """The nodes of one document; what is wrong in one part of it is often followed by something in another."""
    try:
        return _Composer(text).get_single_node()
    except YAMLError:
        return None


def _descend(root: Node, path: Path) -> tuple[Node | None, Node, int]:
    key: Node | None = None
    node, depth = root, 0
    for index, part in enumerate(path):
        step = _child(node, part)
        if step is None and (isinstance(part, int) or part == "is"):
            continue  # a step of a dated value that is written plainly
        if step is None:
            break
        key, node = step
        depth = index + 1
    if depth == 0 and isinstance(root, MappingNode) and root.value:
        key = root.value[0][0]
    return key, node, depth


def _child(node: Node, part: str | int) -> tuple[Node | None, Node] | None:
    if isinstance(node, MappingNode):
        return next(((key, value) for key, value in node.value if key.value == str(part)), None)
    if not isinstance(node, SequenceNode):
        return (None, node) if isinstance(part, str) and _stands_for(node, part) else None
    if isinstance(part, int):
        return (None, node.value[part]) if part < len(node.value) else None
    return next(((None, item) for item in node.value if _stands_for(item, part)), None)


def _stands_for(item: Node, name: str) -> bool:
    """Whether an item of a list, or a text in place of a list, stands for the entry `name` of a mapping: these are its short forms."""
    return isinstance(item, ScalarNode) and item.value == name


def _is_long(node: Node) -> bool:
    return isinstance(node, MappingNode | SequenceNode) and bool(node.start_mark.line != node.end_mark.line)


def _span(document: Document, node: Node) -> Span:
    start, end = node.start_mark, node.end_mark
    first = document.line
    return Span(document.file, Position(start.line + first, start.column + 1), Position(end.line + first, end.column + 1))


def text_of(path: Sequence[str | int]) -> str:
    """A path as people write it: `prices/monthly/amount`."""
    return "/".join(str(part) for part in path)
