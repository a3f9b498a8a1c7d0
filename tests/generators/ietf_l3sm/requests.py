"""Fills a request as a system that reads it does: whole texts `${name}` become values, what is optional and absent goes away."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

GONE = object()


def filled(document: Mapping[str, Any], **values: Any) -> dict[str, Any]:
    """The request with the examples of its parameters, but for some values; None leaves an optional one out."""
    known = {one["name"]: one["example"] for one in document["parameters"]} | {name.replace("_", "-"): one for name, one in values.items()}
    found = put(document["request"], known)
    assert isinstance(found, dict)
    return found


def put(value: Any, known: Mapping[str, Any]) -> Any:
    match value:
        case dict():
            inner = {name: put(one, known) for name, one in value.items()}
            return {name: one for name, one in inner.items() if one is not GONE}
        case list():
            return [one for inner in value if (one := put(inner, known)) is not GONE]
        case str() if value.startswith("${"):
            found = known[value[2:-1]]
            return GONE if found is None else found
        case _:
            return value


def choices(document: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Every value that the catalog allows for a parameter, one after another: listed ones, limits, the default."""
    for one in document["parameters"]:
        allowed = [*one.get("values", {}).values(), *(one[word] for word in ("default", "minimum", "maximum") if word in one)]
        yield from ((one["name"].replace("-", "_"), value) for value in allowed)
        if one.get("optional"):
            yield one["name"].replace("-", "_"), None


def read(files: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """The documents, by their paths."""
    return {path: json.loads(text) for path, text in files.items()}
