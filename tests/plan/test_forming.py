"""Forms are known again exactly where making them anew gives the same."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.plan.test_laws import operator
from tests.plan.world import P4, S4, World, by_address, ref, wanted
from tmfkit.plan.canonical import canonical
from tmfkit.plan.forming import Forming, moved
from tmfkit.plan.packed import formed, opened
from tmfkit.remote.profiles import PROFILES, ROWS
from tmfkit.tmf.addresses import Address
from tmfkit.tmf.profile import Profile

AT = Address(P4, "productOffering", "a")
BODY: dict[str, Any] = {
    "id": "a",
    "name": "A",
    "lastUpdate": "2031-01-01T00:00:00Z",
    "isSellable": True,
    "x-own": 1,
    "category": [ref("b"), ref("c")],
}
TAKING, REFUSING = (next(row for row in ROWS if row.unknown is unknown) for unknown in (True, False))


def forming(profile: Profile = TAKING, names: dict[Address, str] | None = None) -> Forming:
    names = names or {}
    sum_of_moved = 0
    for there, id in names.items():
        sum_of_moved ^= moved(there, id)
    return Forming({P4: profile}, names.get, lambda: sum_of_moved)


B = Address(P4, "category", "b")


@pytest.mark.parametrize(
    ("body", "other", "known_again"),
    [
        (BODY, forming(), True),
        (dict(reversed(BODY.items())), forming(), True),
        ({**BODY, "href": "/a", "lastUpdate": "2032-01-01T00:00:00Z"}, forming(), True),
        (BODY, forming(names={B: "b"}), True),
        ({**BODY, "name": "B"}, forming(), False),
        ({**BODY, "category": [ref("c"), ref("b")]}, forming(), False),
        (BODY, forming(REFUSING), False),
        (BODY, forming(names={B: "z"}), False),
        (BODY, Forming({P4: TAKING}, moved=lambda: None), False),
    ],
)
def test_what_is_known_again(body: dict[str, Any], other: Forming, known_again: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    before = forming().form(AT, BODY)
    assert before.origin
    anew = canonical(body, P4, AT.resource, other.profiles[P4], other.ours)
    made: list[bool] = []
    fresh = Forming.fresh
    monkeypatch.setattr(Forming, "fresh", lambda *given: made.append(True) or fresh(*given))
    assert opened(other.form(AT, body, before)) == anew
    assert made == ([] if known_again else [True])


def test_another_version_of_tmfkit_makes_its_own_forms(monkeypatch: pytest.MonkeyPatch) -> None:
    before = forming().form(AT, BODY)
    monkeypatch.setattr("tmfkit.plan.forming.__version__", "999")
    assert forming().form(AT, BODY, before).origin != before.origin


def test_what_moves_meanwhile_leaves_no_origin() -> None:
    """Another thread learns an id while a form is made: nobody can say which of the two the form follows from."""
    turns = iter((1, 2))
    assert Forming({P4: TAKING}, moved=lambda: next(turns)).form(AT, BODY).origin == ""


def test_what_somebody_changes_of_a_form_has_no_origin() -> None:
    assert formed({**opened(forming().form(AT, BODY)), "name": "B"}).origin == ""


@pytest.mark.parametrize("profile", ["embedded", "tmf-reference", "strict-v4", "v5"])
def test_a_plan_of_what_nobody_changed_makes_no_form(profile: str, monkeypatch: pytest.MonkeyPatch) -> None:
    world = World(PROFILES[profile])
    items = by_address(
        [wanted(P4, "category", "b"), wanted(P4, "productOffering", "a", category=[ref("b")]), wanted(S4, "serviceSpecification", "s")]
    )
    world.publish(items)
    monkeypatch.setattr("tests.plan.world.plainly", lambda known: known)
    monkeypatch.setattr(Forming, "fresh", lambda *given: pytest.fail("a form is made anew"))
    assert world.plan(items).steps == ()


VALUES = st.sampled_from([None, "", "x", 1, 1.0, True, [], ["b", "a"], {"id": "b", "href": "/1"}, {"id": "z"}])
EDITS = st.lists(
    st.tuples(st.sampled_from(["name", "description", "version", "category", "x-own", "lastUpdate", "place"]), VALUES), max_size=3
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(operator())), EDITS, EDITS, st.sampled_from(ROWS), st.sampled_from(ROWS), st.booleans(), st.booleans())
def test_it_is_the_form_that_is_made_anew(
    address: Address, edits: Any, others: Any, profile: Profile, another: Profile, renamed: bool, renamed_later: bool
) -> None:
    """Whatever was brought into form before, and however: the form that is given is the one that would be made."""
    body = deepcopy(opened(operator()[address].body))
    targets = sorted(at for at in operator() if at.dialect is address.dialect)

    def way(row: Profile, names: dict[Address, str]) -> Forming:
        sum_of_moved = 0
        for there, id in names.items():
            sum_of_moved ^= moved(there, id)
        return Forming(dict.fromkeys({at.dialect for at in operator()}, row), names.get, lambda: sum_of_moved)

    maps = [{at: f"here-{at.id}" for at in targets} if with_names else {} for with_names in (renamed, renamed_later)]
    known = way(profile, maps[0]).form(address, body | dict(edits))
    later = way(another, maps[1])
    there = body | dict(others)
    assert opened(later.form(address, there, known)) == opened(later.fresh(address, there))
