"""Conditions: for whom they hold, and whether anybody can meet them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from tmfkit.model.characteristics import Characteristic
from tmfkit.model.conditions import Condition, parse_condition
from tmfkit.semantics.conditions import applies, holds, narrowed_by, possible, verdict
from tmfkit.semantics.configuration import Subject, Variable
from tmfkit.semantics.domains import Domain, domain_of, listed

ZONE = ZoneInfo("Europe/Paris")
SPEED = Characteristic.model_validate({"type": "quantity", "unit": "Mbit/s", "values": ["100", "500", "1000"]})
ASKED = {
    "speed": Variable("speed", Subject.CHARACTERISTIC, domain_of(SPEED), SPEED),
    "term": Variable("term", Subject.FACT, listed(["no-term", "24-months"])),
    "phone": Variable("phone", Subject.ROLE, listed(["0", "1", "2"])),
}
CHOSEN = {"speed": "1000", "term": "24-months", "phone": "1"}


def condition_of(written: dict[str, object]) -> Condition:
    """A condition; nothing written is one that always holds."""
    return parse_condition(written) if written else Condition()


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ({}, True),
        ({"speed": "1000"}, True),
        ({"speed": "1 Gbit/s"}, True),
        ({"speed": ["100", "500"]}, False),
        ({"speed": ["500", "1000"], "term": "24-months"}, True),
        ({"speed": "1000", "term": "no-term"}, False),
        ({"speed": "500..1000"}, True),
        ({"speed": "..500"}, False),
        ({"phone": "1.0"}, True),
        ({"phone": "1.."}, True),
        ({"voucher": "WELCOME"}, False),
    ],
)
def test_holds_where_everything_agrees(written: dict[str, object], expected: bool) -> None:
    assert holds(condition_of(written), CHOSEN, ASKED, ZONE) is expected


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2025, 12, 31, 22, 59, tzinfo=UTC), False),
        (datetime(2025, 12, 31, 23, 0, tzinfo=UTC), True),
        (datetime(2026, 3, 31, 21, 59, tzinfo=UTC), True),
        (datetime(2026, 3, 31, 22, 0, tzinfo=UTC), False),
    ],
)
def test_ordered_is_half_open_and_begins_at_midnight_of_the_project(moment: datetime, expected: bool) -> None:
    condition = parse_condition({"ordered": {"from": "2026-01-01", "until": "2026-04-01"}})
    assert holds(condition, {"ordered": moment}, ASKED, ZONE) is expected


@pytest.mark.parametrize(
    ("when", "unless", "expected"),
    [({}, {}, True), ({"phone": "1"}, {}, True), ({}, {"phone": "1"}, False), ({}, {"phone": "2"}, True), ({"phone": "2"}, {}, False)],
)
def test_unless_takes_back(when: dict[str, object], unless: dict[str, object], expected: bool) -> None:
    assert applies(condition_of(when), condition_of(unless), CHOSEN, ASKED, ZONE) is expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ({}, True),
        ({"speed": ["100", "500", "1000"]}, True),
        ({"speed": "100.."}, True),
        ({"speed": "100"}, None),
        ({"speed": "300"}, False),
        ({"speed": "fast"}, False),
        ({"term": "24-months", "speed": "300"}, False),
        ({"voucher": "WELCOME"}, None),
    ],
)
def test_surely_perhaps_or_never(written: dict[str, object], expected: bool | None) -> None:
    condition = condition_of(written)
    assert verdict(condition, ASKED) is expected
    assert possible(condition, ASKED) is (expected is not False)


def test_conditions_narrow_what_can_still_be_chosen() -> None:
    left = narrowed_by(parse_condition({"speed": "500.."}), parse_condition({"term": "no-term"}), ASKED)
    assert left["speed"].domain == listed(["500", "1000"])
    assert left["term"].domain == listed(["24-months"])
    assert narrowed_by(Condition(), Condition(), ASKED) == ASKED


def test_a_value_that_may_be_missing_makes_nothing_sure() -> None:
    asked = {"colour": Variable("colour", Subject.CHARACTERISTIC, Domain(("red",), absent=True))}
    assert verdict(parse_condition({"colour": "red"}), asked) is None
