"""JSON as the catalog compares and keeps it: what says the same is the same, and nothing is rounded on the way."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tmfkit.serve.json_text import alike, text_of, value_of

JSONS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=4), inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (1, 1.0, True),
        (1, True, False),
        (0, False, False),
        (False, None, False),
        (None, None, True),
        ("1", 1, False),
        ({"a": 1, "b": [2]}, {"b": [2.0], "a": 1}, True),
        ({"a": 1}, {"a": 1, "b": None}, False),
        ([1], [True], False),
        ([1, 2], [2, 1], False),
        ([], {}, False),
        ([], [], True),
    ],
)
def test_what_says_the_same(one: Any, other: Any, same: bool) -> None:
    assert alike(one, other) is same
    assert alike(other, one) is same


@given(JSONS)
def test_a_value_is_kept_as_it_is(value: Any) -> None:
    assert alike(value_of(text_of(value)), value)
