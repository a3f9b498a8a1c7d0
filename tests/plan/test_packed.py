"""Bodies as text: they say the same as before, and cost as little."""

import sys
from typing import Any

import orjson
import pytest

from tmfkit.plan.canonical import fingerprint
from tmfkit.plan.packed import Packed, formed, opened, packed, sealed, unsealed, written

BODY: dict[str, Any] = {"name": "Fibre", "price": {"value": 49.9, "unit": "EUR"}, "tags": ["b", "a"]}
TURNED = dict(reversed(BODY.items()))


@pytest.mark.parametrize("pack", [packed, formed])
def test_it_says_what_the_body_says(pack: Any) -> None:
    made = pack(BODY)
    assert isinstance(made, Packed)
    assert (opened(made), dict(made), {**made}, len(made), made["name"], made.get("x"), "tags" in made) == (
        BODY,
        BODY,
        BODY,
        3,
        "Fibre",
        None,
        True,
    )
    assert dict(made.items()) == BODY
    assert pack(made) is made


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        (BODY, BODY, True),
        (BODY, TURNED, True),
        ({"a": 1}, {"a": 1.0}, True),
        ({"a": ["x", "y"]}, {"a": ["y", "x"]}, False),
        ({"a": 1}, {}, False),
        ({}, {}, True),
    ],
)
def test_equal_is_what_says_the_same(one: dict[str, Any], other: dict[str, Any], equal: bool) -> None:
    for left in (one, packed(one), formed(one)):
        for right in (other, packed(other), formed(other)):
            assert (left == right, right == left, left != right) == (equal, equal, not equal)


def test_equal_forms_have_equal_texts() -> None:
    assert formed(BODY).text == formed(TURNED).text
    assert packed(BODY) == packed(TURNED)


def test_what_a_file_says_of_a_form_holds_as_long_as_nobody_changes_it() -> None:
    made = Packed(formed(BODY).text, "abc")
    assert unsealed(TURNED, sealed(made)).origin == "abc"
    assert unsealed({**BODY, "name": "Other"}, sealed(made)).origin == ""
    assert (sealed(formed(BODY)), sealed(BODY), unsealed(BODY, "").origin, unsealed(BODY, "abc").origin) == ("", "", "", "")


def test_numbers_beyond_what_json_text_keeps_stay_as_they_are() -> None:
    huge = {"count": 10**30}
    assert packed(huge) is huge


def test_other_json_takes_it_as_it_stands() -> None:
    assert orjson.loads(orjson.dumps({"sent": packed(BODY)}, written)) == {"sent": BODY}
    assert fingerprint([formed(BODY)]) == fingerprint([BODY]) == fingerprint([TURNED])
    with pytest.raises(TypeError):
        orjson.dumps({"sent": object()}, written)


def test_it_takes_no_more_memory_than_its_text() -> None:
    made = formed({**BODY, "description": "x" * 1000})
    assert sys.getsizeof(made.text) < len(made.text) + 50
