"""Gives characteristics, terms and groups whose names the language cannot have names that it can have."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from tmfkit.importer.names import characteristic_name, part_name
from tmfkit.importer.notes import Notebook
from tmfkit.importer.recognise import Payload
from tmfkit.source.document import Path

_LISTS: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        "productSpecCharacteristic": characteristic_name,
        "specCharacteristic": characteristic_name,
        "resourceSpecCharacteristic": characteristic_name,
        "prodSpecCharValueUse": characteristic_name,
        "productOfferingTerm": part_name,
        "bundledGroupProductOffering": part_name,
    }
)
"""The lists at the top of payloads whose items are called by their name, and how."""


def renamed(payload: Payload, notebook: Notebook) -> Payload:
    """The payload with names that the language can have; each change is noted, and `called` keeps what they were."""
    called: dict[str, str] = {}
    lists = {key: _items(payload.body, key, (key,), called, notebook) for key in _LISTS if isinstance(payload.body.get(key), list)}
    prices = payload.body.get("productOfferingPrice")
    if isinstance(prices, list):
        lists["productOfferingPrice"] = [
            _inner(price, ("productOfferingPrice", index), called, notebook) for index, price in enumerate(prices)
        ]
    return replace(payload, body={**payload.body, **lists}, called=called) if called else payload


def _inner(price: Any, path: Path, called: dict[str, str], notebook: Notebook) -> Any:
    """A price that stands inside its offering, its parts renamed as those of the offering."""
    if not isinstance(price, dict):
        return price
    return price | {key: _items(price, key, (*path, key), called, notebook) for key in _LISTS if isinstance(price.get(key), list)}


def _items(body: dict[str, Any], key: str, path: Path, called: dict[str, str], notebook: Notebook) -> list[Any]:
    return [_item(item, _LISTS[key], (*path, index, "name"), called, notebook) for index, item in enumerate(body[key])]


def _item(item: Any, safe: Callable[[str], str], path: Path, called: dict[str, str], notebook: Notebook) -> Any:
    name = item.get("name") if isinstance(item, dict) else None
    if not isinstance(name, str) or (made := safe(name.strip())) == name.strip():
        return item
    called[made] = name.strip()
    notebook.repair("part-name", path, f"`{name.strip()}` becomes `{made}`")
    return {**item, "name": made}
