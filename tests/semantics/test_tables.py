"""Tables: which cell holds, and where cells and values do not meet."""

from decimal import Decimal
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tmfkit.model.characteristics import Characteristic
from tmfkit.model.conditions import band
from tmfkit.model.tables import Cell, Table
from tmfkit.model.values import plain
from tmfkit.semantics.configuration import Subject, Variable
from tmfkit.semantics.domains import ANYTHING, Domain, Range, domain_of, listed, number_of
from tmfkit.semantics.tables import Double, Gap, Keys, Misfit, Unreached, coverage, lookup

SPEED = Characteristic.model_validate({"type": "quantity", "unit": "Mbit/s", "values": ["100", "500", "1000"]})
SITES = Characteristic.model_validate({"type": "integer", "min": "1", "max": "100"})
WEIGHT = Characteristic.model_validate({"type": "number", "min": "0", "max": "10"})


def characteristic(name: str, one: Characteristic) -> Variable:
    return Variable(name, Subject.CHARACTERISTIC, domain_of(one), one)


def term(*names: str) -> Variable:
    return Variable("term", Subject.FACT, listed(names))


def table(*rows: str) -> Table[str]:
    """Rows such as `500, no-term = a`."""
    split = [row.split(" = ") for row in rows]
    return Table(tuple(Cell(tuple(keys.split(", ")), value) for keys, value in split))


ASKED = {
    "speed": characteristic("speed", SPEED),
    "sites": characteristic("sites", SITES),
    "weight": characteristic("weight", WEIGHT),
    "term": term("no-term", "24-months"),
    "place": Variable("place", Subject.FACT, ANYTHING),
}


@pytest.mark.parametrize(
    ("rows", "by", "chosen", "expected"),
    [
        (["100 = a", "500 = b"], "speed", {"speed": "500"}, "b"),
        (["100 = a", "1 Gbit/s = b"], "speed", {"speed": "1000"}, "b"),
        (["100 = a", "else = b"], "speed", {"speed": "1000"}, "b"),
        (["100 = a"], "speed", {"speed": "1000"}, ""),
        (["100 = a", "else = b"], "speed", {}, "b"),
        (["10..50 = a", "50..100 = b"], "sites", {"sites": "50"}, "a"),
        (["10..50 = a", "50..100 = b"], "sites", {"sites": "51"}, "b"),
        (["10..50 = a", "50..100 = b"], "sites", {"sites": "10"}, "a"),
        (["10 = x", "10..50 = a"], "sites", {"sites": "10"}, "x"),
        (["50 = x", "10..50 = a"], "sites", {"sites": "50"}, "xa"),
        (["..10 = a", "10.. = b"], "sites", {"sites": "10"}, "a"),
        (["..10 = a", "10.. = b"], "sites", {"sites": "99"}, "b"),
        (["500, no-term = a", "500, else = b", "else, no-term = c"], "speed term", {"speed": "500", "term": "24-months"}, "b"),
        (["500, no-term = a", "else, no-term = c"], "speed term", {"speed": "500", "term": "24-months"}, ""),
        (["500, no-term = a", "else, else = c"], "speed term", {"speed": "100", "term": "24-months"}, "c"),
        (["1000 = a", "1 Gbit/s = b"], "speed", {"speed": "1000"}, "ab"),
        (["100 = a", "500 = b"], "speed", {"speed": ("100", "500")}, "ab"),
    ],
)
def test_the_cells_that_hold(rows: list[str], by: str, chosen: dict[str, str], expected: str) -> None:
    cells = lookup(table(*rows), by.split(), chosen, ASKED)
    assert "".join(cell.value for cell in cells) == expected


@pytest.mark.parametrize(
    ("rows", "by", "expected"),
    [
        (["100 = a", "500 = b", "1000 = c"], "speed", []),
        (["100 = a", "500 = b", "1 Gbit/s = c"], "speed", []),
        (["100 = a", "else = b"], "speed", []),
        (["100 = a", "500 = b"], "speed", ["gap speed `1000`"]),
        (["100 = a", "500 = b", "1000 = c", "1 Gbit/s = d"], "speed", ["double speed `1000`"]),
        (["100 = a", "500 = b", "1000 = c", "300 = d"], "speed", ["unreached 300"]),
        (["100 = a", "500 = b", "1000 = c", "fast = d"], "speed", ["unreached fast"]),
        (["1..50 = a", "50..100 = b"], "sites", []),
        (["1..50 = a", "51..100 = b"], "sites", []),
        (["1..5 = a", "5.. = b"], "weight", ["gap weight `0`", "gap weight numbers between 0 and 1"]),
        (["..5 = a", "6.. = b"], "weight", ["gap weight numbers between 5 and 6"]),
        (["..5 = a", "6..100 = b"], "sites", []),
        (["..50 = a", "40..100 = b"], "sites", ["double sites numbers between 40 and 50", "double sites `50`"]),
        (["200..300 = a", "else = b"], "sites", ["unreached 200..300"]),
        (["north = a"], "place", ["gap place any other value"]),
        (["north = a", "else = b"], "place", []),
        (["500 = a", "else, no-term = b"], "speed term", ["misfit 500"]),
        (
            ["100, no-term = a", "500, 24-months = b", "500, no-term = c", "1000, else = d"],
            "speed term",
            ["gap speed `100`, term `24-months`"],
        ),
        (["else, no-term = a", "else, 24-months = b"], "speed term", []),
    ],
)
def test_where_a_table_is_not_whole(rows: list[str], by: str, expected: list[str]) -> None:
    assert [said(event) for event in coverage(table(*rows), by.split(), ASKED)] == expected


def said(event: Gap | Double | Unreached | Misfit) -> str:
    match event:
        case Unreached():
            return f"unreached {event.path[-1]}"
        case Misfit():
            return f"misfit {event.path[-1]}"
        case Gap() | Double():
            return f"{type(event).__name__.lower()} " + ", ".join(f"{name} {piece.words}" for name, piece in event.chosen)


def test_an_optional_value_that_is_not_chosen_needs_else() -> None:
    colour = Characteristic.model_validate({"values": ["red"], "optional": "true"})
    asked = {"colour": characteristic("colour", colour)}
    assert [said(event) for event in coverage(table("red = a"), ["colour"], asked)] == ["gap colour no value"]
    assert list(coverage(table("red = a", "else = b"), ["colour"], asked)) == []


NUMBERS = st.decimals(min_value=-20, max_value=20, places=1)
BOUNDS = st.integers(-10, 10)
KEYS = st.lists(
    st.one_of(
        BOUNDS.map(str),
        st.tuples(BOUNDS, st.integers(1, 8)).map(lambda pair: f"{pair[0]}..{pair[0] + pair[1]}"),
        BOUNDS.map("..{}".format),
        BOUNDS.map("{}..".format),
        st.just("else"),
    ),
    unique=True,
    max_size=5,
)


@given(keys=KEYS, number=NUMBERS, whole=st.booleans())
def test_the_pieces_of_a_range_agree_with_every_number_in_it(keys: list[str], number: Decimal, whole: bool) -> None:
    limits = Range(Decimal(-15), Decimal(15), whole)
    if not limits.holds(number):
        return
    read = Keys(keys, None)
    alike = [piece.keys for piece in read.pieces(Domain(ranges=(limits,))) if holds(piece.words, number)]
    assert alike == [read.matching(plain(number))]


def holds(words: str, number: Decimal) -> bool:
    if words.startswith("`"):
        return number_of(words.strip("`")) == number
    _, _, low, _, high = words.split()
    return Decimal(low) < number < Decimal(high)


@given(
    st.lists(st.tuples(st.one_of(st.none(), st.integers(0, 12)), st.one_of(st.none(), st.integers(0, 12))), max_size=8),
    st.integers(-1, 13),
)
def test_bands_in_order_hold_what_each_holds_alone(ends: list[tuple[int | None, int | None]], number: int) -> None:
    texts = [f"{'' if low is None else low}..{'' if high is None else high}" for low, high in ends if (low, high) != (None, None)]
    bands = [one for text in texts if (one := band(text))]
    inside = [one.text for one in bands if one.holds(Decimal(number)) and one.low != number]
    lower = [one.text for one in bands if one.holds(Decimal(number)) and one.low == number]
    assert list(Keys(texts, None).matching(str(number))) == (inside or lower)


def test_thousands_of_bands_are_looked_at_once_each() -> None:
    many = characteristic("many", Characteristic.model_validate({"type": "integer", "min": "0", "max": "20000"}))
    rows = table(*(f"{low}..{low + 1} = x" for low in range(20_000)))
    before = process_time()
    assert list(coverage(rows, ["many"], {"many": many})) == []
    assert process_time() - before < 10
