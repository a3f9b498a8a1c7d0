"""What payloads refer to: with id, address, name and type inside the repository, and only as far as it is known outside of it."""

from typing import Any

import pytest

from tests.compile.catalogs import SETTINGS, by_id, catalog
from tmfkit.compile.compile import compile_catalog
from tmfkit.tmf.dialects import Dialect

OFFERING = "kind: ProductOffering\nid: a\nname: A\nlifecycle: Active\nproduct: {}\n"
OTHER = OFFERING.replace("id: a", "id: b").replace("name: A", "name: B")
OUTSIDE = [
    ("{external: x-1}", {"id": "x-1", "@referredType": "ProductSpecification"}),
    (
        "{external: x-1, name: X, type: Bundle, version: '3', href: 'https://example.org/x-1'}",
        {"id": "x-1", "href": "https://example.org/x-1", "name": "X", "version": "3", "@referredType": "Bundle"},
    ),
]


@pytest.mark.parametrize(("written", "expected"), OUTSIDE)
def test_something_outside_is_described_as_far_as_it_is_known(written: str, expected: dict[str, Any]) -> None:
    bundle, _ = compile_catalog(catalog(OFFERING.format(written)), Dialect.TMF620_V4, SETTINGS)
    assert by_id(bundle.payloads)["productOffering/a"]["productSpecification"] == expected
    assert bundle.payloads[0].requires == ()


def test_a_price_outside_is_referred_to_and_what_is_narrowed_of_it_is_kept() -> None:
    prices = "prices: {fee: {use: {external: pop-9, name: Fee}}, less: {use: {external: pop-8}, when: {customer: new}}}\n"
    bundle, found = compile_catalog(catalog(OFFERING.format("{external: x}") + prices), Dialect.TMF620_V4, SETTINGS)
    body = by_id(bundle.payloads)["productOffering/a"]
    assert body["productOfferingPrice"] == [
        {"id": "pop-9", "name": "Fee", "@referredType": "ProductOfferingPrice"},
        {"id": "pop-8", "@referredType": "ProductOfferingPrice"},
    ]
    assert body["x-tmfkit"]["prices"] == {"less": {"when": {"customer": ["new"]}, "use": {"external": "pop-8"}}}
    assert {one.finding.path[:2] for one in found} == {("prices", "less")}


def test_something_inside_has_an_address_a_name_and_a_version() -> None:
    text = OFFERING.format("line") + "---\nkind: ProductSpecification\nid: line\nname: Line\nversion: '7'\n"
    bundle, _ = compile_catalog(catalog(text), Dialect.TMF620_V5, SETTINGS)
    assert by_id(bundle.payloads)["productOffering/a"]["productSpecification"] == {
        "@type": "ProductSpecificationRef",
        "id": "line",
        "href": "/productCatalogManagement/v5/productSpecification/line",
        "name": "Line",
        "version": "7",
        "@referredType": "ProductSpecification",
    }
    assert bundle.payloads[0].requires == ("productSpecification/line",)


BUNDLE = """
kind: ProductOffering
id: pack
name: Pack
lifecycle: Active
bundle: {first: {offering: a}, second: {offering: a, min: 0, max: 2, default: 1}, choice: {of: [a, b], min: 1, max: 1}}
---
"""
MEMBERS = OFFERING.format("{external: x}") + "---\n" + OTHER.format("{external: x}")


def limits(member: dict[str, Any]) -> tuple[int | None, int | None, int | None]:
    option = member["bundledProductOfferingOption"]
    return tuple(option.get(f"numberRelOffer{name}") for name in ("Default", "LowerLimit", "UpperLimit"))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("dialect", "members", "groups"),
    [
        (Dialect.TMF620_V4, {"a": (1, 1, 4), "b": (None, 0, 1)}, None),
        (Dialect.TMF620_V5, {"a": (1, 1, 3)}, [("choice", ["a", "b"])]),
    ],
)
def test_a_choice_is_a_group_or_else_optional_members(dialect: Dialect, members: dict[str, Any], groups: Any) -> None:
    body = by_id(compile_catalog(catalog(BUNDLE + MEMBERS), dialect, SETTINGS)[0].payloads)["productOffering/pack"]
    assert {member["id"]: limits(member) for member in body["bundledProductOffering"]} == members
    found = body.get("bundledGroupProductOffering")
    assert groups == (found and [(group["name"], [member["id"] for member in group["bundledProductOffering"]]) for group in found])
    assert ("bundledGroups" in body["x-tmfkit"]) is (groups is None)
