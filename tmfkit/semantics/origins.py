"""Where each value of an entity is written: in its own document, or in that of a base that it extends."""

import marshal
from collections.abc import Iterator
from dataclasses import dataclass

from tmfkit.catalog import Catalog, Summary
from tmfkit.model.base import Key
from tmfkit.source.document import Data, Document, Path
from tmfkit.source.text import Span


@dataclass(frozen=True, slots=True)
class Written:
    """A value as the entity has it in the end, where it is written, and in which entity: its own, or one that it extends."""

    path: Path
    value: Data
    span: Span
    owner: Key


def written(key: Key, catalog: Catalog) -> Iterator[Written]:
    """Every value of an entity, in the order of its keys. What stands together on one line is told as one value."""
    summary = catalog.summaries[key]
    owners = dict(_owners(summary, catalog))
    fields = marshal.loads(summary.data)
    for name, value in fields.items():
        if name not in ("kind", "id"):
            yield from _values((name,), value, summary, owners, catalog)


def heirs(key: Key, catalog: Catalog) -> Iterator[Key]:
    """The entities that take over what this one says, directly or by way of others."""
    own = catalog.summaries[key].origins[0]
    return (other for other in sorted(catalog.summaries) if other.kind == key.kind and own in catalog.summaries[other].origins[1:])


def _owners(summary: Summary, catalog: Catalog) -> Iterator[tuple[Document, Key]]:
    """The documents of an entity, each with the entity that it declares."""
    yield summary.origins[0], summary.key
    base: Summary | None = summary
    for document in summary.origins[1:]:
        wanted = marshal.loads(base.data).get("extends") if base else None
        base = catalog.summaries.get(Key(summary.key.kind, wanted)) if isinstance(wanted, str) else None
        yield document, base.key if base else summary.key


def _values(path: Path, value: Data, summary: Summary, owners: dict[Document, Key], catalog: Catalog) -> Iterator[Written]:
    parts = list(value.items()) if isinstance(value, dict) else []
    inner = [found for name, part in parts for found in _values((*path, name), part, summary, owners, catalog)]
    span = catalog.place(summary, path, at_key=True)
    place = (span.file, span.start.line)
    if all((found.span.file, found.span.start.line) == place for found in inner):
        yield Written(path, value, span, _owner(span, owners))
    else:
        yield from inner


def _owner(span: Span, owners: dict[Document, Key]) -> Key:
    """The entity in whose document a place lies: of those in its file, the last one that begins before it."""
    inside = [(document.line, key) for document, key in owners.items() if document.file == span.file and document.line <= span.start.line]
    return max(inside, default=(0, next(iter(owners.values()))), key=lambda pair: pair[0])[1]
