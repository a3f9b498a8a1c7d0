"""Closes the loop: compiles what was understood, and keeps in `extra` exactly what the compiled payload does not say yet."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any, cast

from tmfkit.catalog import Catalog, Summary
from tmfkit.compile.bundle import Settings
from tmfkit.compile.compile import compile_entity
from tmfkit.compile.opaque import as_written
from tmfkit.importer.entities import declaration_of
from tmfkit.importer.identify import Item
from tmfkit.importer.names import unseen_in
from tmfkit.importer.notes import Note, Notebook, Weight
from tmfkit.importer.recognise import Payload
from tmfkit.load.parse import summarize
from tmfkit.model.base import Key
from tmfkit.source.document import Data, Path
from tmfkit.source.tree import MemoryTree
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.merge import residue

_MOMENTS = frozenset(("startDateTime", "endDateTime"))


def carry(items: Iterable[Item], vocabulary: dict[str, Data], existing: Catalog, settings: Settings) -> None:
    """Adds to every entity the `extra` that its payloads need, and notes what that is."""
    items = list(items)
    catalog = _together(items, vocabulary, existing)
    for item in items:
        extra: dict[str, Data] = {}
        for payload in item.payloads:
            notebook = item.notebooks[payload.place]
            body = compiled(item.key, catalog, payload.dialect, settings)
            if "id" in payload.source.body and "id" not in body:
                notebook.repair("id-in-address", ("id",), f"it stands in the address: `{item.key.id}`")
            missing = unsaid(payload, body, notebook)
            if missing is not None:
                extra[payload.dialect.value] = written(missing)
                notebook.notes += (Note(Weight.KEPT, notebook.file, path, "kept as `extra`") for path in leaves(missing))
        if extra:
            item.data["extra"] = extra


def _together(items: Iterable[Item], vocabulary: dict[str, Data], existing: Catalog) -> Catalog:
    """The catalog as it will be, with what the project has beside the import."""
    found: dict[Key, Summary] = dict(existing.summaries)
    for item in items:
        found[item.key] = summarize(declaration_of(item.key, item.data))
    if vocabulary:
        key = Key(str(vocabulary["kind"]), str(vocabulary["id"]))
        found[key] = summarize(declaration_of(key, vocabulary))
    return Catalog((found[key] for key in sorted(found)), MemoryTree({}), existing.zone)


def compiled(key: Key, catalog: Catalog, dialect: Dialect, settings: Settings) -> dict[str, Any]:
    """The body of an entity itself in one dialect, with exact numbers."""
    payloads = compile_entity(key, catalog, dialect, settings).payloads
    own = next((payload for payload in payloads if payload.id == key.id and "Candidate" not in payload.resource), None)
    return cast("dict[str, Any]", json.loads(json.dumps(own.body), parse_float=Decimal, parse_int=Decimal)) if own else {}


def unsaid(payload: Payload, body: dict[str, Any], notebook: Notebook) -> dict[str, Any] | None:
    """What a payload says and the compiled body does not; an id may also stand in the address. None for nothing."""
    whole = {"id": payload.body.get("id"), **body}
    return residue(aligned(payload.body, whole, (), notebook), whole)


def aligned(source: Any, body: Any, path: Path, notebook: Notebook) -> Any:
    """The source with its moments spelled as the body spells the same ones."""
    if isinstance(source, dict) and isinstance(body, dict):
        return {key: _aligned_part(key, value, body.get(key), (*path, key), notebook) for key, value in source.items()}
    if isinstance(source, list) and isinstance(body, list):
        others = [*_partners(source, body)]
        return [aligned(item, other, (*path, index), notebook) for index, (item, other) in enumerate(zip(source, others, strict=True))]
    return source


def _aligned_part(key: str, source: Any, body: Any, path: Path, notebook: Notebook) -> Any:
    if key in _MOMENTS and isinstance(source, str) and isinstance(body, str) and source != body:
        if _moment(source) is not None and _moment(source) == _moment(body):
            notebook.repair("moment", path, f"`{source}` is written `{body}`")
            return body
        return source
    return aligned(source, body, path, notebook)


def _partners(source: list[Any], body: list[Any]) -> Iterator[Any]:
    """For every item of the source the one of the body that has the same id or name, else the one at the same place."""
    named: dict[str, Any] = {}
    for item in reversed(body):
        if (name := _name(item)) is not None:
            named[name] = item
    for index, item in enumerate(source):
        yield named.get(_name(item) or "", body[index] if index < len(body) else None)


def _name(item: Any) -> str | None:
    """What an item of a list is called, if it is called anything."""
    name = item.get("id", item.get("name")) if isinstance(item, dict) else None
    return name if isinstance(name, str) else None


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def written(value: Any) -> Any:
    """JSON as it stands in `extra`: every scalar as text, numbers with their digits."""
    match value:
        case dict():
            return {key: written(item) for key, item in value.items()}
        case list():
            return [written(item) for item in value]
        case Decimal():
            return str(value)
        case str() if unseen_in(value):
            return json.dumps(value)
        case _:
            return as_written(value)


def leaves(value: Any, path: Path = ()) -> Iterator[Path]:
    """The paths of all scalars, empty lists and empty mappings; items of lists are called by their id or name."""
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    elif isinstance(value, list) and value:
        for index, item in enumerate(value):
            yield from leaves(item, (*path, _name(item) or index))
    else:
        yield path
