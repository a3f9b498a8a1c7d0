"""The outline of a file: its entities and their parts."""

from collections.abc import Iterator
from dataclasses import dataclass

from tmfkit.load.parse import Fields
from tmfkit.lsp.look import root_data
from tmfkit.lsp.nodes import Node, documents
from tmfkit.lsp.raw import text as text_of
from tmfkit.lsp.sketch import bounds, sketch

DEEPEST = 2
"""Levels below an entity: `prices`, and each price."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """An entity or a part of one: its whole place and that of its name, in characters."""

    name: str
    detail: str
    is_entity: bool
    start: int
    end: int
    name_start: int
    name_end: int
    parts: tuple["Symbol", ...] = ()


def symbols(text: str) -> tuple[Symbol, ...]:
    """The outline of a file; of documents that are not YAML now, what can be made out."""
    found: list[Symbol] = []
    at = 0
    whole = {bounds(text, root.start)[0]: root for root in documents(text)}
    while at <= len(text):
        start, end = bounds(text, at)
        root = whole.get(start)
        one = _entity(root) if root is not None and root.parts else _sketched(text, start)
        found += [one] if one else []
        at = max(end, at) + 4
    return tuple(found)


def _entity(root: Node) -> Symbol | None:
    if root.is_list:
        return None
    named = next((part for part in root.parts if part.name == "id"), root.parts[0])
    name, detail = _named(root_data(root))
    return Symbol(name, detail, True, root.start, max(root.end, named.end), named.start, named.end, tuple(_parts(root, 1)))


def _parts(node: Node, depth: int) -> Iterator[Symbol]:
    for part in node.parts:
        if part.key and part.parts and (not part.is_list or depth == 1):
            inner = tuple(_parts(part, depth + 1)) if depth < DEEPEST else ()
            yield Symbol(part.name or "…", text_of(part.data, "type"), False, part.key[0], max(part.end, part.key[1]), *part.key, inner)
        elif part.key and depth == DEEPEST:
            yield Symbol(part.name or "…", (part.text or "")[:40], False, part.key[0], max(part.end, part.key[1]), *part.key)


def _sketched(text: str, at: int) -> Symbol | None:
    found = sketch(text, at)
    if not found.entries:
        return None
    named = next((entry for entry in found.entries if entry.path == ("id",) and not entry.at_key), found.entries[0])
    name, detail = _named(found.data)
    tops = [entry for entry in found.entries if entry.at_key and len(entry.path) == 1 and entry.text]
    parts = tuple(Symbol(top.text, "", False, top.start, top.end, top.start, top.end) for top in tops)
    end = found.entries[-1].end
    return Symbol(name, detail, True, found.entries[0].start, max(end, named.end), named.start, named.end, parts)


def _named(data: Fields) -> tuple[str, str]:
    kind = text_of(data, "kind")
    return text_of(data, "id") or kind or "…", kind
