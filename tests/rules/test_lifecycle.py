"""Rules about states and dates: what is sold, what is ready, and what is valid when."""

import pytest

from tests.catalogs import validated
from tests.rules.pointing import messages, pointed
from tmfkit.rules.sets import SILENT


def product(rest: str = "", id: str = "access") -> str:
    return f"kind: ProductSpecification\nid: {id}\nname: Access\n{rest}\n---\n"


def offering(id: str, rest: str = "", lifecycle: str = "Active") -> str:
    sold = "" if "bundle:" in rest else "product: access\n"
    return f"kind: ProductOffering\nid: {id}\nname: {id}\n{sold}lifecycle: {lifecycle}\n{rest}\n---\n"


@pytest.mark.parametrize(
    ("bundle", "state", "expected"),
    [
        ("{home: {}}", "Active", ["TK403 home"]),
        ("{home: {}}", "Launched", ["TK401 home"]),
        ("{home: {min: 0, max: 1}}", "Launched", ["TK403 home"]),
        ("{g: {of: [home, other]}}", "Launched", ["TK403 home"]),
        ("{g: {of: [home, other]}}", "In test", []),
        ("{g: {of: [home, other]}}", "Retired", []),
        ("{other: {}}", "Launched", []),
    ],
)
def test_retired_members(bundle: str, state: str, expected: list[str]) -> None:
    text = product() + offering("home", lifecycle="Retired") + offering("other") + offering("duo", f"bundle: {bundle}", state)
    assert pointed(text) == expected


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [
        ("Active", "Active", 0),
        ("Active", "In test", 0),
        ("Active", "In design", 1),
        ("Active", "Retired", 1),
        ("In design", "In design", 0),
        ("Retired", "Retired", 0),
    ],
)
def test_specifications_stand_on_what_is_ready(above: str, below: str, expected: int) -> None:
    service = f"kind: CustomerFacingServiceSpecification\nid: internet\nname: Internet\nlifecycle: {below}\n---\n"
    text = product(f"lifecycle: {above}\nservices: {{net: {{service: internet}}}}") + service
    assert pointed(text) == ["TK404 net"] * expected


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [
        ("", "", []),
        ("", "validFor: {from: 2026-01-01}", []),
        ("", "validFor: {until: 2027-01-01}", ["`access` is valid until 2027-01-01, and what needs it goes on for ever"]),
        ("validFor: {until: 2027-01-01}", "validFor: {until: 2027-01-01}", []),
        (
            "validFor: {from: 2025-01-01, until: 2027-01-01}",
            "validFor: {from: 2026-01-01}",
            ["`access` is valid from 2026-01-01, and what needs it begins on 2025-01-01"],
        ),
        ("validFor: {until: 2027-01-01}", "validFor: {until: 2028-01-01}", []),
    ],
)
def test_validity_is_covered(above: str, below: str, expected: list[str]) -> None:
    assert messages(product(below) + offering("home", above)) == expected


@pytest.mark.parametrize(
    ("price", "expected"),
    [
        ("{type: oneTime, amount: 1 EUR, validFor: {from: 2026-06-01}}", []),
        ("{type: oneTime, amount: 1 EUR, validFor: {until: 2026-06-01}}", []),
        ("{type: oneTime, amount: 1 EUR, validFor: {from: 2027-01-01}}", ["TK406 {from: 2027-01-01}"]),
        ("{type: oneTime, amount: 1 EUR, validFor: {until: 2026-01-01}}", ["TK406 {until: 2026-01-01}"]),
        (
            "{type: oneTime, amount: [{until: 2026-01-01, is: 1 EUR}, {from: 2026-01-01, is: 2 EUR}]}",
            ["TK406 {until: 2026-01-01, is: 1 EUR}"],
        ),
        ("{type: oneTime, amount: [{until: 2026-03-01, is: 1 EUR}, {from: 2026-03-01, is: 2 EUR}]}", []),
    ],
)
def test_prices_inside_the_validity(price: str, expected: list[str]) -> None:
    text = product() + offering("home", f"validFor: {{from: 2026-01-01, until: 2027-01-01}}\nprices:\n  fee: {price}")
    assert pointed(text) == expected


def test_a_successor_is_named_where_a_retired_offering_is_required() -> None:
    text = product() + offering("dsl", lifecycle="Retired") + offering("router", "requires: [dsl]")
    assert pointed(text) == ["TK407 dsl"]
    (found,) = validated(text + offering("fibre", "replaces: [dsl]")).diagnostics
    assert found.help == "require its successor `fibre`, or retire this offering too"


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ("", ["TK408 dsl"]),
        (offering("radio", "replaces: [dsl]"), []),
        (offering("radio", "replaces: [fibre]"), []),
    ],
)
def test_successors(others: str, expected: list[str]) -> None:
    gone = offering("dsl", lifecycle="Retired") + offering("fibre", "replaces: [dsl]", "Retired")
    assert pointed(product() + gone + others) == expected


def test_a_replacement_with_an_end_is_history() -> None:
    text = product() + offering("dsl", lifecycle="Retired") + offering("fibre", "replaces: {dsl: {until: 2024-01-01}}", "Retired")
    assert pointed(text) == []


def test_what_is_retired_says_since_when_where_care_counts() -> None:
    text = product() + offering("dsl", lifecycle="Retired")
    assert [found.code for found in validated(text, SILENT - {"TK409"}).diagnostics] == ["TK409"]
    dated = text.replace("lifecycle: Retired", "lifecycle: Retired\nvalidFor: {until: 2025-01-01}")
    assert validated(dated, SILENT - {"TK409"}).diagnostics == ()
