"""Finds where a change is written: a path in words, followed through the text of an entity."""

import marshal

from tmfkit.catalog import Catalog
from tmfkit.model.base import Key
from tmfkit.source.document import Data, Path
from tmfkit.source.text import Position, Span


def place(catalog: Catalog, key: Key, path: tuple[str, ...], label: str = "") -> Span:
    """Where a part of an entity is written; `label` names the period of a dated value, as in `from-2027-01-01`."""
    summary = catalog.summaries[key]
    if not path:
        first = summary.origins[0]
        return Span(first.file, Position(first.line, 1), Position(first.line, 1))
    fields: Data = marshal.loads(summary.data)
    return catalog.span(key, _written(path, fields, label), at_key=True)


def _written(path: tuple[str, ...], data: Data, label: str) -> Path:
    """The same path with the positions of steps in lists that are dated."""
    found: list[str | int] = []
    for word in path:
        if isinstance(data, list):
            index = _step(data, label)
            found += [index, "is"]
            step = data[index] if index < len(data) else None
            data = step.get("is") if isinstance(step, dict) else None
        found.append(word)
        data = data.get(word) if isinstance(data, dict) else None
    if isinstance(data, list) and label and any(isinstance(step, dict) and "is" in step for step in data):
        found += [_step(data, label), "is"]
    return tuple(found)


def _step(data: list[Data], label: str) -> int:
    """The step of a dated list that a label is about: the one that begins where it does, else the last."""
    for index, step in enumerate(data):
        if isinstance(step, dict) and (begin := step.get("from")) and label.startswith(f"from-{begin}"):
            return index
    return 0 if label.startswith("until-") else max(0, len(data) - 1)
