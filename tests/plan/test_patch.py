"""What is sent: a merge patch leads from what a server has to what is wanted, whatever the server makes of lists and nulls."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.plan.world import P4, P5, R4, World, ref
from tmfkit.plan.canonical import canonical, same_ids
from tmfkit.plan.patch import creation, fixed, merge_patch, retirement, stuck
from tmfkit.remote.profiles import PROFILES, ROWS
from tmfkit.tmf.addresses import Address
from tmfkit.tmf.profile import Profile

AT = Address(P4, "productOffering", "a")
PLAIN, REFUSING, APPENDING = PROFILES["v5"], PROFILES["tmf-reference"], PROFILES["minting"]
PERIOD = {"startDateTime": "2026-01-01T00:00:00Z", "endDateTime": "2027-01-01T00:00:00Z"}
OPEN = {"startDateTime": "2026-01-01T00:00:00Z"}
A, B, C = ref("a"), ref("b"), ref("c")
TABLE: dict[str, tuple[Profile, dict[str, Any], dict[str, Any], list[dict[str, Any]]]] = {
    "a text": (PLAIN, {"name": "New"}, {"name": "Old"}, [{"name": "New"}]),
    "nothing to write": (PLAIN, {}, {}, []),
    "a text that goes": (PLAIN, {}, {"description": "x"}, [{"description": None}]),
    "a text that goes where nulls are refused": (REFUSING, {}, {"description": "x"}, [{"description": ""}]),
    "a list that goes where nulls are refused": (REFUSING, {}, {"place": [{"id": "n"}]}, [{"place": []}]),
    "a part of an object that goes": (PLAIN, {"validFor": OPEN}, {"validFor": PERIOD}, [{"validFor": {**OPEN, "endDateTime": None}}]),
    "a list": (PLAIN, {"category": [A, B]}, {"category": [A, C]}, [{"category": [A, B]}]),
    "a list that grows where lists are added to": (APPENDING, {"category": [A, B]}, {"category": [A]}, [{"category": [B]}]),
    "a list that is the same where lists are added to": (APPENDING, {"category": [A, B]}, {"category": [B, A]}, []),
    "a list that shrinks where lists are added to": (
        APPENDING,
        {"category": [A]},
        {"category": [A, B]},
        [{"category": None}, {"category": [A]}],
    ),
    "a new list where lists are added to": (APPENDING, {"category": [A]}, {}, [{"category": [A]}]),
    "a list that goes where lists are added to": (APPENDING, {}, {"category": [A]}, [{"category": None}]),
    "a list inside of an object where lists are added to": (
        APPENDING,
        {"name": "New", "x-tmfkit": {"a": [1]}},
        {"name": "Old", "x-tmfkit": {"a": [2]}},
        [{"x-tmfkit": None}, {"name": "New", "x-tmfkit": {"a": [1]}}],
    ),
}


@pytest.mark.parametrize(("profile", "body", "held", "expected"), TABLE.values(), ids=TABLE)
def test_patches(profile: Profile, body: dict[str, Any], held: dict[str, Any], expected: list[dict[str, Any]]) -> None:
    before = deepcopy((body, held))
    assert list(merge_patch(AT, {*body, *held}, body, {**held, "id": "1"}, profile)) == expected
    assert (body, held) == before


def test_only_the_attributes_that_are_asked_for() -> None:
    assert merge_patch(AT, {"name"}, {"name": "N", "description": "D"}, {"name": "O"}, PLAIN) == ({"name": "N"},)


def test_what_no_change_may_write_is_left_out() -> None:
    body = {"@type": "X", "id": "a", "href": "h", "lastUpdate": "2030-01-01T00:00:00Z", "@baseType": "Y", "name": "N"}
    assert merge_patch(AT, body, body, {"name": "O"}, PLAIN) == ({"name": "N"},)
    assert "@type" in fixed(AT)
    assert "@type" not in fixed(Address(R4, "resourceSpecification", "a"))


def test_where_every_body_has_a_type_a_patch_has_it_too() -> None:
    at = AT._replace(dialect=P5)
    body = {"@type": "ProductOffering", "name": "N"}
    assert merge_patch(at, {"name"}, body, {"name": "O"}, PLAIN) == ({"@type": "ProductOffering", "name": "N"},)
    assert merge_patch(at, {"name"}, body, body, APPENDING) == ({"@type": "ProductOffering", "name": "N"},)
    assert retirement(at, body) == {"@type": "ProductOffering", "lifecycleStatus": "Retired"}
    assert retirement(AT, body) == {"lifecycleStatus": "Retired"}


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("embedded", {"id": "a", "name": "N", "x-tmfkit": {"b": 1}, "relatedParty": []}),
        ("minting", {"name": "N", "x-tmfkit": {"b": 1}, "relatedParty": []}),
        ("tmf-reference", {"name": "N"}),
    ],
)
def test_what_makes_an_item(profile: str, expected: dict[str, Any]) -> None:
    body = {"id": "compiled", "name": "N", "x-tmfkit": {"b": 1}, "relatedParty": [], "category": [A]}
    assert creation(AT, body, PROFILES[profile], later=("category",)) == expected


CATEGORIES = st.lists(st.sampled_from([A, B, C]), unique_by=lambda item: item["id"], max_size=3)
TERMS = st.lists(
    st.builds(
        lambda name, amount: {"name": name, "duration": {"amount": amount, "units": "month"}}, st.sampled_from("xy"), st.integers(1, 3)
    ),
    unique_by=lambda item: item["name"],
    max_size=2,
)
BODIES = st.fixed_dictionaries(
    {"name": st.sampled_from("NO")},
    optional={
        "description": st.sampled_from(["", "x", "y"]),
        "isSellable": st.booleans(),
        "validFor": st.sampled_from([PERIOD, OPEN, {}]),
        "category": CATEGORIES,
        "productOfferingTerm": TERMS,
        "productSpecification": st.sampled_from([A, B]),
    },
)


@given(BODIES, BODIES, st.sampled_from(ROWS))
def test_a_patch_leads_to_what_is_wanted(body: dict[str, Any], held: dict[str, Any], profile: Profile) -> None:
    """Wherever the plan does not say that there is no way."""
    here, there = (canonical(one, AT.dialect, AT.resource, profile, same_ids) for one in (body, held))
    assume(not any(stuck(name, here.get(name), there.get(name), profile) for name in {*here, *there}))
    world = World(profile, live={AT: held})
    for patch in merge_patch(AT, {*body, *held}, body, held, profile):
        world.merge(AT, patch)
    assert canonical(world.live[AT], AT.dialect, AT.resource, profile, same_ids) == here


@pytest.mark.parametrize(
    ("profile", "here", "there", "is_stuck"),
    [
        ("tmf-reference", None, True, True),
        ("tmf-reference", None, {"a": 1}, True),
        ("tmf-reference", {"a": 1}, {"a": 1, "b": "x"}, False),
        ("tmf-reference", {"a": 1}, {"a": 1, "b": 2}, True),
        ("tmf-reference", "x", True, False),
        ("strict-v4", None, True, False),
        ("minting", [1], [1, 2], False),
    ],
)
def test_what_cannot_be_done(profile: str, here: Any, there: Any, is_stuck: bool) -> None:
    assert bool(stuck("a", here, there, PROFILES[profile])) is is_stuck
