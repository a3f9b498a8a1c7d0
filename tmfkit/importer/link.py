"""Finds what the references of payloads name: another payload by id or product number, an entity of the project, or something outside."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from tmfkit.catalog import Catalog
from tmfkit.importer.identify import CANDIDATES, Item, text_of
from tmfkit.importer.mentions import CATEGORIES, noun_of
from tmfkit.importer.notes import Notebook
from tmfkit.importer.recognise import SORTS, Payload
from tmfkit.model.base import Key
from tmfkit.source.document import Path

KINDS_OF = {
    "ServiceSpecification": ("CustomerFacingServiceSpecification", "ResourceFacingServiceSpecification"),
    "ResourceSpecification": ("PhysicalResourceSpecification", "LogicalResourceSpecification"),
}
"""The kinds that an item becomes, where they are not called as it is."""


class Links:
    """What ids of payloads stand for."""

    def __init__(self, items: Iterable[Item], candidates: Iterable[Payload], existing: Catalog) -> None:
        """`existing` is what the project already has; payloads come first."""
        self.existing = existing
        self.items: Mapping[Key, Item] = {item.key: item for item in items}
        self._keys: dict[tuple[str, str], Key] = {}
        self._named = {(item.payload.noun, text_of(item.payload.body.get("name"))): item.key for item in self.items.values()}
        numbers = Counter(_number(item) for item in self.items.values())
        for item in self.items.values():
            for payload in item.payloads:
                self._add(payload.noun, text_of(payload.source.body.get("id")), item.key)
            self._add(item.payload.noun, item.key.id, item.key)
        for item in self.items.values():
            if numbers[number := _number(item)] == 1:
                self._add(item.payload.noun, number, item.key)
        for payload in candidates:
            target = payload.body.get(CANDIDATES[payload.noun])
            noun = payload.noun.replace("Candidate", "Specification")
            key = self.find(noun, text_of(target.get("id"))) if isinstance(target, dict) else None
            if key is not None:
                self._add(payload.noun, text_of(payload.body.get("id")), key)

    def _add(self, noun: str, id: str, key: Key) -> None:
        if id:
            self._keys.setdefault((noun, id), key)

    def find(self, noun: str, id: str) -> Key | None:
        """The entity that an id of a payload stands for; a candidate stands for its specification."""
        return self._keys.get((noun, id)) or self.existing.find(KINDS_OF.get(noun, (noun,)), id)

    def called(self, noun: str, name: str) -> Key | None:
        """A payload's entity that has this name: a hint for people, never a link."""
        return self._named.get((noun, name))

    def relinked(self, payload: Payload, notebook: Notebook) -> Payload:
        """A payload whose references carry the ids of the language; the address of what is found is derived, so it is left out."""
        api = SORTS[payload.noun].api
        return replace(payload, body=self._mapping(payload.body, api, (), notebook))

    def _mapping(self, body: dict[str, Any], api: str, path: Path, notebook: Notebook) -> dict[str, Any]:
        return {key: self._value(key, value, api, (*path, key), notebook) for key, value in body.items()}

    def _value(self, key: str, value: Any, api: str, path: Path, notebook: Notebook) -> Any:
        noun = noun_of(key, api)
        match value:
            case list():
                return [self._value(key, item, api, (*path, index), notebook) for index, item in enumerate(value)]
            case dict():
                made = self._mapping(value, api, path, notebook)
                return self._reference(noun, made, path, notebook) if noun else made
            case str() if key == "parentId":
                return self._id(CATEGORIES[api], value, path, notebook)
            case _:
                return value

    def _id(self, noun: str, id: str, path: Path, notebook: Notebook) -> str:
        key = self.find(noun, id)
        if key is None or key.id == id:
            return id
        notebook.repair("reference-id", path, f"`{id}` is the {noun} `{key.id}`")
        return key.id

    def _reference(self, noun: str, reference: dict[str, Any], path: Path, notebook: Notebook) -> dict[str, Any]:
        own = reference.get("id")
        id = text_of(own)
        key = self.find(noun, id) if id else None
        if key is None:
            return reference
        found = {name: value for name, value in reference.items() if name != "href"}
        if len(found) < len(reference):
            notebook.repair("reference-address", (*path, "href"), f"the address of `{key.id}` is derived from its id")
        if key.id != own:
            notebook.repair("reference-id", (*path, "id"), f"`{id}` is the {noun} `{key.id}`")
            found["id"] = key.id
        return found


def _number(item: Item) -> str:
    return text_of(item.payload.body.get("productNumber")) if item.payload.noun == "ProductSpecification" else ""
