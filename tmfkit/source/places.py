"""Says of places in a file which entity and which part of it stands there: what stays the same when lines move."""

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from yaml import YAMLError
from yaml._yaml import CParser
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from tmfkit.source.text import Position


class Place(NamedTuple):
    """The kind and id of a document, and the keys that lead to a part of it; the items of a list are not told apart."""

    kind: str
    id: str
    path: tuple[str, ...]


def places(text: str, wanted: Collection[Position]) -> dict[Position, Place]:
    """What stands at each of the wanted places, as far as the text can be read; one pass over its events.

    A mapping begins where its first key does: then the key is meant, but at the top of a document the document, whose keys have no order.
    """
    known: dict[Position, Place] = {}
    identity: dict[str, str] = {}
    found: dict[Position, tuple[str, ...]] = {}
    for event, path in _parts(text):
        if isinstance(event, DocumentEndEvent):
            known |= {at: Place(identity.get("kind", ""), identity.get("id", ""), way) for at, way in found.items()}
            identity, found = {}, {}
            continue
        at = Position(event.start_mark.line + 1, event.start_mark.column + 1)
        if at in wanted and found.get(at) != ():
            found[at] = path
        if path in (("kind",), ("id",)) and isinstance(event, ScalarEvent):
            identity[path[0]] = event.value
    return known


def _parts(text: str) -> Iterator[tuple[Any, tuple[str, ...]]]:
    """Every node with the keys that lead to it, a key before its value with the same way; and the end of each document."""
    following = CParser(text).get_event
    above: list[_Open] = []
    try:
        while not isinstance(event := following(), StreamEndEvent):
            match event:
                case DocumentStartEvent():
                    above = [_Open((), False)]
                case DocumentEndEvent():
                    yield event, ()
                case MappingEndEvent() | SequenceEndEvent():
                    above.pop()
                case ScalarEvent() | AliasEvent() | MappingStartEvent() | SequenceStartEvent():
                    path = above[-1].step(event)
                    yield event, path
                    if isinstance(event, MappingStartEvent | SequenceStartEvent):
                        above.append(_Open(path, isinstance(event, MappingStartEvent)))
    except YAMLError:
        return


class _Open:
    """A mapping, list or document that is being read."""

    def __init__(self, path: tuple[str, ...], has_keys: bool) -> None:
        self.path = path
        self.has_keys = has_keys
        self._key: str | None = None

    def step(self, event: Any) -> tuple[str, ...]:
        """The way to the next node in it."""
        if not self.has_keys:
            return self.path
        if self._key is None:
            self._key = event.value if isinstance(event, ScalarEvent) else ""
            return (*self.path, self._key)
        key, self._key = self._key, None
        return (*self.path, key)
