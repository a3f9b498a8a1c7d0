"""Columns, order and heights of pictures: laws that hold for every network, circles included."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tmfkit.site.diagrams.layers import Way, columns, forward
from tmfkit.site.diagrams.letters import shortened, width, wrapped, written
from tmfkit.site.diagrams.network import Box, Line, network
from tmfkit.site.diagrams.order import crossings, ordered
from tmfkit.site.diagrams.place import apart, heights

SPOTS = "abcdefgh"
WAYS = st.lists(st.tuples(st.sampled_from(SPOTS), st.sampled_from(SPOTS)).map(lambda pair: Way(*pair)), max_size=24)
BANDS = st.dictionaries(st.sampled_from(SPOTS), st.integers(0, 3))


@pytest.mark.parametrize(
    ("ways", "onward", "back"),
    [
        ("", "", ""),
        ("ab bc", "ab bc", ""),
        ("ab ba", "ab", "ba"),
        ("aa", "", "aa"),
        ("ab bc ca", "ab bc", "ca"),
        ("ab ac bd cd da", "ab ac bd cd", "da"),
        ("ab ab", "ab", ""),
    ],
)
def test_ways_that_close_a_circle_are_told_apart(ways: str, onward: str, back: str) -> None:
    found = forward(SPOTS, [Way(*way) for way in ways.split()])
    assert tuple(sorted("".join(map(str, way)) for way in part) for part in found) == (sorted(onward.split()), sorted(back.split()))


@given(WAYS, BANDS)
def test_whatever_leads_on_stands_further_left(ways: list[Way], bands: dict[str, int]) -> None:
    inside = [way for way in ways if bands.get(str(way.start), 0) <= bands.get(str(way.end), 0)]
    onward, _ = forward(SPOTS, inside)
    column = columns(SPOTS, onward, bands)
    assert all(column[way.start] < column[way.end] for way in onward)


@given(WAYS)
def test_an_order_has_every_spot_once_and_no_more_crossings_than_before(ways: list[Way]) -> None:
    onward, _ = forward(SPOTS, ways)
    column = columns(SPOTS, onward, {})
    order = ordered(column, onward)
    spots = [spot for level in order.columns for spot in level if isinstance(spot, str)]
    steps = [Way(*pair) for route in order.routes.values() for pair in pairwise(route)]
    bends = [bend for way in onward for bend in order.routes[way][1:-1]]
    as_written = [[spot for spot in (*SPOTS, *bends) if spot in level] for level in order.columns]
    assert sorted(spots) == sorted(SPOTS)
    assert crossings(order.columns, steps) <= crossings(as_written, steps)


@pytest.mark.parametrize(
    ("ways", "crossing"),
    [("ac bd", 0), ("ad bc", 1), ("ad bc ac bd", 1), ("ac ac", 0)],
)
def test_crossings_are_counted(ways: str, crossing: int) -> None:
    assert crossings([["a", "b"], ["c", "d"]], [Way(*way) for way in ways.split()]) == crossing


def test_a_crossing_that_can_be_avoided_is_avoided() -> None:
    ways = [Way("a", "y"), Way("b", "x"), Way("c", "z")]
    order = ordered({"a": 0, "b": 0, "c": 0, "x": 1, "y": 1, "z": 1}, ways)
    assert crossings(order.columns, ways) == 0


@given(st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=20), st.floats(1, 50))
def test_spots_stand_apart_and_in_order(wanted: list[float], step: float) -> None:
    found = apart(wanted, [step] * (len(wanted) - 1))
    assert all(low - high >= step - 1e-6 for high, low in pairwise(found))


def test_what_has_room_stands_where_it_wants() -> None:
    assert apart([0, 100, 250], [50, 50]) == [0, 100, 250]
    assert apart([0, 0], [10]) == [-5, 5]


@given(WAYS)
def test_no_box_covers_another(ways: list[Way]) -> None:
    onward, _ = forward(SPOTS, ways)
    order = ordered(columns(SPOTS, onward, {}), onward)
    high = heights(order.columns, order.routes, 40, 10)
    for level in order.columns:
        boxes = [high[spot] for spot in level if isinstance(spot, str)]
        assert all(low - top >= 50 - 1e-6 for top, low in pairwise(boxes))
    assert min(high[spot] for spot in SPOTS) >= 20 - 1e-6


def test_a_circle_is_drawn_dashed() -> None:
    boxes = [Box(id, id, "offering") for id in "abc"]
    elements = network("x", boxes, [Line("a", "b"), Line("b", "c"), Line("c", "a"), Line("b", "b")], {}).elements
    assert elements.count('class="tk-line"') == 2
    assert elements.count("tk-back") == 2


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("Fibre", ["Fibre"]),
        ("Fibre Home for all of us", ["Fibre Home for", "all of us"]),
        ("one two three four five six seven", ["one two three", "four five six…"]),
        ("Donaudampfschifffahrtsgesellschaft", ["Donaudampfschi", "fffahrtsgesel…"]),
    ],
)
def test_texts_break_and_end(text: str, lines: list[str]) -> None:
    assert wrapped(text, 14 * 0.56 * 13) == tuple(lines)


@given(st.text(max_size=60), st.floats(20, 200))
def test_lines_fit(text: str, room: float) -> None:
    assert all(width(line) <= room + 13 for line in wrapped(text, room))
    assert width(shortened(text, room)) <= room + 13


@given(st.text())
def test_nothing_written_is_markup(text: str) -> None:
    assert not set(written(text)) & set('<>"`|[]{}')
