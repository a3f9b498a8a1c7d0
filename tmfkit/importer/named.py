"""Gives characteristics, terms and groups whose names the language cannot have names that it can have."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from tmfkit.importer.names import characteristic_name, marked, part_name
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


def renamed(payloads: list[Payload], notebooks: Mapping[str, Notebook]) -> list[Payload]:
    """The payloads with names that the language can have; each change is noted, and `called` keeps what they were."""
    names: dict[str, set[str]] = defaultdict(set)
    for payload in payloads:
        for name, made in _names(payload.body):
            names[made.casefold()].add(name)
    crowded = frozenset(made for made, several in names.items() if len(several) > 1)
    return [_Renamer(crowded, notebooks[payload.place]).payload(payload) for payload in payloads]


def _names(body: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The names of parts, each with the one that it would get."""
    prices = body.get("productOfferingPrice")
    for around in (body, *(prices if isinstance(prices, list) else ())):
        for key in _LISTS if isinstance(around, dict) else ():
            items = around.get(key)
            for item in items if isinstance(items, list) else ():
                name = item.get("name") if isinstance(item, dict) else None
                if isinstance(name, str):
                    yield name.strip(), _LISTS[key](name.strip())


class _Renamer:
    """Renames the parts of one payload; a new name that would be the name of something else too is marked."""

    def __init__(self, crowded: frozenset[str], notebook: Notebook) -> None:
        self.crowded = crowded
        self.notebook = notebook
        self.called: dict[str, str] = {}

    def payload(self, payload: Payload) -> Payload:
        """The payload with its parts, and those of prices inside it, renamed."""
        body = self.parts(payload.body, ())
        prices = body.get("productOfferingPrice")
        if isinstance(prices, list):
            body = {**body, "productOfferingPrice": [self.parts(one, ("productOfferingPrice", index)) for index, one in enumerate(prices)]}
        return replace(payload, body=body, called=self.called) if self.called else payload

    def parts(self, body: Any, path: Path) -> Any:
        """One object with the items of its lists renamed."""
        if not isinstance(body, dict):
            return body
        lists = {key: body[key] for key in _LISTS if isinstance(body.get(key), list)}
        return body | {key: [self.item(key, one, (*path, key, index)) for index, one in enumerate(items)] for key, items in lists.items()}

    def item(self, key: str, item: Any, path: Path) -> Any:
        """One part, renamed where the language asks for it."""
        name = item.get("name") if isinstance(item, dict) else None
        if not isinstance(name, str) or (made := _LISTS[key](name.strip())) == name.strip():
            return item
        if made.casefold() in self.crowded:
            made = marked(made, name.strip())
        self.called[made] = name.strip()
        self.notebook.repair("part-name", (*path, "name"), f"`{name.strip()}` becomes `{made}`")
        return {**item, "name": made}
