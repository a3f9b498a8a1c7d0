"""What is never done without somebody saying that it is meant: each brake holds, has a limit, and is lifted by its name alone."""

from __future__ import annotations

from typing import Any

import pytest

from tests.plan.world import EVERY_BRAKE, P4, P5, S4, World, by_address, wanted
from tmfkit.plan.states import Wanted
from tmfkit.plan.steps import Action, Brake, Plan
from tmfkit.remote.profiles import PROFILES
from tmfkit.tmf.addresses import Address


def categories(count: int) -> list[Wanted]:
    return [wanted(P4, "category", f"c{number:03}") for number in range(count)]


def published(items: list[Wanted], after: list[Wanted], allow: frozenset[Brake] = frozenset()) -> Plan:
    """The plan for a catalog, after another one was published."""
    world = World(PROFILES["v5"])
    world.publish(by_address(items), EVERY_BRAKE)
    return world.plan(by_address(after), allow)


def holding(plan: Plan) -> list[Brake]:
    return [stop.brake for stop in plan.stops if not stop.lifted]


@pytest.mark.parametrize(
    ("before", "after", "held"),
    [
        (100, 80, True),
        (100, 81, False),
        (25, 20, False),
        (24, 18, True),
        (10, 5, False),
        (10, 4, True),
        (6, 5, False),
        (3, 0, True),
        (10, 20, False),
    ],
)
def test_a_catalog_that_shrinks(before: int, after: int, held: bool) -> None:
    assert (Brake.SHRINK in holding(published(categories(before), categories(after)))) is held


def test_an_api_that_becomes_empty_counts_alone() -> None:
    before = [*categories(50), wanted(S4, "serviceCategory", "s", lifecycleStatus="In study")]
    plan = published(before, categories(50))
    assert [stop.message for stop in plan.stops] == ["TMF633 v4.0 shrinks from 1 item to 0"]


@pytest.mark.parametrize(("kept", "held"), [(0, True), (9, True), (10, False)])
def test_a_catalog_that_has_little_of_what_was_published_may_be_another_one(kept: int, held: bool) -> None:
    strangers = [wanted(P4, "category", f"other-{number}") for number in range(20)]
    plan = published(categories(20), [*categories(kept), *strangers])
    count = kept or "none"
    message = f"TMF620 v4.1: of 20 items that were published the catalog has {count}; is this the state folder of another catalog?"
    assert [stop.message for stop in plan.stops if stop.brake is Brake.SHRINK] == [message] * held
    assert {address.id for stop in plan.stops for address in stop.addresses} == {f"c{number:03}" for number in range(kept, 20) if held}


@pytest.mark.parametrize(
    ("there", "message"),
    [
        (10, "nothing was published from here, and the server has all 10 items already: if the state was lost, put it back"),
        (8, "nothing was published from here, and the server has 8 of 10 items already: if the state was lost, put it back"),
        (7, "7 items are on the server already and were not made by tmfkit: "),
    ],
)
def test_a_state_that_was_lost_is_taken_for_one(there: int, message: str) -> None:
    world = World(PROFILES["embedded"])
    for number in range(there):
        world.live[Address(P4, "category", f"c{number:03}")] = {"id": f"c{number:03}", "name": "C"}
    (stop,) = world.plan(by_address(categories(10))).stops
    assert stop.brake is Brake.UNMANAGED
    assert stop.message.startswith(message)
    assert len(stop.addresses) == there


def test_what_was_retired_before_does_not_count() -> None:
    world = World(PROFILES["v5"])
    world.publish(by_address(categories(100)))
    world.publish(by_address(categories(10)), EVERY_BRAKE)
    assert world.plan(by_address(categories(10))).stops == ()
    assert holding(world.plan(by_address(categories(3)))) == [Brake.SHRINK]


def test_an_empty_catalog_is_refused() -> None:
    nothing = World(PROFILES["v5"]).plan({}, EVERY_BRAKE)
    assert nothing.held
    assert nothing.troubles == ("the catalog has nothing that the APIs of this target keep: there is nothing to publish",)
    plan = published(categories(4), [])
    assert [stop.message for stop in plan.stops] == ["the catalog is empty, and 4 items were published"]
    assert plan.held
    assert not published(categories(4), [], frozenset({Brake.SHRINK})).held


def price(value: float | None, unit: str = "EUR", **more: Any) -> Wanted:
    amount = {} if value is None else {"price": {"value": value, "unit": unit}}
    return wanted(P5, "productOfferingPrice", "fee", **amount, **more)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (price(50.0), price(40.0), "1 price falls by 20 % or more: fee 50.00 EUR -> 40.00 EUR (-20 %)"),
        (price(50.0), price(40.01), ""),
        (price(50.0), price(0), "1 price falls by 20 % or more: fee 50.00 EUR -> 0.00 EUR (-100 %)"),
        (price(0.0004), price(0.0001), "1 price falls by 20 % or more: fee 0.0004 EUR -> 0.0001 EUR (-75 %)"),
        (price(40.0), price(50.0), ""),
        (price(-10.0), price(-20.0), "1 price falls by 20 % or more: fee -10.00 EUR -> -20.00 EUR (-100 %)"),
        (price(-20.0), price(-10.0), ""),
        (price(0), price(-1), "1 price falls by 20 % or more: fee 0.00 EUR -> -1.00 EUR"),
        (price(50.0), price(10.0, "SEK"), ""),
        (price(50.0), price(None, percentage=5), ""),
        (price(None), price(1.0), ""),
    ],
)
def test_a_price_that_falls(before: Wanted, after: Wanted, words: str) -> None:
    assert [stop.message for stop in published([before], [after]).stops] == ([words] if words else [])


def test_a_price_is_compared_with_what_the_server_charges() -> None:
    world = World(PROFILES["v5"])
    items = by_address([price(50.0)])
    world.publish(items)
    world.at(price(50.0))["price"] = {"value": 100.0, "unit": "EUR"}
    assert holding(world.plan(items)) == [Brake.PRICE_DROP]


@pytest.mark.parametrize(("status", "held"), [("Launched", True), ("Active", True), ("In test", False)])
def test_an_offering_that_leaves(status: str, held: bool) -> None:
    kept = wanted(P4, "productOffering", "kept")
    plan = published([kept, wanted(P4, "productOffering", "home", lifecycleStatus=status)], [kept])
    assert [stop.message for stop in plan.stops] == ["1 offering that was launched leaves the catalog: home"] * held
    assert [step.action for step in plan.steps] == [Action.RETIRE if held else Action.REMOVE]


def test_other_things_may_leave() -> None:
    kept = wanted(P4, "category", "kept")
    assert published([kept, wanted(P4, "productSpecification", "line")], [kept]).stops == ()


def everything() -> World:
    """A world in which every brake holds."""
    world = World(PROFILES["v5"])
    offerings = [wanted(P4, "productOffering", f"o{number}") for number in range(10)]
    items = [*offerings, price(50.0), wanted(P5, "category", "both", description="a")]
    world.publish(by_address(items))
    world.at(items[-1])["description"] = "b"
    new = wanted(P4, "category", "new")
    world.live[new.address] = {"id": "new", "name": "Made by hand"}
    return world


AFTER = by_address([price(5.0), wanted(P5, "category", "both", description="c"), wanted(P4, "category", "new")])


def test_every_brake_holds() -> None:
    assert set(holding(everything().plan(AFTER))) == set(Brake)


@pytest.mark.parametrize("brake", Brake)
def test_a_brake_is_lifted_by_its_own_name_alone(brake: Brake) -> None:
    world = everything()
    assert set(holding(world.plan(AFTER, frozenset({brake})))) == set(Brake) - {brake}
    plan = world.plan(AFTER, EVERY_BRAKE - {brake})
    assert holding(plan) == [brake]
    assert plan.held
    assert plan.allowed == EVERY_BRAKE - {brake}


def test_of_a_conflict_that_is_allowed_the_catalog_wins() -> None:
    plan = everything().plan(AFTER, EVERY_BRAKE)
    assert not plan.held
    step = next(step for step in plan.steps if step.address.id == "both")
    assert (step.action, step.note) == (Action.UPDATE, "changed in the catalog and on the server: `description`; the catalog wins")
