"""Finds the message of our own for the error of a JSON Schema validator, as the page about order forms tells others to do it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import unquote

from jsonschema import Draft202012Validator

Message = Mapping[str, str]

KEYWORDS = ("x-message", "x-offering", "x-lifecycle")
"""The annotations of our own that a strict validator is told about."""


def first_message(schema: Mapping[str, Any], messages: Mapping[str, Message], instance: Any) -> Message | None:
    """What a schema says first of an instance, by jsonschema; None where it has nothing against it."""
    error = next(iter(Draft202012Validator(schema).iter_errors(instance)), None)
    return None if error is None else message_at(place(schema, list(error.absolute_schema_path)), messages)


def place(schema: Mapping[str, Any], steps: Sequence[str | int]) -> str:
    """The JSON Pointer that the path of an error leads to: jsonschema does not say `$ref`, it goes on at the target."""
    here, node = "", schema
    for step in steps:
        if "$ref" in node and step not in node:
            here, node = node["$ref"].removeprefix("#"), schema
            for name in here.split("/")[1:]:
                node = node[name]
        here, node = f"{here}/{str(step).replace('~', '~0').replace('/', '~1')}", node[step]  # type: ignore[index]
    return here


def message_at(pointer: str, messages: Mapping[str, Message]) -> Message | None:
    """The message of the innermost part of the schema around a place."""
    steps = pointer.split("/")
    return next((messages[found] for end in range(len(steps), 0, -1) if (found := "/".join(steps[:end])) in messages), None)


def ajv_message(errors: Iterable[Mapping[str, Any]], messages: Mapping[str, Message]) -> Message | None:
    """What a schema says first of an instance, by the errors of Ajv."""
    first = next(iter(errors), None)
    return None if first is None else message_at(unquote(first["schemaPath"].removeprefix("#")), messages)
