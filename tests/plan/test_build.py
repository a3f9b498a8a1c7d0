"""What is to be done with one item: what the catalog wants, what was published and what the server has, side by side."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.plan.world import EVERY_BRAKE, P4, P5, R5, S4, World, by_address, ref, wanted
from tmfkit.plan.build import make_plan
from tmfkit.plan.states import Known, Live, States, Wanted
from tmfkit.plan.steps import Action, Brake, Field, Plan
from tmfkit.remote.profiles import PROFILES
from tmfkit.tmf.addresses import Address

Body = dict[str, Any] | None
AT = Address(P4, "category", "tv")
BODY: dict[str, Any] = {"name": "TV", "version": "1.0", "lifecycleStatus": "Active", "description": "Old"}
NEW = {**BODY, "description": "New"}
THEIRS = {**BODY, "description": "Theirs"}


def three(
    want: dict[str, Any] | None,
    sent: dict[str, Any] | None,
    live: dict[str, Any] | None,
    *,
    seen: Any = None,
    profile: str = "v5",
    **flags: bool,
) -> Plan:
    """The plan for one item; an id of another item is known, so that the catalog is never empty."""
    other = wanted(P4, "category", "other")
    items = {other.address: other} | ({AT: Wanted(AT, other.key, want)} if want is not None else {})
    known = {AT: Known(AT, "srv-1", sent, sent if seen is None else seen, "TV", "1.0", **flags)} if sent is not None else {}
    served = AT._replace(id="srv-1")
    lives = {served: Live(served, {**live, "id": "srv-1"})} if live is not None else {}
    plan = make_plan("t", "r", States(items, known, lives), {P4: PROFILES["v5"]})
    return replace(plan, steps=tuple(step for step in plan.steps if step.address == AT))


Row = tuple[Body, Body, Body, Action, tuple[Field, ...]]
ROOT = {**BODY, "isRoot": True}
DRAFT = {**BODY, "lifecycleStatus": "In design"}
TABLE: dict[str, Row] = {
    "new": (BODY, None, None, Action.CREATE, ()),
    "as it was published": (BODY, BODY, BODY, Action.NOTHING, ()),
    "changed in the catalog": (NEW, BODY, BODY, Action.UPDATE, (Field("description", "Old", "New"),)),
    "changed on the server": (BODY, BODY, THEIRS, Action.UPDATE, (Field("description", "Theirs", "Old", True),)),
    "changed to the same in both": (NEW, BODY, NEW, Action.NOTHING, ()),
    "changed in both": (NEW, BODY, THEIRS, Action.CONFLICT, (Field("description", "Theirs", "New", True),)),
    "different things changed in both": (
        NEW,
        BODY,
        {**BODY, "isRoot": True},
        Action.UPDATE,
        (Field("description", "Old", "New"), Field("isRoot", True, None, True)),
    ),
    "added in the catalog": ({**BODY, "isRoot": True}, BODY, BODY, Action.UPDATE, (Field("isRoot", None, True),)),
    "no longer said in the catalog": (
        BODY,
        {**BODY, "isRoot": True},
        {**BODY, "isRoot": True},
        Action.UPDATE,
        (Field("isRoot", True, None),),
    ),
    "gone from the server": (BODY, BODY, None, Action.CREATE, ()),
    "an attribute gone from the server": (NEW, NEW, {**BODY, "description": ""}, Action.UPDATE, (Field("description", None, "New", True),)),
    "not wanted, once active": (None, BODY, BODY, Action.RETIRE, (Field("lifecycleStatus", "Active", "Retired"),)),
    "not wanted, a draft": (None, DRAFT, DRAFT, Action.REMOVE, ()),
    "not wanted, made active on the server": (None, DRAFT, BODY, Action.RETIRE, (Field("lifecycleStatus", "Active", "Retired"),)),
    "not wanted, retired on the server": (None, BODY, {**BODY, "lifecycleStatus": "RETIRED"}, Action.NOTHING, ()),
    "not wanted, gone": (None, BODY, None, Action.REMOVE, ()),
    "an attribute of the server's own": (BODY, BODY, {**BODY, "createdBy": "admin"}, Action.NOTHING, ()),
}


@pytest.mark.parametrize(("want", "sent", "live", "action", "fields"), TABLE.values(), ids=TABLE)
def test_every_case(want: Any, sent: Any, live: Any, action: Action, fields: tuple[Field, ...]) -> None:
    plan = three(want, sent, live)
    assert [step.action for step in plan.steps] == ([] if action is Action.NOTHING else [action])
    for step in plan.steps:
        assert step.fields == fields


def test_what_the_server_fills_in_is_no_difference() -> None:
    filled = {**BODY, "isRoot": False, "description": "OLD", "validFor": {"startDateTime": "2020-01-01T00:00:00Z"}}
    assert three(BODY, BODY, filled, seen=filled).steps == ()
    changed = three(NEW, BODY, filled, seen=filled).steps[0]
    assert changed.fields == (Field("description", "Old", "New"),)


def test_an_item_in_doubt_is_compared_with_the_server_alone() -> None:
    assert three(NEW, BODY, NEW, doubtful=True).steps == ()
    assert three(BODY, BODY, NEW, doubtful=True).steps[0].fields == (Field("description", "New", "Old"),)
    assert three(NEW, BODY, THEIRS, doubtful=True).steps[0].action is Action.UPDATE


def test_what_was_retired_comes_back() -> None:
    """Nobody has to remember what the state of a retired item was."""
    gone = {**BODY, "lifecycleStatus": "Retired"}
    assert three(BODY, BODY, gone, seen=gone, retired=True).steps[0].fields == (Field("lifecycleStatus", "Retired", "Active"),)
    assert three(None, BODY, gone, seen=gone, retired=True).steps == ()
    revived = three(None, BODY, BODY, seen=gone, retired=True).steps[0]
    assert (revived.action, revived.note) == (Action.RETIRE, "somebody on the server made it usable again")


def test_fields_name_the_smallest_part() -> None:
    old = {
        "name": "A",
        "price": {"value": 39.9, "unit": "EUR"},
        "productOfferingPrice": [ref("x"), ref("y")],
        "productOfferingTerm": [{"name": "t", "duration": {"amount": 12, "units": "month"}}],
        "x-tmfkit": {"a": {"b": 1}, "list": [1, 2]},
    }
    new = {
        "name": "A",
        "price": {"value": 44.9, "unit": "EUR"},
        "productOfferingPrice": [ref("y"), ref("z")],
        "productOfferingTerm": [{"name": "t", "duration": {"amount": 24, "units": "month"}}],
        "x-tmfkit": {"a": {"b": 2}, "list": [2, 1]},
    }
    world = World(PROFILES["v5"])
    world.publish(by_address([wanted(P4, "productOffering", "a", **old)]))
    step = world.plan(by_address([wanted(P4, "productOffering", "a", **new)])).steps[0]
    assert step.fields == (
        Field("price/value", 39.9, 44.9),
        Field("productOfferingPrice/x", {"id": "x"}, None),
        Field("productOfferingPrice/z", None, {"id": "z"}),
        Field("productOfferingTerm/t/duration/amount", 12, 24),
        Field("x-tmfkit/a/b", 1, 2),
        Field("x-tmfkit/list", [1, 2], [2, 1]),
    )
    assert {field.attribute for field in step.fields} == {"price", "productOfferingPrice", "x-tmfkit", "productOfferingTerm"}


@pytest.mark.parametrize("profile", ["embedded", "minting"])
def test_a_renamed_item_keeps_its_identity(profile: str) -> None:
    world = World(PROFILES[profile])
    spec = wanted(P5, "productSpecification", "old")
    offering = wanted(P5, "productOffering", "home", productSpecification=ref("old"), description="a")
    world.publish(by_address([spec, offering]))
    count, server_id = len(world.live), world.known[spec.address].server_id
    after = by_address(
        [wanted(P5, "productSpecification", "new", former="old"), wanted(P5, "productOffering", "home", productSpecification=ref("new"))]
    )
    plan = world.publish(after)
    steps = {step.address.id: step for step in plan.steps}
    assert {id: step.action for id, step in steps.items()} == {"new": Action.UPDATE, "home": Action.UPDATE}
    assert steps["new"].server_id == server_id
    assert steps["new"].note == f"it was called `old`; the server keeps it under the id `{server_id}`"
    assert steps["home"].fields == (Field("description", "a", None),), "the reference is the same on the server"
    assert len(world.live) == count
    assert not world.plan(after).pending


def test_a_rename_without_any_other_change_is_recorded() -> None:
    world = World(PROFILES["embedded"])
    world.publish(by_address([wanted(P4, "category", "old", name="Same")]))
    step = world.plan(by_address([wanted(P4, "category", "new", former="old", name="Same")])).steps[0]
    assert (step.action, step.fields, step.server_id) == (Action.UPDATE, (), "old")


def test_an_id_that_a_renamed_item_has_kept_is_taken() -> None:
    world = World(PROFILES["embedded"])
    world.publish(by_address([wanted(P4, "category", "old")]))
    world.publish(by_address([wanted(P4, "category", "new", former="old")]))
    again = by_address([wanted(P4, "category", "new", former="old"), wanted(P4, "category", "old", name="Another")])
    assert world.plan(again).troubles == (
        "Category old cannot have its id: on the server Category new has kept it since it was renamed; give one of them another id",
    )


def test_two_versions_of_one_api_need_not_be_the_same_everywhere() -> None:
    """The compiler refers from version 4 to version 4; a target may have version 5 of the other API."""
    world = World(PROFILES["minting"])
    spec = wanted(R5, "resourceSpecification", "ont")
    service = wanted(S4, "serviceSpecification", "line", resourceSpecification=[ref("ont")])
    items = by_address([spec, service])
    plan = world.plan(items, dialects=(S4, R5))
    assert [step.address for step in plan.steps] == [spec.address, service.address]
    assert plan.steps[1].needs == (spec.address,)


def test_what_was_published_to_an_api_that_is_gone_stays() -> None:
    world = World(PROFILES["v5"])
    items = by_address([wanted(P4, "category", "a"), wanted(S4, "serviceCategory", "b")])
    world.publish(items)
    plan = world.plan(items, dialects=(P4,))
    assert not plan.pending
    assert plan.notes == ("1 item of TMF633 v4.0 was published to this target, which has that API no more: it stays as it is",)


def test_what_others_made_is_never_taken_over_silently() -> None:
    world = World(PROFILES["minting"])
    items = by_address(
        [wanted(P4, "category", "tv"), wanted(P4, "productOffering", "a", category=[ref("tv")]), wanted(P4, "category", "new")]
    )
    world.live[AT._replace(id="77")] = {"id": "77", "name": "TV", "version": "1.0"}
    plan = world.plan(items)
    steps = {step.address.id: step for step in plan.steps}
    assert (steps["tv"].action, steps["tv"].server_id) == (Action.ADOPT, "77")
    assert [stop.brake for stop in plan.stops] == [Brake.UNMANAGED]
    assert steps["a"].needs == (AT,)
    assert steps["a"].note == "it waits until Category tv is adopted"
    assert steps["new"].note == ""


def test_the_id_decides_where_the_server_keeps_it() -> None:
    world = World(PROFILES["embedded"])
    world.live[AT] = {"id": "tv", "name": "Something else", "version": "7"}
    world.live[AT._replace(id="9")] = {"id": "9", "name": "TV", "version": "1.0"}
    only = world.plan(by_address([wanted(P4, "category", "tv", name="Mine")])).steps[0]
    assert (only.action, only.server_id) == (Action.ADOPT, "tv")
    both = world.plan(by_address([wanted(P4, "category", "tv", name="TV")])).steps[0]
    assert (both.action, both.server_id) == (Action.ADOPT, "")
    assert both.note == "the server has 2 items of this name and version that tmfkit did not make: `tv`, `9`"


def test_a_double_of_ours_is_named() -> None:
    world = World(PROFILES["minting"])
    items = by_address([wanted(P4, "category", "tv")])
    world.publish(items)
    world.live[AT._replace(id="77")] = {"id": "77", "name": "TV", "version": "1.0"}
    plan = world.plan(items)
    assert not plan.pending
    assert plan.notes == ("the server has Category tv more than once; tmfkit did not make `77`",)


@pytest.mark.parametrize(("there", "server_id"), [(False, ""), (True, "c-1")])
def test_a_candidate_that_the_server_makes(there: bool, server_id: str) -> None:
    world = World(PROFILES["minting"])
    spec, candidate = wanted(S4, "serviceSpecification", "line"), wanted(S4, "serviceCandidate", "line", serviceSpecification=ref("line"))
    if there:
        world.live[candidate.address._replace(id="c-1")] = {"id": "c-1", "name": "LINE", "version": "1.0"}
    step = next(step for step in world.plan(by_address([spec, candidate])).steps if step.address == candidate.address)
    assert (step.action, step.server_id, step.level) == (Action.CREATE, server_id, 1)
    assert "with its specification" in step.note


def test_a_candidate_that_the_server_made_is_known_to_those_who_list_it() -> None:
    """The shelf was adopted already; what stands on it is taken over with the next publication."""
    world = World(PROFILES["minting"])
    spec, candidate = wanted(S4, "serviceSpecification", "line"), wanted(S4, "serviceCandidate", "line", serviceSpecification=ref("line"))
    items = by_address([spec, candidate, wanted(S4, "serviceCategory", "shelf", serviceCandidate=[ref("line")])])
    world.publish(items)
    del world.known[candidate.address]
    assert [(step.action, step.address) for step in world.plan(items).steps] == [(Action.CREATE, candidate.address)]


def test_two_records_of_one_item_are_damaged_records() -> None:
    one, two = wanted(P4, "category", "a"), wanted(P4, "category", "b")
    world = World(PROFILES["minting"])
    world.publish(by_address([one, two]))
    world.known[two.address] = replace(world.known[two.address], server_id=world.known[one.address].server_id)
    assert world.plan(by_address([one, two])).troubles == (
        "Category a and Category b are recorded as one item of the server, `srv-1`: the records of the target are damaged",
    )


def test_what_a_server_does_not_take_is_said_once() -> None:
    items = by_address([wanted(P4, "category", id, **{"x-tmfkit": {"language": "en"}}) for id in ("a", "b")])
    assert World(PROFILES["strict-v4"]).plan(items).notes == (
        "`x-tmfkit` is left out of 2 items of TMF620 v4.1: the server takes only what the official files declare",
    )


def test_a_body_that_is_too_long_is_told_before_anything_is_written() -> None:
    items = by_address([wanted(P4, "category", "a", description="x" * 200_000), wanted(P4, "category", "b")])
    (trouble,) = World(PROFILES["tmf-reference"]).plan(items, EVERY_BRAKE).troubles
    assert trouble.startswith("Category a takes 200,")
    assert "no more than 102,400" in trouble


@pytest.mark.parametrize(
    ("profile", "before", "after", "expected"),
    [
        ("tmf-reference", {"isRoot": True}, {}, "the server refuses nulls, so `isRoot` or a part of it cannot be taken away"),
        ("tmf-reference", {"validFor": {"endDateTime": "2030-01-01T00:00:00Z"}}, {}, "the server refuses nulls, so `validFor`"),
        ("tmf-reference", {"description": "x"}, {}, ""),
        ("tmf-reference", {"subCategory": [ref("z")]}, {}, ""),
        ("strict-v4", {"isRoot": True}, {}, ""),
        ("v5", {"@type": "A"}, {"@type": "B"}, "TMF620 v4.1 has no way to change `@type` of an item"),
    ],
)
def test_what_cannot_be_written_is_told_before(profile: str, before: dict[str, Any], after: dict[str, Any], expected: str) -> None:
    world = World(PROFILES[profile])
    world.publish(by_address([wanted(P4, "category", "a", **before)]))
    troubles = world.plan(by_address([wanted(P4, "category", "a", **after)])).troubles
    assert [expected in trouble for trouble in troubles] == [True] * bool(expected)


def test_what_is_deleted_and_still_used_by_others_is_told() -> None:
    world = World(PROFILES["v5"])
    keep, draft = wanted(P4, "category", "keep"), wanted(P4, "category", "draft", lifecycleStatus="In study")
    world.publish(by_address([keep, draft]))
    world.live[Address(P4, "productOffering", "x")] = {"id": "x", "name": "X", "category": [ref("draft")]}
    assert world.plan(by_address([keep])).notes == ("Category draft is deleted, and items that tmfkit did not make still refer to it: `x`",)


def test_fingerprints_see_what_matters() -> None:
    world = World(PROFILES["v5"])
    items = by_address([wanted(P4, "category", "a"), wanted(P4, "category", "b")])
    world.publish(items)
    first = world.plan(items)
    world.live[AT._replace(id="a")] |= {"lastUpdate": "2040-01-01T00:00:00Z", "href": "elsewhere"}
    world.live[AT._replace(id="zz")] = {"id": "zz", "name": "Of somebody else"}
    assert world.plan(items) == first
    world.live[AT._replace(id="a")] |= {"description": "x"}
    moved = world.plan(items)
    assert (moved.wanted, moved.known) == (first.wanted, first.known)
    assert moved.live != first.live
    other = world.plan(by_address([wanted(P4, "category", "a"), wanted(P4, "category", "b", description="y")]))
    assert other.wanted != first.wanted


def test_a_draft_stays_as_long_as_something_retired_refers_to_it() -> None:
    """A server that checks references deletes nothing that another item points at."""
    other = wanted(P4, "category", "other")
    draft = wanted(P4, "productSpecification", "line", lifecycleStatus="In design")
    lone = wanted(P4, "productSpecification", "lone", lifecycleStatus="In design")
    sold = wanted(P4, "productOffering", "home", lifecycleStatus="Launched", productSpecification=ref("line"))
    study = wanted(P4, "productOffering", "study", lifecycleStatus="In study", productSpecification=ref("line"))
    world = World(PROFILES["strict-v4"])
    world.publish(by_address([other, draft, lone, sold, study]))
    plan = world.publish(by_address([other]), EVERY_BRAKE)
    done = {step.address.id: step.action for step in plan.steps}
    assert done == {"home": Action.RETIRE, "line": Action.RETIRE, "lone": Action.REMOVE, "study": Action.REMOVE}
    assert [[address.id for address in stop.addresses] for stop in plan.stops if stop.brake is Brake.REMOVAL] == [["home"]]
    assert not world.plan(by_address([other])).steps
