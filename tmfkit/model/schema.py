"""The language as a JSON Schema, so that editors complete and check while somebody types."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from pydantic.json_schema import models_json_schema

from tmfkit.model.kinds import KINDS

Schema: TypeAlias = dict[str, Any]

DRAFT = "http://json-schema.org/draft-07/schema#"
_SCALAR: Schema = {"type": ["string", "number", "boolean"]}
_FEED: Schema = {"anyOf": [{"$ref": "#/$defs/Feed"}, _SCALAR, {"type": "array", "items": _SCALAR}]}
_RELATIONS: Schema = {
    "anyOf": [
        _SCALAR,
        {"type": "array", "items": {"anyOf": [_SCALAR, {"$ref": "#/$defs/Relation"}, {"$ref": "#/$defs/External"}]}},
        {"type": "object", "additionalProperties": {"type": ["object", "null"]}},
    ]
}


def language_schema() -> Schema:
    """One schema for a document of any kind; `kind` decides which part of it applies, so that messages stay to the point."""
    models = [row.model for row in KINDS.values()]
    _, whole = models_json_schema([(model, "validation") for model in models], by_alias=True)
    definitions = {name: _as_written(definition) for name, definition in whole["$defs"].items()}
    for name, row in KINDS.items():
        definitions[row.model.__name__]["properties"]["kind"] = {"const": name, "description": _first_line(row.model.__doc__)}
        _open_bases(definitions[row.model.__name__])
    return {
        "$schema": DRAFT,
        "title": "tmfkit: a telecom operator's product catalog as code",
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"enum": list(KINDS)}},
        "allOf": [_branch(name, row.model.__name__) for name, row in KINDS.items()],
        "$defs": definitions,
    }


def _branch(kind: str, definition: str) -> Schema:
    return {"if": {"required": ["kind"], "properties": {"kind": {"const": kind}}}, "then": {"$ref": f"#/$defs/{definition}"}}


def _open_bases(definition: Schema) -> None:
    """An entity that extends another, or is only a base, may leave out what is mandatory."""
    mandatory = [name for name in definition.pop("required", ()) if name not in ("kind", "id")]
    definition["required"] = ["kind"] if definition["properties"]["id"].get("default") else ["kind", "id"]
    if mandatory:
        definition["if"] = {"not": {"anyOf": [{"required": ["extends"]}, {"required": ["abstract"]}]}}
        definition["then"] = {"required": mandatory}


def _as_written(schema: Any) -> Any:
    """The schema of what people write: short forms beside the full ones."""
    if isinstance(schema, list):
        return [_as_written(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {name: _as_written(value) for name, value in schema.items() if name != "title"}
    for applies, rewrite in _SHORT_FORMS:
        if applies(schema):
            return {**_words(inner), **rewrite(inner)}
    return inner


def _words(schema: Schema) -> Schema:
    return {name: schema[name] for name in ("description", "default", "examples") if name in schema}


def _bare(schema: Schema) -> Schema:
    return {name: value for name, value in schema.items() if name not in ("description", "default", "examples")}


def _refers(schema: Mapping[str, Any], key: str, prefix: str) -> bool:
    target = schema.get(key, {})
    return isinstance(target, dict) and str(target.get("$ref", "")).startswith(f"#/$defs/{prefix}")


def _is_relations(schema: Schema) -> bool:
    return schema.get("type") == "array" and _refers(schema, "items", "Relation")


def _is_feeds(schema: Schema) -> bool:
    return schema.get("type") == "object" and _refers(schema, "additionalProperties", "Feed")


def _is_dated(schema: Schema) -> bool:
    return schema.get("type") == "array" and _refers(schema, "items", "Step_")


def _is_many(schema: Schema) -> bool:
    return schema.get("type") == "array" and "items" in schema


def _is_keyed(schema: Schema) -> bool:
    return schema.get("type") == "object" and isinstance(schema.get("additionalProperties"), dict)


def _dated(schema: Schema) -> Schema:
    step = schema["items"]["$ref"]
    return {"anyOf": [{"$ref": f"{step}/properties/is"}, _bare(schema)]}


def _many(schema: Schema) -> Schema:
    return {"anyOf": [_bare(schema), schema["items"]]}


def _keyed(schema: Schema) -> Schema:
    entry = {"anyOf": [schema["additionalProperties"], {"type": "null"}]}
    return {"anyOf": [{"type": "object", "additionalProperties": entry}, {"type": "array", "items": _SCALAR}]}


def _first_line(text: str | None) -> str:
    return (text or "").splitlines()[0]


_SHORT_FORMS: tuple[tuple[Callable[[Schema], bool], Callable[[Schema], Schema]], ...] = (
    (_is_relations, lambda _: _RELATIONS),
    (_is_feeds, lambda _: {"type": "object", "additionalProperties": _FEED}),
    (_is_dated, _dated),
    (_is_many, _many),
    (_is_keyed, _keyed),
)
"""Which shapes of the models have a shorter form, and how that is said; the first that fits counts."""
