"""Order forms and product records before the readers of others: Ajv, jsonschema, and the official files of TMF622 and TMF637."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator, Draft202012Validator

from tests.generators.forms import Case, cases
from tests.targets.node import ajv_errors
from tests.targets.wording import KEYWORDS, ajv_message

KINDS = [(generator, which) for generator in ("order-forms", "tmf637") for which in ("small", "example")]
OFFICIAL = {"order-forms": ("TMF622-v4.0.0.json", "ProductOrderItem"), "tmf637": ("TMF637-v4.0.0.json", "Product")}


@pytest.mark.parametrize(("generator", "which"), KINDS)
def test_every_schema_is_one(generator: str, which: str) -> None:
    for found in cases(generator, which).values():
        Draft202012Validator.check_schema(found.schema)


@pytest.mark.parametrize(("generator", "which"), KINDS)
def test_ajv_accepts_and_refuses_the_examples_and_its_first_error_has_our_words(generator: str, which: str, node_modules: Path) -> None:
    every = list(cases(generator, which).values())
    jobs = [(found.schema, [*(body for _, body in found.valid), *(body for _, _, body in found.invalid)]) for found in every]
    for found, errors in zip(every, ajv_errors(node_modules, jobs, KEYWORDS), strict=True):
        said = [ajv_message(one, found.messages) for one in errors]
        assert list(zip(words(found), said, strict=True)) == list(zip(words(found), reasons(found), strict=True))


def words(found: Case) -> list[str]:
    return [f"{found.id}: {text}" for text in (*(text for text, _ in found.valid), *(text for text, _, _ in found.invalid))]


def reasons(found: Case) -> list[Any]:
    return [*(None for _ in found.valid), *(reason for _, reason, _ in found.invalid)]


@pytest.mark.parametrize(("generator", "which"), KINDS)
def test_what_a_form_accepts_is_right_for_tm_forum(generator: str, which: str, reference: Path) -> None:
    validator = official(generator, reference)
    found = [
        f"{one.id}, {text}: {error.message}"
        for one in cases(generator, which).values()
        for text, body in one.valid
        for error in [*validator.iter_errors(body), *unknown(generator, reference, body)]
    ]
    assert found == []


def test_the_official_files_do_find_faults(reference: Path) -> None:
    assert not official("order-forms", reference).is_valid({"id": "1", "action": "order"})
    assert not official("tmf637", reference).is_valid({"id": "1", "status": "running"})


@cache
def definitions_of(generator: str, reference: Path) -> Any:
    return json.loads((reference / "tmf" / OFFICIAL[generator][0]).read_text(encoding="utf-8"))["definitions"]


def official(generator: str, reference: Path) -> Draft4Validator:
    definition, definitions = OFFICIAL[generator][1], definitions_of(generator, reference)
    return Draft4Validator({"$ref": f"#/definitions/{definition}", "definitions": definitions})


class Unknown(Exception):
    """A member that the official file does not know."""

    @property
    def message(self) -> str:
        return f"{self} is not declared"


def unknown(generator: str, reference: Path, body: Any) -> Iterator[Unknown]:
    """The members of a document that TM Forum has no place for."""
    definition, definitions = OFFICIAL[generator][1], definitions_of(generator, reference)
    yield from undeclared(definitions, definitions[definition], body)


def undeclared(definitions: Any, schema: Any, body: Any) -> Iterator[Unknown]:
    schema = definitions[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
    if isinstance(body, list):
        for one in body:
            yield from undeclared(definitions, schema["items"], one)
    elif isinstance(body, dict) and schema.get("properties"):
        for name, value in body.items():
            if name in schema["properties"]:
                yield from undeclared(definitions, schema["properties"][name], value)
            else:
                yield Unknown(name)
