"""The attributes that a strict server takes are those of the official files, no more and no fewer."""

from pathlib import Path
from typing import Any

import pytest

from tests.tmf.samples import NOUNS, SERVED, maximal
from tests.tmf.test_official import official
from tmfkit.tmf.attributes import declared
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.render import EXTENSION, render
from tmfkit.tmf.versions import Resource

NEVERTHELESS = {(Dialect.TMF634_V5, "ResourceCandidate"): {"name"}}
"""What the official text demands of an item and forgets to declare."""


def properties(schemas: dict[str, Any], schema: dict[str, Any]) -> set[str]:
    if "$ref" in schema:
        return properties(schemas, schemas[schema["$ref"].rpartition("/")[2]])
    return {*schema.get("properties", {}), *(name for part in schema.get("allOf", ()) for name in properties(schemas, part))}


@pytest.mark.parametrize(("dialect", "resource"), SERVED, ids=[f"{dialect}-{entry.noun}" for dialect, entry in SERVED])
def test_the_table_is_that_of_the_official_file(reference: Path, dialect: Dialect, resource: Resource) -> None:
    document = official(reference, dialect).document
    schemas = document.get("definitions") or document["components"]["schemas"]
    said = properties(schemas, schemas[resource.schema]) | NEVERTHELESS.get((dialect, resource.noun), set())
    assert sorted(declared(dialect, resource.path)) == sorted(said)


@pytest.mark.parametrize(("dialect", "resource"), SERVED, ids=[f"{dialect}-{entry.noun}" for dialect, entry in SERVED])
def test_all_that_is_written_is_declared_but_the_extension(dialect: Dialect, resource: Resource) -> None:
    body = render(maximal(NOUNS[resource.noun]), dialect).body
    assert body.keys() - declared(dialect, resource.path) <= {EXTENSION}
