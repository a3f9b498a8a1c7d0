"""The laws of laying an operator's additions over a payload, and of finding them."""

import copy
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tmfkit.tmf.merge import merge_extra, residue

MERGES: list[tuple[str, dict[str, Any], dict[str, Any], dict[str, Any]]] = [
    ("nothing", {"a": 1}, {}, {"a": 1}),
    ("a new property", {"a": 1}, {"b": 2}, {"a": 1, "b": 2}),
    ("a scalar replaces", {"a": 1}, {"a": 2}, {"a": 2}),
    ("mappings merge", {"a": {"b": 1}}, {"a": {"c": 2}}, {"a": {"b": 1, "c": 2}}),
    ("a scalar replaces a mapping", {"a": {"b": 1}}, {"a": 2}, {"a": 2}),
    ("items merge by name", {"a": [{"name": "x", "b": 1}]}, {"a": [{"name": "x", "c": 2}]}, {"a": [{"name": "x", "b": 1, "c": 2}]}),
    ("new items come last", {"a": [{"id": "x"}]}, {"a": [{"id": "y"}]}, {"a": [{"id": "x"}, {"id": "y"}]}),
    (
        "the id goes before the name",
        {"a": [{"id": "1", "name": "x"}]},
        {"a": [{"id": "1", "name": "y"}]},
        {"a": [{"id": "1", "name": "y"}]},
    ),
    ("items without names replace", {"a": [{"b": 1}]}, {"a": [{"c": 2}]}, {"a": [{"c": 2}]}),
    ("items of the same name replace", {"a": [{"name": "x"}, {"name": "x"}]}, {"a": [{"name": "x"}]}, {"a": [{"name": "x"}]}),
    ("an empty list replaces", {"a": [{"name": "x"}]}, {"a": []}, {"a": []}),
    ("scalars in lists replace", {"a": [1, 2]}, {"a": [3]}, {"a": [3]}),
]


@pytest.mark.parametrize(("case", "body", "extra", "merged"), MERGES, ids=[case for case, *_ in MERGES])
def test_merge(case: str, body: dict[str, Any], extra: dict[str, Any], merged: dict[str, Any]) -> None:
    before = copy.deepcopy((body, extra))
    assert merge_extra(body, extra) == merged, case
    assert (body, extra) == before


RESIDUES: list[tuple[str, dict[str, Any], dict[str, Any], dict[str, Any] | None]] = [
    ("the same", {"a": 1}, {"a": 1}, None),
    ("the body says more", {"a": {"b": 1}}, {"a": {"b": 1, "c": 2}, "d": 3}, None),
    ("1 and 1.0 are one number", {"a": 1}, {"a": 1.0}, None),
    ("1 is not true", {"a": True}, {"a": 1}, {"a": True}),
    ("a foreign property", {"a": 1, "b": 2}, {"a": 1}, {"b": 2}),
    ("a null", {"a": None}, {}, {"a": None}),
    ("deep inside", {"a": {"b": {"c": 1, "d": 2}}}, {"a": {"b": {"c": 1}}}, {"a": {"b": {"d": 2}}}),
    ("one item", {"a": [{"name": "x"}, {"name": "y", "b": 1}]}, {"a": [{"name": "y"}, {"name": "x"}]}, {"a": [{"name": "y", "b": 1}]}),
    ("an item that is not there", {"a": [{"id": "x"}]}, {"a": [{"id": "y"}]}, {"a": [{"id": "x"}]}),
    ("no names: the whole list", {"a": [{"b": 1}]}, {"a": [{"b": 2}]}, {"a": [{"b": 1}]}),
    ("no names: each item is there", {"a": [{"b": 1}]}, {"a": [{"b": 1, "c": 2}, {"d": 3}]}, None),
    (
        "a reminder of the key",
        {"a": [{"name": "x"}, {"name": "y", "id": "5"}]},
        {"a": [{"name": "x", "id": "1"}, {"name": "y", "id": "2"}]},
        {"a": [{"name": "y", "id": "5"}, {"name": "x"}]},
    ),
]


@pytest.mark.parametrize(("case", "source", "body", "extra"), RESIDUES, ids=[case for case, *_ in RESIDUES])
def test_residue(case: str, source: dict[str, Any], body: dict[str, Any], extra: dict[str, Any] | None) -> None:
    assert residue(source, body) == extra, case


WORDS = st.sampled_from(["a", "b", "c"])
SCALARS = st.none() | st.booleans() | st.integers(0, 2) | st.sampled_from([0.5, 1.0]) | WORDS
ITEMS = st.fixed_dictionaries({}, optional={"id": WORDS | st.integers(0, 1), "name": WORDS, "value": SCALARS, "more": SCALARS})
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(ITEMS | inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "b", "name", "id"]), inner, max_size=3),
)
OBJECTS = st.dictionaries(WORDS, JSON, max_size=3)


def holds(result: Any, source: Any) -> bool:
    """Whether every leaf of `source` is in `result` at its path; in a list the path is the id, the name or the position."""
    if isinstance(source, dict):
        return isinstance(result, dict) and all(key in result and holds(result[key], value) for key, value in source.items())
    if not isinstance(source, list):
        return bool(result == source) and isinstance(result, bool) == isinstance(source, bool)
    if not isinstance(result, list) or (not source and result):
        return False
    by_position = len(source) <= len(result) and all(holds(one, other) for one, other in zip(result, source, strict=False))
    return by_position or any(
        all(any(same(one, other, key) and holds(one, other) for one in result) for other in source) for key in ("id", "name")
    )


def same(one: Any, other: Any, key: str) -> bool:
    return isinstance(one, dict) and isinstance(other, dict) and isinstance(one.get(key), str) and one.get(key) == other.get(key)


@given(OBJECTS, OBJECTS)
@example({"a": [{"name": "a"}, {"id": "a", "name": "b"}]}, {"a": [{"id": "b", "name": "a"}, {"id": "c", "name": "b"}]})
def test_every_leaf_of_the_source_is_in_the_merged_body(source: dict[str, Any], body: dict[str, Any]) -> None:
    extra = residue(source, body)
    assert extra != {}
    assert holds(merge_extra(body, extra or {}), source)


@given(OBJECTS, OBJECTS)
def test_what_is_merged_needs_nothing_more(source: dict[str, Any], body: dict[str, Any]) -> None:
    merged = merge_extra(body, residue(source, body) or {})
    assert residue(source, merged) is None


@given(OBJECTS)
def test_an_item_needs_nothing_of_itself(source: dict[str, Any]) -> None:
    assert residue(source, source) is None


@given(OBJECTS, OBJECTS)
def test_merging_twice_is_merging_once(body: dict[str, Any], extra: dict[str, Any]) -> None:
    once = merge_extra(body, extra)
    assert merge_extra(once, extra) == once
