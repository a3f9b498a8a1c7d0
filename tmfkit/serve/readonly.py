"""A compiled release as a catalog that can only be read: whoever needs it asks for it over the standard APIs."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from tmfkit.errors import TmfkitError
from tmfkit.serve import shelf as rows
from tmfkit.serve.exchange import Body
from tmfkit.serve.shapes import FIRST_STATE
from tmfkit.serve.shelf import Shelf
from tmfkit.serve.store import Store
from tmfkit.tmf.dialects import Dialect

_HINT = "make it with `tmfkit build`, and name the folder of `build` in tmfkit.yaml"


class Release(NamedTuple):
    """What was read: the name of the release, and how many items it has in all dialects together."""

    name: str
    items: int


def reason(release: str) -> str:
    """What is told to whoever wants to change something."""
    return f"this is release {release} of the catalog, which is only read here: change the catalog and publish it"


def fill(store: Store, folder: Path) -> Release:
    """Reads the payloads of a release into an empty database; raises `TmfkitError` where there are none."""
    found = [dialect for dialect in Dialect if (folder / dialect.value / "bundle.json").is_file()]
    if not found:
        raise TmfkitError(f"there is no compiled release in {folder}", _HINT)
    names: set[str] = set()
    count = 0
    with store.writing() as connection:
        for dialect in found:
            bundle, index = _read(folder / dialect.value / "bundle.json"), _read(folder / dialect.value / "index.json")
            names.add(str(bundle.get("release", "")))
            for resource, bodies in _items(folder / dialect.value, bundle, index):
                rows.put_all(connection, Shelf(dialect, resource), bodies)
                count += len(bodies)
    if len(names) > 1:
        raise TmfkitError(f"the parts of {folder} are of several releases: {', '.join(sorted(names))}", "make it anew with `tmfkit build`")
    return Release(names.pop(), count)


def _items(folder: Path, bundle: dict[str, Any], index: dict[str, Any]) -> Iterator[tuple[str, list[Body]]]:
    """The items by resource. Bodies of version 4 have no id of their own: the index has it, and no two have one name and version."""
    ids = {(entry["resource"], entry["name"], entry["version"]): entry["id"] for entry in index.get("payloads", ())}
    for resource, bodies in bundle.get("resources", {}).items():
        named = [(ids.get((resource, body["name"], body.get("version", ""))), body) for body in bodies]
        if None in (id for id, _ in named):
            raise TmfkitError(f"bundle.json and index.json of {folder} do not belong together", "make it anew with `tmfkit build`")
        yield resource, [_whole(id, body) for id, body in named if id]


def _whole(id: str, body: Body) -> Body:
    return {"id": id, "lifecycleStatus": FIRST_STATE, **{name: value for name, value in body.items() if name != "href"}}


def _read(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        raise TmfkitError(f"{path} cannot be read", _HINT) from None
    if not isinstance(content, dict):
        raise TmfkitError(f"{path} is not what `tmfkit build` writes", _HINT)
    return content
