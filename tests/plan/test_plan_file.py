"""A plan that was saved is the same when it is read, and nothing else is taken for one."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.plan.test_brakes import AFTER, everything
from tests.plan.world import EVERY_BRAKE, P4, World, by_address, wanted
from tmfkit.errors import TmfkitError
from tmfkit.plan.canonical import fingerprint
from tmfkit.plan.file import as_file, from_file, moved
from tmfkit.plan.steps import Brake, Plan
from tmfkit.remote.profiles import PROFILES

APIS = (("tmf620-v4", "https://catalog.example/v4/"),)


def plan(allow: frozenset[Brake] = EVERY_BRAKE) -> Plan:
    return replace(everything().plan(AFTER, allow), apis=APIS)


def test_saving_and_reading() -> None:
    for one in (plan(), plan(frozenset())):
        assert from_file(as_file(one), "plan.json") == one
        assert as_file(one) == as_file(from_file(as_file(one).encode(), "plan.json"))


def resealed(data: dict[str, Any]) -> str:
    data = {name: value for name, value in data.items() if name != "digest"}
    return json.dumps({**data, "digest": fingerprint(data)})


def edited(change: Callable[[dict[str, Any]], object], seal: Callable[[dict[str, Any]], str]) -> str:
    data = json.loads(as_file(plan()))
    change(data)
    return seal(data)


WRONG: dict[str, tuple[str, str]] = {
    "empty": ("", "plan.json is not JSON: it is no plan, or was cut off"),
    "cut off": (as_file(plan())[:400], "plan.json is not JSON: it is no plan, or was cut off"),
    "HTML": ("<html></html>", "plan.json is not JSON: it is no plan, or was cut off"),
    "deep": ("[" * 100_000, "plan.json is not JSON: it is no plan, or was cut off"),
    "a list": ("[]", "plan.json is no plan of tmfkit"),
    "another file": ('{"resources": {}}', "plan.json is no plan of tmfkit"),
    "a later version": (
        edited(lambda data: data.update(formatVersion=9), resealed),
        "plan.json was written by another version of tmfkit: its form is 9, not 1",
    ),
    "edited by hand": (
        edited(lambda data: data["steps"].pop(), json.dumps),
        "plan.json was changed since it was written, and a changed plan is nobody's plan",
    ),
    "a number without end": (
        edited(lambda data: data.update(x=10**400), json.dumps),
        "plan.json was changed since it was written, and a changed plan is nobody's plan",
    ),
    "half a character": (
        edited(lambda data: data.update(x="\ud800"), json.dumps),
        "plan.json was changed since it was written, and a changed",
    ),
    "nested": (
        edited(lambda data: data.update(x=json.loads("[" * 300 + "]" * 300)), json.dumps),
        "plan.json was changed since it was written, and a changed plan is nobody's plan",
    ),
    "without a digest": (edited(lambda data: data.pop("digest"), json.dumps), "plan.json was changed since it was written, and a changed"),
    "a part missing": (edited(lambda data: data.pop("states"), resealed), "plan.json is damaged: a part of it is missing"),
    "an unknown action": (edited(lambda data: data["steps"][0].update(action="burn"), resealed), "damaged: tmfkit knows no `burn`"),
    "an unknown resource": (
        edited(lambda data: data["steps"][0].update(item="tmf620-v4/customer/a"), resealed),
        "damaged: TMF620 v4.1 has no resource `customer`",
    ),
    "no address": (edited(lambda data: data["steps"][0].update(item="a"), resealed), "damaged: a part of it is missing"),
    "a number for a text": (edited(lambda data: data.update(release=4), resealed), "damaged: `4` stands where a text belongs"),
}


@pytest.mark.parametrize(("text", "message"), WRONG.values(), ids=WRONG)
def test_nothing_else_is_taken_for_a_plan(text: str, message: str) -> None:
    with pytest.raises(TmfkitError) as caught:
        from_file(text, "plan.json")
    assert message in caught.value.message
    assert "make the plan again" in caught.value.hint


def test_a_plan_that_still_holds() -> None:
    assert list(moved(plan(), plan())) == []


def world() -> tuple[World, Plan]:
    made = World(PROFILES["v5"])
    made.publish(by_address([wanted(P4, "category", id) for id in "abc"]))
    return made, made.plan(ITEMS)


ITEMS = by_address([wanted(P4, "category", "a", description="new"), *(wanted(P4, "category", id) for id in "bc")])


def test_a_plan_for_another_target_or_place() -> None:
    assert list(moved(plan(), replace(plan(), target="live"))) == ["the plan is for the target `test`, not for `live`"]
    (reason,) = moved(plan(), replace(plan(), apis=(("tmf620-v4", "https://other.example/"),)))
    assert reason == (
        "the addresses of the target are not those that the plan was made for: https://catalog.example/v4/ then, https://other.example/ now"
    )


def test_the_catalog_changed() -> None:
    made, saved = world()
    now = made.plan(by_address([wanted(P4, "category", "a", description="newer"), *(wanted(P4, "category", id) for id in "bc")]))
    assert list(moved(saved, now)) == ["the catalog has changed since the plan was made: Category a"]


def test_the_server_changed() -> None:
    made, saved = world()
    made.at(wanted(P4, "category", "b"))["description"] = "by hand"
    assert list(moved(saved, made.plan(ITEMS))) == ["somebody has changed items on the server since the plan was made: Category b"]


def test_somebody_published() -> None:
    made, saved = world()
    made.publish(ITEMS)
    reasons = list(moved(saved, made.plan(ITEMS)))
    assert reasons == [
        "somebody has published to the target since the plan was made: Category a",
        "somebody has changed items on the server since the plan was made: Category a",
    ]


def test_a_brake_that_was_named_meanwhile_is_no_other_plan() -> None:
    made = World(PROFILES["v5"])
    made.publish(by_address([wanted(P4, "productOffering", id) for id in "ab"]))
    after = by_address([wanted(P4, "productOffering", "a")])
    assert list(moved(made.plan(after), made.plan(after, frozenset({Brake.REMOVAL})))) == []


def test_another_idea_of_the_server_is_another_plan() -> None:
    saved = plan()
    reason, *others = moved(saved, replace(saved, steps=saved.steps[1:]))
    assert reason.startswith("the plan that is made today is another one: ")
    assert not others
