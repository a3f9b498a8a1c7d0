"""What the language allows at a place: its keys, its closed sets of words, and what it says about them."""

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Any, NamedTuple, TypeAlias

from tmfkit.model.kinds import KINDS
from tmfkit.model.prices import KEYS_OF, PriceType
from tmfkit.model.schema import language_schema
from tmfkit.source.document import Path

Schema: TypeAlias = Mapping[str, Any]

_PRICES = ("Price", "ProductOfferingPrice")


class KeyOf(NamedTuple):
    """A key that a mapping may have, and what the language says of its value."""

    name: str
    says: str
    is_mapping: bool


def keys_at(kind: str, path: Path, type: str = "") -> list[KeyOf]:
    """The keys of the mapping at a path of a document; of a price only those that its type understands."""
    if not path and kind not in KINDS:
        return [KeyOf("kind", "What the document declares.", False)]
    found: dict[str, KeyOf] = {}
    for schema in _at(kind, path):
        for name, value in schema.get("properties", {}).items():
            found.setdefault(name, KeyOf(name, says(_opened(value)), _takes_mapping(value)))
    understood = KEYS_OF.get(PriceType(type)) if type in set(PriceType) else None
    if understood is None or not _is_price(kind, path):
        return list(found.values())
    return [key for key in found.values() if key.name in understood or (not path and key.name not in _of_prices())]


def words_at(kind: str, path: Path) -> list[str]:
    """The closed set of words of which one is written at a path; empty where the set is open."""
    if path == ("kind",):
        return list(KINDS)
    found: dict[str, None] = {}
    for schema in _at(kind, path):
        if schema.get("type") == "boolean":
            found |= {"true": None, "false": None}
        found |= dict.fromkeys(str(word) for word in schema.get("enum", ()) if word is not None)
    return list(found)


def said_at(kind: str, path: Path) -> str:
    """What the language says of the value at a path."""
    return says(_at(kind, path))


def says(schemas: "tuple[Schema, ...]") -> str:
    """What schemas say of a value, in a sentence or two: its description, its words and how it is written."""
    parts: list[str] = []
    for schema in schemas:
        if schema.get("description"):
            parts.append(str(schema["description"]))
        if "enum" in schema:
            parts.append("One of " + ", ".join(f"`{word}`" for word in schema["enum"]) + ".")
        if schema.get("examples"):
            parts.append("For example " + " or ".join(f"`{_written(one)}`" for one in schema["examples"]) + ".")
        if schema.get("type") == "boolean":
            parts.append("`true` or `false`.")
    return " ".join(dict.fromkeys(parts))


def _written(example: object) -> str:
    if isinstance(example, dict):
        return "{" + ", ".join(f"{name}: {_written(value)}" for name, value in example.items()) + "}"
    return str(example)


@cache
def _schema() -> Schema:
    return language_schema()


@lru_cache(maxsize=4096)
def _at(kind: str, path: Path) -> tuple[Schema, ...]:
    """The schemas that may apply at a path, without references and alternatives."""
    if kind not in KINDS:
        return ()
    found = _opened({"$ref": f"#/$defs/{KINDS[kind].model.__name__}"})
    for part in path:
        found = tuple(inner for schema in found for step in _step(schema, part) for inner in _opened(step))
    return found


def _step(schema: Schema, part: str | int) -> Iterator[Schema]:
    if isinstance(part, int):
        if isinstance(schema.get("items"), Mapping):
            yield schema["items"]
        return
    if part in schema.get("properties", {}):
        yield schema["properties"][part]
    elif isinstance(schema.get("additionalProperties"), Mapping):
        yield schema["additionalProperties"]


def _opened(schema: Schema) -> tuple[Schema, ...]:
    """A schema and its alternatives, followed until something is said."""
    if "$ref" in schema:
        target: Any = _schema()
        for part in str(schema["$ref"]).removeprefix("#/").split("/"):
            target = target[part]
        return _opened(target)
    inner = tuple(found for one in (*schema.get("anyOf", ()), *schema.get("allOf", ())) for found in _opened(one))
    return (schema, *inner)


def _takes_mapping(schema: Schema) -> bool:
    """Whether the value is a mapping and nothing else, so that it goes on in the next line."""
    kinds = {str(found.get("type")) for found in _opened(schema) if "type" in found}
    return "object" in kinds and not kinds & {"string", "['string', 'number']", "['string', 'number', 'boolean']", "boolean"}


def _is_price(kind: str, path: Path) -> bool:
    return (kind == "ProductOffering" and len(path) == 2 and path[0] == "prices") or (kind == "ProductOfferingPrice" and not path)


@cache
def _of_prices() -> frozenset[str]:
    return frozenset(key for keys in KEYS_OF.values() for key in keys)
