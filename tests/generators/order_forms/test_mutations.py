"""Each rule of a schema is needed: without it, the example that it refuses is accepted."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.generators.forms import cases
from tmfkit.generate.items.schema import MESSAGE

TWICE_WRONG = {
    "order-forms": {
        ("old", "a quantity of nothing"),
        ("part", "a quantity of nothing"),
        ("one", "users: a value that is not offered"),
        ("one", "users: too many values"),
        ("one", "cable: too many values"),
        ("one", "term week: ended"),
    },
    "tmf637": {("one", "speed: a value that is not offered"), ("one", "users: a value that is not offered")},
}
"""What a second rule refuses too: a quantity that is none is not one either, and combinations of values hold for wrong values."""


@pytest.mark.parametrize("generator", TWICE_WRONG)
def test_without_its_rule_an_example_is_accepted(generator: str) -> None:
    refused = set()
    for found in cases(generator, "small").values():
        for words, reason, body in found.invalid:
            weaker = without(found.schema, reason)
            assert weaker != found.schema
            if not Draft202012Validator(weaker).is_valid(body):
                refused.add((found.id, words))
    assert refused == TWICE_WRONG[generator]


def without(schema: Any, message: dict[str, str]) -> Any:
    """A schema in which nothing says this message any more."""
    if isinstance(schema, list):
        return [without(part, message) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get(MESSAGE) == message:
        return {}
    return {name: part if name in (MESSAGE, "enum", "const") else without(part, message) for name, part in schema.items()}
