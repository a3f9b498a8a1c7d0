"""What is no difference: whatever a server may do to a body without meaning anything by it."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.plan.test_laws import operator
from tests.plan.world import P4, P5, R5, S4, ref
from tmfkit.plan.canonical import canonical, fingerprint, same_ids
from tmfkit.remote.profiles import PROFILES, ROWS
from tmfkit.tmf.addresses import Address
from tmfkit.tmf.dialects import Dialect

PRICE = {"name": "Fee", "price": {"value": 49.9, "unit": "EUR"}, "isBundle": False}
SAME = {
    "keys in another order": (PRICE, {"isBundle": False, "price": {"unit": "EUR", "value": 49.9}, "name": "Fee"}),
    "a number written longer": (PRICE, {**PRICE, "price": {"value": 49.90, "unit": "EUR"}}),
    "a number with an exponent": (PRICE, {**PRICE, "price": {"value": 4.99e1, "unit": "EUR"}}),
    "a number as text": (PRICE, {**PRICE, "price": {"value": "49.90", "unit": "EUR"}}),
    "a whole number as a fraction": ({"percentage": 5}, {"percentage": 5.0}),
    "an empty list": (PRICE, {**PRICE, "tax": []}),
    "an empty object": (PRICE, {**PRICE, "validFor": {}}),
    "an object of empty things": (PRICE, {**PRICE, "validFor": {"startDateTime": None}}),
    "an empty text": (PRICE, {**PRICE, "description": ""}),
    "a null": (PRICE, {**PRICE, "description": None}),
    "what the server adds to every item": (
        PRICE,
        {**PRICE, "id": "8", "href": "x", "lastUpdate": "2030-01-01T00:00:00Z", "@baseType": "X", "@schemaLocation": "y"},
    ),
    "a moment in another zone": (
        {"validFor": {"startDateTime": "2026-01-15T00:00:00+01:00"}},
        {"validFor": {"startDateTime": "2026-01-14T23:00:00.000Z"}},
    ),
    "references in another order": (
        {"productOfferingPrice": [ref("a"), ref("b")]},
        {"productOfferingPrice": [ref("b"), ref("a")]},
    ),
    "a reference that says more": (
        {"productOfferingPrice": [ref("a")]},
        {
            "productOfferingPrice": [
                {"id": "a", "href": "https://other/a", "name": "New", "version": "9", "@type": "X", "@referredType": "Y"}
            ]
        },
    ),
    "terms in another order": (
        {"productOfferingTerm": [{"name": "a"}, {"name": "b", "duration": {"amount": 12, "units": "month"}}]},
        {"productOfferingTerm": [{"duration": {"units": "month", "amount": 12.0}, "name": "b"}, {"@type": "T", "name": "a"}]},
    ),
    "values in another order": (
        {"prodSpecCharValueUse": [{"name": "s", "productSpecCharacteristicValue": [{"value": 1}, {"value": 2, "isDefault": True}]}]},
        {"prodSpecCharValueUse": [{"name": "s", "productSpecCharacteristicValue": [{"isDefault": True, "value": 2}, {"value": 1}]}]},
    ),
    "values without a name in another order": (
        {"prodSpecCharValueUse": [{"name": "s", "productSpecCharacteristicValue": [{"valueFrom": 1}, {"valueFrom": 2}]}]},
        {"prodSpecCharValueUse": [{"name": "s", "productSpecCharacteristicValue": [{"valueFrom": 2}, {"valueFrom": 1}]}]},
    ),
}
OTHER = {
    "another amount": (PRICE, {**PRICE, "price": {"value": 49.91, "unit": "EUR"}}),
    "another currency": (PRICE, {**PRICE, "price": {"value": 49.9, "unit": "SEK"}}),
    "no is not nothing": ({"isBundle": False}, {}),
    "zero is not nothing": ({"percentage": 0}, {}),
    "another moment": (
        {"validFor": {"startDateTime": "2026-01-15T00:00:00+01:00"}},
        {"validFor": {"startDateTime": "2026-01-15T00:00:00Z"}},
    ),
    "another reference": ({"productOfferingPrice": [ref("a")]}, {"productOfferingPrice": [ref("b")]}),
    "another relationship": (
        {"popRelationship": [ref("a", relationshipType="discounts")]},
        {"popRelationship": [ref("a", relationshipType="alters")]},
    ),
    "another type of item": ({"@type": "CustomerFacing"}, {"@type": "ResourceFacing"}),
    "the order of what no table knows": ({"x-tmfkit": {"discounts": ["a", "b"]}}, {"x-tmfkit": {"discounts": ["b", "a"]}}),
    "the name of a word that has no item": ({"channel": [{"id": "web", "name": "Web"}]}, {"channel": [{"id": "web", "name": "Shop"}]}),
}


def form(body: dict[str, Any], dialect: Dialect = P4, resource: str = "productOfferingPrice", profile: str = "v5") -> dict[str, Any]:
    return canonical(body, dialect, resource, PROFILES[profile], same_ids)


def resource_of(body: dict[str, Any]) -> str:
    return "productOffering" if {"productOfferingPrice", "channel"} & set(body) else "productOfferingPrice"


@pytest.mark.parametrize(("one", "other"), SAME.values(), ids=SAME)
def test_no_difference(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert form(one, resource=resource_of(one)) == form(other, resource=resource_of(one))
    assert fingerprint(form(one, resource=resource_of(one))) == fingerprint(form(other, resource=resource_of(one)))


@pytest.mark.parametrize(("one", "other"), OTHER.values(), ids=OTHER)
def test_a_difference(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert form(one, resource=resource_of(one)) != form(other, resource=resource_of(one))


@pytest.mark.parametrize("profile", ROWS, ids=lambda row: row.name)
def test_the_form_of_a_form_is_itself(profile: Any) -> None:
    for address, item in operator().items():
        once = canonical(item.body, address.dialect, address.resource, profile, same_ids)
        assert canonical(once, address.dialect, address.resource, profile, same_ids) == once
        assert once


@given(st.randoms(use_true_random=False))
def test_a_server_that_means_nothing_by_it(chance: random.Random) -> None:
    address = chance.choice(sorted(operator()))
    body = dict(operator()[address].body)
    assert form(body, address.dialect, address.resource) == form(disturbed(body, chance), address.dialect, address.resource)


def disturbed(value: Any, chance: random.Random, name: str = "") -> Any:
    """A body as a careless server gives it back."""
    match value:
        case dict():
            pairs = [(key, disturbed(inner, chance, key)) for key, inner in value.items()]
            if name != "x-tmfkit":
                pairs += [(f"empty{index}", chance.choice(([], {}, "", None))) for index in range(chance.randint(0, 2))]
            chance.shuffle(pairs)
            return dict(pairs)
        case list() if name not in ("constant",) and all(isinstance(one, dict) for one in value):
            return chance.sample([disturbed(one, chance) for one in value], len(value)) if name != "x-tmfkit" and _is_set(value) else value
        case int() if not isinstance(value, bool):
            return chance.choice((value, float(value)))
        case _:
            return value


def _is_set(value: list[Any]) -> bool:
    """Whether it is one of the lists that the tables know; the extension has its own, in an order that may mean something."""
    return all("href" in one or "productSpecCharacteristicValue" in one or "taxCategory" in one for one in value)


def test_ids_of_the_server_become_those_of_the_catalog() -> None:
    ours = {Address(P5, "productSpecification", "srv-1"): "line", Address(S4, "serviceSpecification", "srv-1"): "access"}
    body = {"productSpecification": ref("srv-1"), "prodSpecCharValueUse": [{"name": "a", "productSpecification": ref("srv-1")}]}
    made = canonical(body, P5, "productOffering", PROFILES["minting"], ours.get)
    assert made == {"productSpecification": {"id": "line"}, "prodSpecCharValueUse": [{"name": "a", "productSpecification": {"id": "line"}}]}
    across = canonical({"serviceSpecification": [ref("srv-1")]}, P5, "productSpecification", PROFILES["minting"], ours.get)
    assert across == {"serviceSpecification": [{"id": "access"}]}
    parent = canonical(
        {"parentId": "srv-2"}, S4, "serviceCategory", PROFILES["minting"], {Address(S4, "serviceCategory", "srv-2"): "top"}.get
    )
    assert parent == {"parentId": "top"}


@pytest.mark.parametrize(("profile", "kept"), [("v5", True), ("strict-v4", False)])
def test_what_a_server_does_not_take_is_not_compared(profile: str, kept: bool) -> None:
    body = {"name": "A", "x-tmfkit": {"payment": "prepaid"}, "relatedParty": [{"id": "p"}]}
    assert ("x-tmfkit" in form(body, R5, "resourceSpecification", profile)) is kept
    assert form(body, R5, "resourceSpecification", profile)["relatedParty"] == [{"id": "p"}]


ODD = [
    {"validFor": "always"},
    {"validFor": {"startDateTime": "soon"}},
    {"validFor": {"startDateTime": "0001-01-01T00:00:00+10:00"}},
    {"price": 12},
    {"price": [{"value": "much"}]},
    {"tax": {"taxCategory": "a"}},
    {"tax": ["a", 1, None]},
    {"productSpecification": "line"},
    {"percentage": "NaN"},
    {"percentage": 10**400 // 10**390},
    {"name": 2**70},
]


@pytest.mark.parametrize("body", ODD, ids=str)
def test_odd_bodies_have_a_form_too(body: dict[str, Any]) -> None:
    made = form(body)
    assert form(made) == made
    assert fingerprint(made)
