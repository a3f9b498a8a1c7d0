"""Rules of a specification: as few as possible, one for each answer, and together what the language says."""

from decimal import Decimal
from fractions import Fraction

import pytest

from tests.catalogs import validated
from tests.generators.decomposition.catalogs import SMALL
from tmfkit.catalog import Catalog
from tmfkit.model.products import ProductSpecification
from tmfkit.model.services import CustomerFacingServiceSpecification
from tmfkit.semantics.asked import Asked, Level
from tmfkit.semantics.cells import Apart, Between, Cell, Given, Is, Missing, cells
from tmfkit.semantics.decisions import Decision, DecisionRule, Divided, Fixed, Open, Passed, Size, decisions
from tmfkit.semantics.domains import ANYTHING, NOTHING, Domain, Range, listed
from tmfkit.semantics.feeds import Feeding
from tmfkit.semantics.settled import completed, is_needed, number_needed, told
from tmfkit.semantics.unfolded import unfolded

WHOLE = Domain(ranges=(Range(Decimal(1), Decimal(40), whole=True),))
REAL = Domain(ranges=(Range(Decimal(0), Decimal(10)),))


def between(low: object, high: object, with_low: bool = True, with_high: bool = True, whole: bool = False) -> Between:
    return Between(_number(low), _number(high), with_low, with_high, whole)


def _number(end: object) -> Decimal | None:
    return None if end is None else Decimal(str(end))


@pytest.mark.parametrize(
    ("domain", "texts", "numeric", "expected"),
    [
        (NOTHING, [], False, []),
        (listed(["a", "b"]), ["a"], False, [(Is("a"), "a"), (Is("b"), "b")]),
        (Domain(("a",), absent=True), [], False, [(Is("a"), "a"), (Missing(), None)]),
        (ANYTHING, [], False, [(Apart(()), "~")]),
        (ANYTHING, ["b", "a"], False, [(Is("b"), "b"), (Is("a"), "a"), (Apart(("a", "b")), "~~")]),
        (WHOLE, [], True, [(between(None, None, whole=True), "1")]),
        (WHOLE, ["8"], True, [(between(None, 7, whole=True), "1"), (between(8, 8, whole=True), "8"), (between(9, None, whole=True), "9")]),
        (WHOLE, ["1"], True, [(between(None, 1, whole=True), "1"), (between(2, None, whole=True), "2")]),
        (WHOLE, ["40..50"], True, [(between(None, 39, whole=True), "1"), (between(40, None, whole=True), "40")]),
        (
            REAL,
            ["0..5"],
            True,
            [(between(None, 0), "0"), (between(0, 5, False, False), "2.5"), (5, "5"), (between(5, None, False, True), "7.5")],
        ),
        (Domain(anything=True), ["5"], True, [(between(None, 5, False, False), "4"), (5, "5"), (between(5, None, False, False), "6")]),
    ],
)
def test_cells_are_what_the_texts_tell_apart(domain: Domain, texts: list[str], numeric: bool, expected: list[tuple[object, str]]) -> None:
    found = cells(domain, texts, numeric)
    plain = [(test if not isinstance(test, int) else between(test, test), sample) for test, sample in expected]
    assert [sample for _, sample in found] == [sample for _, sample in plain]
    assert [_closed(cell.test) for cell in found] == [_closed(test) for test, _ in plain]


def _closed(test: object) -> object:
    """Whether an open end belongs to it makes no difference."""
    if isinstance(test, Between):
        return (test.low, test.high, test.low is None or test.with_low, test.high is None or test.with_high, test.whole)
    return test


def test_every_sample_lies_in_its_own_cell_only() -> None:
    for domain in (WHOLE, REAL):
        found = cells(domain, ["1..3", "3", "7.5", "9..", "12"], numeric=True)
        tests = [cell.test for cell in found if isinstance(cell.test, Between)]
        assert len(tests) == len(found)
        for cell in found:
            assert sum(test.holds(Decimal(cell.sample or "")) for test in tests) == 1


def test_what_makes_no_difference_is_not_asked() -> None:
    first = Level(Asked("first"), (Cell(Is("a"), "a"), Cell(Is("b"), "b")))
    second = Level(Asked("second"), cells(WHOLE, ["10", "20"], numeric=True))
    rows = unfolded([first, second], lambda chosen: "low" if int(chosen["second"][0]) <= 10 else "high")
    assert rows == (
        (((Asked("second"), between(None, 10, whole=True)),), "low"),
        (((Asked("second"), between(11, None, whole=True)),), "high"),
    )
    assert unfolded([first, second], lambda chosen: "") == ()
    assert unfolded([first], lambda chosen: "always") == (((), "always"),)


def test_values_that_may_be_missing_are_asked_for_as_such() -> None:
    level = Level(Asked("note"), (Cell(Is("a"), "a"), Cell(Is("b"), "b"), Cell(Missing(), None)))
    assert unfolded([level], lambda chosen: "there" if "note" in chosen else "") == ((((Asked("note"), Given()),), "there"),)


def test_too_many_combinations_have_no_rules() -> None:
    level = Level(Asked("n"), tuple(Cell(Is(str(number)), str(number)) for number in range(200)))
    assert unfolded([level] * 3, lambda chosen: "x") is None


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return validated(SMALL).value


def specification(id: str, catalog: Catalog) -> Feeding:
    found = catalog.get(ProductSpecification, id) or catalog.get(CustomerFacingServiceSpecification, id)
    assert found is not None
    return found


def role(name: str, id: str, catalog: Catalog) -> Decision:
    return next(one for one in decisions(specification(id, catalog), catalog) if one.role == name)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("rate", [DecisionRule((), Passed("speed", Fraction(1000)))]),
        ("spare", [DecisionRule((), Passed("spare"))]),
        ("memo", [DecisionRule(((Asked("note"), Given()),), Passed("note"))]),
        (
            "seats",
            [
                DecisionRule(((Asked("users"), between(low, high, whole=True)),), Fixed(str(number)))
                for number, (low, high) in enumerate([(None, 8), (9, 16), (17, 24), (25, 32), (33, None)], 1)
            ],
        ),
        (
            "grade",
            [
                DecisionRule(((Asked("kind"), Is("basic")),), Fixed("g1")),
                DecisionRule(((Asked("kind"), Is("plus")), (Asked("users"), between(None, 10, whole=True))), Fixed("g2")),
                DecisionRule(((Asked("kind"), Is("plus")), (Asked("users"), between(11, None, whole=True))), Fixed("g3")),
                DecisionRule(((Asked("kind"), Is("pro")),), Fixed("g4")),
            ],
        ),
        (
            "codes",
            [
                DecisionRule(((Asked("extras", Is(text)), Given()),), Fixed(code))
                for text, code in (("fax", "F"), ("mail", "M"), ("film", "X"))
            ],
        ),
    ],
)
def test_each_form_of_a_feed_becomes_rules(name: str, expected: list[DecisionRule], catalog: Catalog) -> None:
    assert [_plain(rule) for rule in role("line", "access", catalog).told[name].rules] == [_plain(rule) for rule in expected]


def _plain(rule: DecisionRule) -> object:
    return [(asked, _closed(test)) for asked, test in rule.conditions], rule.answer


def test_what_a_sibling_knows_stays_open_and_comes_behind_it(catalog: Catalog) -> None:
    session = role("session", "line", catalog)
    assert session.after == ("port", "second"), "by its feed, and because its service requires that of both"
    assert [rule.answer for rule in session.told["profile"].rules] == [Open("port/circuit")]


def test_counts_are_numbers_or_how_many_values(catalog: Catalog) -> None:
    assert [rule.answer for rule in role("each", "access", catalog).needed] == [Passed("users")]
    assert [rule.answer for rule in role("every", "access", catalog).needed] == [Size("extras")]


def test_the_order_of_roles_ends_even_where_they_wait_for_each_other(catalog: Catalog) -> None:
    files = SMALL.replace("circuit: {from: port/circuit}", "circuit: {from: second/circuit}").replace(
        "when: {spare: true, grade: [g3, g4]}, with: {size: {from: rate}}", "with: {size: {from: rate}, level: {from: session/level}}"
    )
    waiting = validated(files).value
    assert [one.role for one in decisions(specification("line", waiting), waiting)] == ["port", "session", "second"]


ENDLESS = """
kind: ProductSpecification
id: vast
name: Vast
characteristics: {number: {type: integer, min: 0}, width: {type: integer, min: 0, max: 1000000}}
services: {line: {with: {parts: {from: number, per: 3, round: nearest}, pieces: {from: width, per: 2}}}}
---
kind: CustomerFacingServiceSpecification
id: line
name: Line
characteristics: {parts: {type: integer}, pieces: {type: integer}}
"""


def test_a_division_with_too_many_steps_is_told_as_what_it_is() -> None:
    vast = validated(ENDLESS).value
    found = role("line", "vast", vast).told
    assert [rule.answer for rule in found["parts"].rules] == [Divided("number", "3", "nearest")]
    assert [rule.answer for rule in found["pieces"].rules] == [Divided("width", "2", "up")]
    assert found["parts"].unsaid


@pytest.mark.parametrize(
    ("chosen", "needed", "number", "codes"),
    [
        ({}, False, "0", ()),
        ({"extras": ("fax",)}, True, "1", ("F",)),
        ({"extras": ("fax", "mail", "film")}, True, "3", ("F", "M", "X")),
        ({"extras": ("mail",)}, False, "1", ("M",)),
        ({"extras": ("fax",), "note": ("hello",)}, False, "1", ("F",)),
    ],
)
def test_one_order_is_settled_without_rules(
    chosen: dict[str, tuple[str, ...]], needed: bool, number: str, codes: tuple[str, ...], catalog: Catalog
) -> None:
    access = specification("access", catalog)
    known = completed(access, chosen)
    assert known["kind"] == ("basic",), "what is not chosen has its default"
    assert is_needed(role("fax", "access", catalog).use, access, known, catalog) is needed
    assert number_needed(role("every", "access", catalog).use, access, known) == number
    fed = role("line", "access", catalog).told["codes"]
    assert told(fed.feed, access, known, fed.characteristic) == codes
