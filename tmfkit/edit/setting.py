"""Writes one value into a document that people wrote: the line it needs, and nothing else."""

import json
from collections.abc import Sequence
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from tmfkit.edit.order import Keys, shape_of_kind
from tmfkit.load.read import read
from tmfkit.source.document import Data, Document

_Step = tuple[int, int, str]
"""From where to where a text is replaced, and by what."""


class Unsettable(Exception):
    """The text is written in a way in which the value has no provable place."""


def with_value(text: str, document: Document, path: Sequence[str], value: str | None) -> str:
    """The text of a file in which the document says `value` at `path`; parts of the way that are not there are written in one line.

    None stands for a part without settings of its own. Raises `Unsettable` where the result would say anything else besides.
    """
    found, _ = read(document.file, text)
    number = next((number for number, (one, _) in enumerate(found) if one.start == document.start), None)
    if number is None:
        raise Unsettable
    start, end, written = _step(text, document, path, "{}" if value is None else value)
    if "\r\n" in text:
        written = written.replace("\n", "\r\n")
    after = text[:start] + written + text[end:]
    # what stands behind an alias is written out: only one of its uses is meant
    wanted = [json.loads(json.dumps(data)) for _, data in found]
    _put(wanted[number], path, value)
    if [data for _, data in read(document.file, after)[0]] != wanted:
        raise Unsettable
    return after


def _put(data: Data, path: Sequence[str], value: str | None) -> None:
    """Sets the value in plain data; a list gets the last part of the path as one more item."""
    for part in path[:-1]:
        if isinstance(data, list):
            break
        if not isinstance(data, dict):
            raise Unsettable
        if data.get(part) is None:
            data[part] = {}
        data = data[part]
    if isinstance(data, list):
        if value is not None:
            raise Unsettable
        data.append(path[-1])
    elif isinstance(data, dict):
        data[path[-1]] = {} if value is None else value
    else:
        raise Unsettable


def _step(text: str, document: Document, path: Sequence[str], value: str) -> _Step:
    root = yaml.compose(document.slice(text), Loader=yaml.CBaseLoader)
    node, rest = _reached(root, path)
    shift = document.start
    match node:
        case ScalarNode() if not rest:
            start, end, written = node.start_mark.index, node.end_mark.index, value
        case MappingNode() if rest:
            start, end, written = _entry(document.slice(text), node, rest, value, is_root=node is root, kind=_kind(root))
        case SequenceNode(flow_style=True) if rest and node.value:
            start = end = node.value[-1].end_mark.index
            written = f", {path[-1]}"
        case _:
            raise Unsettable
    return start + shift, end + shift, written


def _kind(root: Node | None) -> str:
    return next((str(value.value) for key, value in root.value if key.value == "kind"), "") if isinstance(root, MappingNode) else ""


def _reached(node: Any, path: Sequence[str]) -> tuple[Node | None, Sequence[str]]:
    """The deepest node on the way, and what of the way is not there yet."""
    for number, part in enumerate(path):
        below = next((value for key, value in node.value if key.value == part), None) if isinstance(node, MappingNode) else None
        if below is None:
            return node, path[number:]
        node = below
    return node, ()


def _entry(text: str, node: MappingNode, rest: Sequence[str], value: str, *, is_root: bool, kind: str) -> _Step:
    """A new entry of a mapping: behind the last one on one line, else on a line of its own."""
    said = f"{rest[0]}: {_nested(rest[1:], value)}"
    if node.flow_style:
        at = node.value[-1][1].end_mark.index if node.value else node.start_mark.index + 1
        return at, at, (", " if node.value else "") + said
    column = node.value[0][0].start_mark.column
    if not is_root:
        at = node.value[0][0].start_mark.index
        return at, at, said + "\n" + " " * column
    line = _above(node, rest[0], kind).end_mark.index
    at = text.find("\n", line)
    return (len(text), len(text), f"\n{' ' * column}{said}") if at < 0 else (at + 1, at + 1, f"{' ' * column}{said}\n")


def _nested(rest: Sequence[str], value: str) -> str:
    return f"{{{rest[0]}: {_nested(rest[1:], value)}}}" if rest else value


def _above(root: MappingNode, name: str, kind: str) -> Node:
    """The entry below which a new one is written: the nearest that belongs above it and takes one line."""
    shape = shape_of_kind(kind)
    if not isinstance(shape, Keys) or name not in shape.ranks:
        raise Unsettable
    rank = shape.ranks[name]
    above = [
        (shape.ranks.get(key.value, rank), value)
        for key, value in root.value
        if shape.ranks.get(key.value, rank) < rank and value.start_mark.line == value.end_mark.line == key.start_mark.line
    ]
    if not above:
        raise Unsettable
    found: Node = max(above, key=lambda one: one[0])[1]
    return found
