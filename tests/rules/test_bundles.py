"""Rules about bundles: what the solver finds is told once, where it begins, with the lines that clash."""

import pytest

from tests.catalogs import validated
from tests.rules.pointing import messages, pointed
from tmfkit.rules.sets import SILENT

PRODUCT = "kind: ProductSpecification\nid: access\nname: Access\n---\n"


def offering(id: str, rest: str = "", lifecycle: str = "Active") -> str:
    sold = "" if "bundle:" in rest else "product: access\n"
    return f"kind: ProductOffering\nid: {id}\nname: {id}\n{sold}lifecycle: {lifecycle}\n{rest}\n---\n"


FOUR = PRODUCT + offering("fibre", "requires: [router]") + offering("router") + offering("tv", "requires: [box]")
BOX = offering("box", "excludes: [router]")


def test_a_clash_over_several_steps_names_every_line() -> None:
    text = FOUR + BOX + offering("duo", "bundle: {fibre: {}, tv: {}}")
    (found,) = validated(text).diagnostics
    assert found.code == "TK503"
    assert found.message == (
        "`duo` cannot be bought: `duo` contains `fibre`, `duo` contains `tv`, `fibre` requires `router`, "
        "`tv` requires `box`, and `box` excludes `router`"
    )
    assert [text.splitlines()[place.span.start.line - 1] for place in found.related] == [
        "bundle: {fibre: {}, tv: {}}",
        "requires: [router]",
        "requires: [box]",
        "excludes: [router]",
    ]


@pytest.mark.parametrize(
    ("bundle", "expected"),
    [
        ("{fibre: {}, tv: {}}", ["TK503 fibre"]),
        ("{fibre: {}, tv: {min: 0, max: 1}}", ["TK504 tv"]),
        ("{fibre: {}, g: {of: [tv, router]}}", ["TK504 tv"]),
        ("{g: {of: [fibre, tv]}}", []),
        ("{fibre: {}}", []),
        ("{fibre: {}, router: {min: 0, max: 1}}", ["TK505 router"]),
        ("{fibre: {min: 0, max: 1}, router: {min: 0, max: 1}}", []),
        ("{fibre: {}, router: {}}", []),
        ("{fibre: {}, router: {}, more: {offering: router, min: 0, max: 3}}", []),
        ("{fibre: {}, g: {of: [router, box], min: 0, max: 1}}", ["TK505 g", "TK504 box"]),
        ("{fibre: {}, other: {offering: {external: X}, min: 0, max: 1}}", []),
        ("{g: {of: [fibre, fibre]}}", ["TK506 fibre"]),
        ("{g: {of: [fibre]}}", ["TK506 [fibre]"]),
    ],
)
def test_bundles(bundle: str, expected: list[str]) -> None:
    assert sorted(pointed(FOUR + BOX + offering("duo", f"bundle: {bundle}"))) == sorted(expected)


def test_a_bundle_of_an_impossible_bundle_is_not_told_again() -> None:
    text = FOUR + BOX + offering("duo", "bundle: {fibre: {}, tv: {}}") + offering("all", "bundle: {duo: {}}")
    assert pointed(text) == ["TK503 fibre"]


def test_a_contradiction_of_two_lines_is_left_to_its_own_rule() -> None:
    text = PRODUCT + offering("a", "excludes: [b]") + offering("b") + offering("c", "bundle: {a: {}, b: {}}")
    assert [found.code for found in validated(text).diagnostics] == ["TK502"]


@pytest.mark.parametrize(
    ("duo", "home", "expected"),
    [
        ("", "", []),
        ("channels: [webshop]", "channels: [webshop, retail]", []),
        ("channels: [webshop, retail]", "channels: [webshop]", ["`home` is not sold to the channel `retail`, and `duo` is"]),
        ("", "segments: [business]", []),
        ("segments: [residential]", "segments: [business]", ["`home` is not sold to the segment `residential`, and `duo` is"]),
        ("lifecycle: In design\nchannels: [retail]", "channels: [webshop]", []),
    ],
)
def test_audiences(duo: str, home: str, expected: list[str]) -> None:
    text = PRODUCT + offering("home", home) + offering("duo", f"bundle: {{home: {{}}}}\n{duo}")
    if "lifecycle" in duo:
        text = text.replace("lifecycle: Active\nbundle", "bundle")
    assert messages(text) == expected


def test_an_optional_member_may_be_for_some_only() -> None:
    text = PRODUCT + offering("home", "channels: [webshop]")
    bundle = "bundle: {home: {min: 0, max: 1}}\nchannels: "
    assert messages(text + offering("duo", f"{bundle}[webshop, retail]")) == []
    assert pointed(text + offering("duo", f"{bundle}[retail]")) == ["TK507 home"]


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("bundle: {home: {}}\nrequires: [home]", ["TK509 home"]),
        ("bundle: {home: {min: 0, max: 1}}\nrequires: [home]", ["TK505 home"]),
        ("replaces: [duo]", ["TK510 duo"]),
        ("replaces: [home]\nrequires: [home]", ["TK510 home"]),
        ("replaces: [home]\nrequires: {home: {until: 2027-01-01}}", []),
    ],
)
def test_relations(rest: str, expected: list[str]) -> None:
    assert pointed(PRODUCT + offering("home") + offering("duo", rest)) == expected


def test_exclusions_are_written_on_both_sides_where_style_counts() -> None:
    text = PRODUCT + offering("a", "excludes: [b]") + offering("b")
    assert validated(text).diagnostics == ()
    assert [found.code for found in validated(text, SILENT - {"TK508"}).diagnostics] == ["TK508"]
