"""From a place in a text to its meaning: the word there, and where in which document it stands."""

from dataclasses import dataclass

from tmfkit.catalog import Catalog
from tmfkit.load.parse import Fields, mapping
from tmfkit.lsp.meaning import Name, Place, describe, named
from tmfkit.lsp.nodes import Node, documents
from tmfkit.lsp.raw import text as text_of
from tmfkit.lsp.raw import with_bases
from tmfkit.lsp.sketch import bounds, sketch
from tmfkit.model.base import Key
from tmfkit.model.kinds import KINDS
from tmfkit.model.landscape import Vocabulary
from tmfkit.source.document import Path


@dataclass(frozen=True)
class Look:
    """A word of a text, from `start` to `end` in characters, and its place."""

    word: str
    start: int
    end: int
    place: Place


def look(text: str, index: int, catalog: Catalog) -> Look | None:
    """The key or text at a place; of a document that is not YAML now, what can be made out of it."""
    root = document_at(text, index)
    if root is not None:
        found = _in_nodes(root, index)
        return _look(found[0], found[1], text, identity(root_data(root), catalog)) if found else None
    sketched = sketch(text, index)
    entry = sketched.at(index)
    if entry is None:
        return None
    place = identity(sketched.data, catalog)
    return Look(entry.text, entry.start, entry.end, Place(place.kind, place.key, entry.path, entry.at_key, place.data))


def identity(data: Fields, catalog: Catalog) -> Place:
    """The top of a document with this data, what it takes over included."""
    kind = text_of(data, "kind")
    id = text_of(data, "id") or ("vocabulary" if kind == Vocabulary.KIND else "")
    key = Key(kind, id) if kind in KINDS and id else None
    return Place(kind, key, (), False, with_bases(kind, data, catalog))


def at(top: Place, path: Path, at_key: bool) -> Place:
    """Another place of the same document."""
    return Place(top.kind, top.key, path, at_key, top.data)


def meaning(found: Look, catalog: Catalog) -> Name | None:
    """What the word stands for; the parts of an entity stand for themselves."""
    place = found.place
    if place.path == ("id",) and not place.at_key and place.key in catalog.summaries:
        assert place.key is not None
        return Name(found.word, describe(place.key, catalog), place.key)
    name = named(place, found.word, catalog)
    if name is None and place.at_key and len(place.path) == 2 and place.path[0] in ("prices", "characteristics", "terms", "bundle"):
        return Name(found.word, str(place.path[0]), place.key, place.path)
    return name


def document_at(text: str, index: int) -> Node | None:
    """The document around a place, if it can be read whole."""
    start, end = bounds(text, index)
    return next((root for root in documents(text) if start <= root.start < end and root.text is None), None)


def root_data(root: Node) -> Fields:
    """What a document says."""
    data = root.data
    return mapping(data) if isinstance(data, dict) else {}


def word_place(node: Node, at_key: bool, text: str) -> tuple[str, int, int] | None:
    """The word of a node or of its key, and where it stands without quotes and anchors; None for what is no plain word."""
    if at_key and node.key:
        word, (start, end) = node.name, node.key
    elif node.text is not None and not at_key:
        word, start, end = node.text, node.start, node.end
    else:
        return None
    found = text.rfind(word, start, end)
    return (word, found, found + len(word)) if word and found >= 0 else None


def _in_nodes(root: Node, index: int) -> tuple[Node, bool] | None:
    for node in root.walk():
        if node.key and node.key[0] <= index <= node.key[1]:
            return node, True
        if node.text is not None and node.start <= index <= node.end and node.start < node.end:
            return node, False
    return None


def _look(node: Node, at_key: bool, text: str, top: Place) -> Look | None:
    found = word_place(node, at_key, text)
    return None if found is None else Look(found[0], found[1], found[2], at(top, node.path, at_key))
