"""Differences of one attribute: wherever two values differ, something is said about it, and only then."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.plan.world import P4
from tmfkit.plan.canonical import canonical, same_ids
from tmfkit.plan.compare import differences
from tmfkit.plan.steps import Field
from tmfkit.remote.profiles import PROFILES

LEAVES = st.none() | st.integers(0, 2) | st.sampled_from(["", "a", "b"])
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "name", "x", "y"]), inner, max_size=3),
    max_leaves=8,
).map(lambda value: canonical({"x-top": value}, P4, "category", PROFILES["v5"], same_ids).get("x-top"))
"""Values as they are compared: without what says nothing."""


@given(VALUES, VALUES)
def test_what_differs_is_said(before: Any, after: Any) -> None:
    found = list(differences("top", before, after))
    assert bool(found) == (before != after)
    assert all(field.attribute == "top" and field.before != field.after for field in found)


ROWS: list[tuple[Any, Any, list[tuple[str, Any, Any]]]] = [
    ([{"id": "a"}], [{"id": "b"}], [("a/a", {"id": "a"}, None), ("a/b", None, {"id": "b"})]),
    ([{"name": "t", "n": 1}], [{"name": "t", "n": 2}], [("a/t/n", 1, 2)]),
    ([{"id": "a"}], None, [("a/a", {"id": "a"}, None)]),
    ([1, 2], [2, 1], [("a", [1, 2], [2, 1])]),
    ([{"x": 1}], [{"x": 2}], [("a", [{"x": 1}], [{"x": 2}])]),
    ([{"id": "a"}, {"id": "a"}], [{"id": "a"}], [("a", [{"id": "a"}, {"id": "a"}], [{"id": "a"}])]),
    (
        [{"id": "a", "relationshipType": "excludes"}, {"id": "a", "relationshipType": "replaces", "x": 1}],
        [{"id": "a", "relationshipType": "excludes"}, {"id": "a", "relationshipType": "replaces", "x": 2}],
        [("a/a (replaces)/x", 1, 2)],
    ),
    (
        [{"id": "a", "relationshipType": "excludes"}, {"id": "a", "relationshipType": "replaces"}],
        [{"id": "a", "relationshipType": "excludes"}],
        [("a/a (replaces)", {"id": "a", "relationshipType": "replaces"}, None)],
    ),
    (None, {"value": 1}, [("a", None, {"value": 1})]),
    ({"value": 1, "unit": "EUR"}, {"value": 2, "unit": "EUR"}, [("a/value", 1, 2)]),
]


@pytest.mark.parametrize(("before", "after", "expected"), ROWS)
def test_the_smallest_parts(before: Any, after: Any, expected: list[tuple[str, Any, Any]]) -> None:
    assert [(field.path, field.before, field.after) for field in differences("a", before, after)] == expected


def test_the_name_of_an_attribute_may_have_a_slash() -> None:
    assert Field("a~1b/c", 1, 2).attribute == "a/b"
