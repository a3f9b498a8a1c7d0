"""Rules about life, bundles and layers: what they see, and what they leave alone."""

import pytest

from tests.rules.pointing import messages, pointed

PRODUCT = "kind: ProductSpecification\nid: access\nname: Access\n---\n"


def offering(id: str, rest: str = "", lifecycle: str = "Active", product: str = "product: access") -> str:
    return f"kind: ProductOffering\nid: {id}\nname: {id}\n{product}\nlifecycle: {lifecycle}\n{rest}\n---\n"


@pytest.mark.parametrize(
    ("bundle", "expected"),
    [
        ("{a: {}, b: {}}", []),
        ("{a: {min: -1}}", ["TK501 -1"]),
        ("{a: {max: 0}}", ["TK501 0"]),
        ("{a: {min: 2}}", []),
        ("{a: {min: 3, max: 2}}", ["TK501 2"]),
        ("{a: {min: 0, max: 3, default: 4}}", ["TK501 4"]),
        ("{a: {min: 1, max: 3, default: 0}}", ["TK501 0"]),
        ("{g: {of: [a, b], min: 0, max: 3, included: 3}}", []),
        ("{g: {of: [a, b], min: 0, max: 3, included: 4}}", ["TK501 4"]),
    ],
)
def test_numbers_of_members(bundle: str, expected: list[str]) -> None:
    assert pointed(PRODUCT + offering("a") + offering("b") + offering("c", f"bundle: {bundle}", product="")) == expected


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("requires: [b]\nexcludes: [c]", []),
        ("requires: [b]\nexcludes: [b]", ["TK502 b"]),
        ("requires: {b: {until: 2027-01-01}}\nexcludes: {b: {from: 2027-01-01}}", []),
        ("requires: {b: {until: 2027-01-02}}\nexcludes: {b: {from: 2027-01-01}}", ["TK502 {until: 2027-01-02}"]),
        ("requires: [a]", ["TK502 a"]),
        ("requires: [d]", ["TK502 d"]),
        ("requires: [d, e]\nexcludes: [x]", ["TK101 x", "TK502 d"]),
        ("replaces: {b: {from: 2027-01-01, until: 2026-01-01}}", ["TK402 2026-01-01"]),
    ],
)
def test_what_is_needed_is_not_excluded(rest: str, expected: list[str]) -> None:
    others = offering("b") + offering("c") + offering("d", "excludes: [a]") + offering("e")
    assert sorted(pointed(PRODUCT + offering("a", rest) + others)) == expected


def test_members_that_exclude_each_other() -> None:
    text = PRODUCT + offering("a", "excludes: [b]") + offering("b") + offering("c", "bundle: {a: {}, b: {}}", product="")
    assert messages(text) == ["`c` needs `a`, which excludes `b`"]
    assert messages(text.replace("b: {}}", "b: {min: 0, max: 1}}")) == [
        "`b` can never be taken in `c`: `c` contains `a`, and `a` excludes `b`"
    ]


@pytest.mark.parametrize(
    ("product", "member", "expected"),
    [
        ("Active", "Active", []),
        ("Launched", "Launched", []),
        ("In test", "Active", ["TK401 access"]),
        ("Retired", "Active", ["TK401 access"]),
        ("Active", "In design", ["TK401 a", "TK401 g"]),
    ],
)
def test_what_is_launched_can_be_sold(product: str, member: str, expected: list[str]) -> None:
    text = PRODUCT.replace("name: Access", f"name: Access\nlifecycle: {product}") + offering("home", lifecycle="Launched")
    text += "kind: ProductSpecification\nid: sound\nname: Sound\n---\n"
    text += offering("a", lifecycle=member, product="product: sound") + offering("b", lifecycle=member, product="product: sound")
    text += offering("free", lifecycle="In study", product="product: sound")
    bundle = "bundle: {a: {}, g: {of: [a, b]}, free: {min: 0, max: 1}}"
    assert pointed(text + offering("duo", bundle, "Launched", "")) == expected


def test_one_member_of_a_group_that_can_be_sold_is_enough() -> None:
    text = PRODUCT + offering("a", lifecycle="In design") + offering("b")
    assert pointed(text + offering("duo", "bundle: {g: {of: [a, b]}}", "Launched", "")) == []


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("controller: nso", []),
        ("controller: people", []),
        ("controller: crm", ["TK602 crm"]),
        ("controller: none", ["TK101 none"]),
        ("controller: {external: SYS-1}", []),
        ("lifecycle: In design", []),
        ("lifecycle: In test", ["TK601 line"]),
        ("version: '2.0'", ["TK601 line"]),
    ],
)
def test_controllers(rest: str, expected: list[str]) -> None:
    roles = {"nso": "domain-controller", "people": "manual", "crm": "crm"}
    systems = "".join(f"kind: System\nid: {id}\nname: {id}\nrole: {role}\n---\n" for id, role in roles.items())
    assert pointed(f"{systems}kind: ResourceFacingServiceSpecification\nid: line\nname: Line\n{rest}\n") == expected


def test_one_finding_for_each_entity_that_is_claimed_again() -> None:
    text = "".join(f"kind: System\nid: s{number}\nname: s{number}\nrole: crm\nmasters: [Customer, E{number}]\n---\n" for number in range(3))
    assert pointed(text) == ["TK603 Customer", "TK603 Customer"]


@pytest.mark.parametrize(
    ("taxes", "expected"),
    [
        ("{vat: 20 %}", []),
        ("{vat: 0}", []),
        ("{vat: 120 %}", ["TK204 120 %"]),
        ("{vat: [{until: 2027-01-01, is: 20}, {from: 2027-01-01, is: 21}]}", []),
        ("{vat: [{until: 2027-01-01, is: 20}, {from: 2027-02-01, is: 21}]}", ["TK205 {from: 2027-02-01, is: 21}"]),
    ],
)
def test_taxes(taxes: str, expected: list[str]) -> None:
    assert pointed(f"kind: Vocabulary\ntaxes: {taxes}\n") == expected
