"""The schemas and examples that two generators make: of a small catalog with all that a form can meet, and of the example operator."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.generators.running import example_files, generated
from tmfkit.api import schema_messages

CATALOG = (Path(__file__).parent / "order_forms" / "catalog.yaml").read_text(encoding="utf-8")
SYSTEMS = {"order-forms": ("com", "com"), "tmf637": ("inventory", "product-inventory")}
BODY = {"order-forms": "item", "tmf637": "product"}


@dataclass(frozen=True)
class Case:
    """An offering's schema with its messages by their places, what it accepts, and what it refuses with which words."""

    id: str
    schema: dict[str, Any]
    messages: dict[str, dict[str, str]]
    valid: tuple[tuple[str, Any], ...]
    invalid: tuple[tuple[str, dict[str, str], Any], ...]


@cache
def small(generator: str) -> dict[str, str]:
    return generated(CATALOG, SYSTEMS[generator][0], generator)


@cache
def cases(generator: str, which: str) -> dict[str, Case]:
    """Every offering of the `small` catalog, or of the `example` operator."""
    files = small(generator) if which == "small" else example_files(SYSTEMS[generator][1], generator)
    ids = [path.removesuffix(".schema.json") for path in files if path.endswith(".schema.json")]
    return {id: case(id, files, BODY[generator]) for id in ids}


def case(id: str, files: dict[str, str], body: str) -> Case:
    schema, examples = json.loads(files[f"{id}.schema.json"]), json.loads(files[f"{id}.examples.json"])
    return Case(
        id,
        schema,
        dict(schema_messages(schema)),
        tuple((one["words"], one[body]) for one in examples["valid"]),
        tuple((one["words"], one["reason"], one[body]) for one in examples["invalid"]),
    )
