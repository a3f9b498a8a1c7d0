"""Places of a file are told by entity and keys, so that they stay the same when lines move."""

import pytest

from tmfkit.source.places import Place, places
from tmfkit.source.text import Position

TEXT = """\
kind: A
id: one
prices:
  monthly: {amount: 1 EUR, tiers: [{upTo: 2}, {upTo: 3}]}
---
name: two
list: [x, &anchor y, *anchor]
id: two
kind: B
"""

AT = [
    ((1, 1), Place("A", "one", ())),
    ((2, 5), Place("A", "one", ("id",))),
    ((3, 1), Place("A", "one", ("prices",))),
    ((4, 3), Place("A", "one", ("prices", "monthly"))),
    ((4, 12), Place("A", "one", ("prices", "monthly"))),
    ((4, 21), Place("A", "one", ("prices", "monthly", "amount"))),
    ((4, 48), Place("A", "one", ("prices", "monthly", "tiers", "upTo"))),
    ((6, 7), Place("B", "two", ("name",))),
    ((7, 8), Place("B", "two", ("list",))),
    ((7, 22), Place("B", "two", ("list",))),
]


@pytest.mark.parametrize(("at", "expected"), AT)
def test_what_stands_at_a_place(at: tuple[int, int], expected: Place) -> None:
    position = Position(*at)
    assert places(TEXT, {position}) == {position: expected}


def test_nothing_stands_where_nothing_begins() -> None:
    assert places(TEXT, {Position(1, 3), Position(99, 1)}) == {}


def test_documents_before_a_fault_are_known() -> None:
    position = Position(1, 7)
    assert places("kind: A\nid: one\n---\nkind: 'x\n", {position}) == {position: Place("A", "one", ("kind",))}
    assert places("kind: A\n\tid: one\n", {position}) == {}
