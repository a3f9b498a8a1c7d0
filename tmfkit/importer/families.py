"""Decides which file each entity goes to: a specification with its offerings and their prices together, the rest by kind."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from tmfkit.edit.order import arranged, shape_of_kind
from tmfkit.importer.identify import Item, slug, text_of
from tmfkit.importer.yaml import as_yaml
from tmfkit.model.base import Key
from tmfkit.source.document import Data

_SHARED_FILES = {
    "Catalog": "categories/catalogs.yaml",
    "Category": "categories/categories.yaml",
    "ServiceCatalog": "categories/services.yaml",
    "ServiceCategory": "categories/services.yaml",
    "ResourceCatalog": "categories/resources.yaml",
    "ResourceCategory": "categories/resources.yaml",
}
_FOLDERS = {
    "CustomerFacingServiceSpecification": "services",
    "ResourceFacingServiceSpecification": "services",
    "PhysicalResourceSpecification": "resources",
    "LogicalResourceSpecification": "resources",
}
VOCABULARY = "vocabulary.yaml"
LONELY_PRICES = "prices/prices.yaml"
_RANK = {"ProductSpecification": 0, "ProductOffering": 1}


class Suggestions:
    """Which offering a price seems to belong to, by names and versions: good enough for a hint, and to put them into one file."""

    def __init__(self, items: Iterable[Item]) -> None:
        offerings = [item for item in items if item.key.kind == "ProductOffering"]
        self.owners = _owners(offerings)
        self._words = {item.key: _words(text_of(item.payload.body.get("name"))) for item in offerings}
        self._found: dict[Key, Item | None] = {}
        self._by_word: dict[str, list[Item]] = defaultdict(list)
        for item in offerings:
            for word in self._words[item.key]:
                self._by_word[word].append(item)

    def of(self, price: Item) -> Item | None:
        """The one offering that fits."""
        if price.key not in self._found:
            self._found[price.key] = self._look(price)
        return self._found[price.key]

    def _look(self, price: Item) -> Item | None:
        said = price.payload.body.get("productOffering")
        name = text_of(said.get("name")) if isinstance(said, dict) else ""
        wanted = _words(name or re.split(r"\s[-–—:]\s", text_of(price.payload.body.get("name")))[0])
        rarest = min((self._by_word.get(word, []) for word in wanted), key=len, default=[])
        found = [item for item in rarest if wanted <= self._words[item.key] and _edition(item) == _edition(price)]
        exact = [item for item in found if wanted == self._words[item.key]]
        choice = exact or found
        return choice[0] if len(choice) == 1 else None

    def home(self, price: Item) -> Item | None:
        """The offering in whose file a price stands: the first that uses it, else the one that it seems to belong to."""
        return self.owners.get(price.key.id) or self.of(price)


def _words(text: str) -> frozenset[str]:
    return frozenset(slug(text).split("-")) - {""}


def _edition(item: Item) -> tuple[object, object]:
    return item.payload.body.get("version"), item.payload.body.get("validFor")


def files_of(items: Iterable[Item], vocabulary: dict[str, Data], homes: Mapping[Key, str], suggestions: Suggestions) -> dict[str, str]:
    """The files of an import by their paths in the catalog's folder, with their texts; `homes` are the files of the entities."""
    contents: dict[str, list[Item]] = {}
    for item in items:
        contents.setdefault(homes[item.key], []).append(item)
    texts = {
        file: as_yaml(_arranged(item.data) for item in _in_reading_order(found, suggestions)) for file, found in sorted(contents.items())
    }
    return {VOCABULARY: as_yaml([_arranged(vocabulary)]), **texts} if vocabulary else texts


def homes_of(items: Sequence[Item], suggestions: Suggestions) -> dict[Key, str]:
    """The file of every entity, by its path in the catalog's folder."""
    offerings = [item for item in items if item.key.kind == "ProductOffering"]
    names: dict[str, Key] = {}
    places: dict[Key, str] = {}
    sold = {item.data.get("product") for item in offerings if isinstance(item.data.get("product"), str)}
    for item in items:
        if item.key.kind == "ProductSpecification":
            folder = "offerings" if item.key.id in sold else "products"
            places[item.key] = _file(folder, text_of(item.payload.body.get("name")) or item.key.id, item.key, names)
        elif item.key.kind in _SHARED_FILES:
            places[item.key] = _SHARED_FILES[item.key.kind]
        elif item.key.kind in _FOLDERS:
            places[item.key] = _file(_FOLDERS[item.key.kind], item.key.id, item.key, names)
    for item in offerings:
        product = Key("ProductSpecification", str(item.data.get("product")))
        places[item.key] = places.get(product) or _file("offerings", item.key.id, item.key, names)
    for item in items:
        if item.key.kind == "ProductOfferingPrice":
            owner = suggestions.home(item)
            places[item.key] = places[owner.key] if owner else LONELY_PRICES
    return places


def _file(folder: str, name: str, key: Key, names: dict[str, Key]) -> str:
    """A file name after a name, told apart from others by the id."""
    wanted = slug(name) or slug(key.id) or "item"
    for count in range(1, len(names) + 3):
        file = f"{folder}/{wanted if count == 1 else f'{wanted}-{count}'}.yaml"
        if names.setdefault(file, key) == key:
            break
    return file


def _owners(offerings: Iterable[Item]) -> dict[str, Item]:
    """The first offering that uses each price."""
    found: dict[str, Item] = {}
    for offering in offerings:
        prices = offering.data.get("prices")
        for use in prices.values() if isinstance(prices, dict) else ():
            if isinstance(use, dict) and isinstance(use.get("use"), str):
                found.setdefault(str(use["use"]), offering)
    return found


def _in_reading_order(items: list[Item], suggestions: Suggestions) -> list[Item]:
    """The specification, then every offering, each followed by the prices that are its own."""
    offerings = [item for item in items if item.key.kind == "ProductOffering"]
    position = {offering.key: number for number, offering in enumerate(offerings)}

    def rank(item: Item) -> tuple[int, int, int]:
        if item.key.kind == "ProductOfferingPrice":
            owner = suggestions.home(item)
            return (1, position.get(owner.key, 0), 1) if owner else (2, 0, 0)
        return (_RANK.get(item.key.kind, 0), position.get(item.key, 0), 0)

    return sorted(items, key=rank)


def _arranged(data: dict[str, Data]) -> dict[str, Data]:
    """An entity with its keys in the order in which `fmt` would put them."""
    found = arranged(data, shape_of_kind(str(data["kind"])))
    assert isinstance(found, dict)
    return found
