"""Reads what a document says while it is being written, be it whole or not: nothing here asks whether it is right."""

import marshal
from collections.abc import Iterator

from tmfkit.catalog import Catalog
from tmfkit.link.inherit import OWN, merged
from tmfkit.load.parse import Fields, mapping
from tmfkit.model.base import Key
from tmfkit.source.document import Data


def said(key: Key | None, catalog: Catalog) -> Fields:
    """The data of an entity, what it takes over included; nothing where there is none."""
    summary = catalog.summaries.get(key) if key else None
    found = marshal.loads(summary.data) if summary else {}
    return mapping(found) if isinstance(found, dict) else {}


def with_bases(kind: str, data: Fields, catalog: Catalog) -> Fields:
    """A document's own data over what it takes over from the entity that it extends."""
    base = data.get("extends")
    taken = said(Key(kind, base), catalog) if isinstance(base, str) else {}
    return mapping(merged({name: value for name, value in taken.items() if name not in OWN}, data)) if taken else data


def part(data: Data, *path: str) -> Data:
    """A part of some data; nothing where there is no such part."""
    for name in path:
        data = data.get(name) if isinstance(data, dict) else None
    return data


def text(data: Data, *path: str) -> str:
    """A text in some data; an empty one where there is none."""
    found = part(data, *path)
    return found if isinstance(found, str) else ""


def names(data: Data) -> list[str]:
    """The names of a mapping of named parts, or of its short form; also the items of a list, or the one that stands for it."""
    match data:
        case str():
            return [data]
        case list():
            return [item for item in data if isinstance(item, str)]
        case dict():
            return list(_names(data))
        case None:
            return []


def _names(data: dict[str, Data]) -> Iterator[str]:
    """A list that could only be made out line by line is a mapping from its numbers."""
    if data and list(data) == [str(number) for number in range(len(data))]:
        yield from (item for item in data.values() if isinstance(item, str))
    else:
        yield from data
