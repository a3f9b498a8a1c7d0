"""Where bodies point at other items, and what becomes of the references when a server has ids of its own."""

from __future__ import annotations

from typing import Any

import pytest

from tests.plan.world import P4, P5, R4, R5, S4, ref
from tmfkit.tmf.addresses import Address
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.references import at_target, location, references, rewritten

MEMBER = {**ref("tv"), "bundledProductOfferingOption": {"numberRelOfferDefault": 1}}
PLACES: list[tuple[Dialect, str, dict[str, Any], list[tuple[str, str]]]] = [
    (P4, "category", {"parentId": "top", "subCategory": [ref("low")]}, [("parentId", "category/top"), ("subCategory", "category/low")]),
    (P5, "category", {"parent": ref("top")}, [("parent", "category/top")]),
    (S4, "serviceCategory", {"parentId": "top"}, [("parentId", "serviceCategory/top")]),
    (R4, "resourceCategory", {"parentId": "top"}, [("parentId", "resourceCategory/top")]),
    (R5, "resourceCategory", {"category": [ref("low")]}, [("category", "resourceCategory/low")]),
    (P4, "productOffering", {"bundledProductOffering": [MEMBER]}, [("bundledProductOffering", "productOffering/tv")]),
    (
        P5,
        "productOffering",
        {"bundledGroupProductOffering": [{"name": "g", "bundledGroupProductOffering": [{"bundledProductOffering": [MEMBER]}]}]},
        [("bundledGroupProductOffering", "productOffering/tv")],
    ),
    (P5, "productOffering", {"serviceCandidate": ref("c")}, [("serviceCandidate", "serviceCandidate/c")]),
    (
        P4,
        "productOfferingPrice",
        {"popRelationship": [ref("base", relationshipType="discounts")], "prodSpecCharValueUse": [{"productSpecification": ref("line")}]},
        [("popRelationship", "productOfferingPrice/base"), ("prodSpecCharValueUse", "productSpecification/line")],
    ),
    (S4, "serviceCandidate", {"serviceSpecification": ref("s")}, [("serviceSpecification", "serviceSpecification/s")]),
    (R5, "resourceSpecification", {"resourceSpecRelationship": [ref("r")]}, [("resourceSpecRelationship", "resourceSpecification/r")]),
    (P4, "productOffering", {"channel": [ref("web")], "marketSegment": [ref("home")], "place": [ref("north")]}, []),
    (P4, "productOffering", {"productSpecification": None, "category": "broadband", "productOfferingPrice": [None, "a"]}, []),
]


@pytest.mark.parametrize(("dialect", "resource", "body", "expected"), PLACES, ids=lambda value: value if isinstance(value, str) else "")
def test_every_place(dialect: Dialect, resource: str, body: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    found = [(one.attribute, f"{one.target.resource}/{one.target.id}") for one in references(dialect, resource, body)]
    assert sorted(found) == sorted(expected)


def test_other_ids_and_addresses() -> None:
    body = {"parentId": "top", "subCategory": [ref("low"), ref("strange")], "productOffering": [ref("a")]}
    known = {Address(P4, "category", "top"): "1", Address(P4, "category", "low"): "2", Address(P4, "productOffering", "a"): "a"}

    def renamed(target: Address) -> tuple[str, str] | None:
        return (known[target], location("https://host/base/", target.resource, known[target])) if target in known else None

    made = rewritten(P4, "category", body, renamed)
    assert made == {
        "parentId": "1",
        "subCategory": [ref("2", href="https://host/base/category/2", name="LOW"), ref("strange")],
        "productOffering": [ref("a", href="https://host/base/productOffering/a")],
    }
    assert body["parentId"] == "top", "the body itself stays as it is"


def test_an_address_without_a_place_keeps_its_own() -> None:
    assert rewritten(P4, "productOffering", {"productSpecification": ref("a")}, lambda _: ("b", "")) == {
        "productSpecification": ref("b", href="/compiled/a", name="A")
    }


@pytest.mark.parametrize(
    ("id", "expected"), [("a1", "a1"), ("fibre-home.monthly", "fibre-home.monthly"), ("a/b c", "a%2Fb%20c"), ("é", "%C3%A9")]
)
def test_ids_in_addresses(id: str, expected: str) -> None:
    assert location("http://h/x/", "category", id) == f"http://h/x/category/{expected}"


@pytest.mark.parametrize(
    ("address", "dialects", "expected"),
    [
        (Address(R4, "resourceSpecification", "a"), {P4, R4}, Address(R4, "resourceSpecification", "a")),
        (Address(R4, "resourceSpecification", "a"), {P4, R5}, Address(R5, "resourceSpecification", "a")),
        (Address(P5, "productCatalog", "a"), {P4}, Address(P4, "catalog", "a")),
        (Address(R4, "resourceSpecification", "a"), {P4}, None),
    ],
)
def test_the_version_that_a_target_has(address: Address, dialects: set[Dialect], expected: Address | None) -> None:
    assert at_target(address, frozenset(dialects)) == expected
