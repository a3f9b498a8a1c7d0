"""In which order a plan is carried out: nothing before what it needs, whatever refers to what."""

from __future__ import annotations

from time import process_time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.plan.world import EVERY_BRAKE, P4, P5, R4, S4, World, by_address, ref, wanted
from tmfkit.plan.circles import circles, closing, depths
from tmfkit.plan.states import Wanted
from tmfkit.plan.steps import Action, Step
from tmfkit.remote.profiles import PROFILES

GRAPHS = st.integers(1, 12).flatmap(
    lambda size: st.dictionaries(st.integers(0, size - 1), st.lists(st.integers(0, size - 1), max_size=4)).map(lambda needs: (size, needs))
)


def reaches(start: int, needs: dict[int, list[int]]) -> set[int]:
    found: set[int] = set()
    waiting = [start]
    while waiting:
        new = set(needs.get(waiting.pop(), ())) - found
        found |= new
        waiting += new
    return found


@given(GRAPHS)
def test_circles_are_what_reaches_itself_through_others(graph: tuple[int, dict[int, list[int]]]) -> None:
    size, needs = graph
    numbers = circles(range(size), needs)
    for one in range(size):
        for other in range(size):
            together = one != other and other in reaches(one, needs) and one in reaches(other, needs)
            assert together == (one != other and one in numbers and numbers[one] == numbers.get(other))


@given(GRAPHS)
def test_without_what_closes_a_circle_there_is_none(graph: tuple[int, dict[int, list[int]]]) -> None:
    size, needs = graph
    gone = set(closing(range(size), needs))
    left = {node: [target for target in targets if (node, target) not in gone] for node, targets in needs.items()}
    assert all(node not in reaches(node, left) for node in range(size))
    level = depths(range(size), left)
    assert all(level[target] < level[node] for node, targets in left.items() for target in targets)
    if all(node not in reaches(node, needs) for node in range(size)):
        assert not gone


@pytest.mark.parametrize("count", [20_000])
def test_a_long_chain_and_a_large_ring_take_no_time(count: int) -> None:
    chain = {number: [number + 1] for number in range(count - 1)}
    began = process_time()
    assert depths(range(count), chain)[0] == count - 1
    assert len(circles(range(count), {**chain, count - 1: [0]})) == count
    assert list(closing(range(count), {**chain, count - 1: [0]})) == [(count - 1, 0)]
    assert process_time() - began < 3


def levels(*items: Wanted) -> dict[str, tuple[int, tuple[str, ...]]]:
    """The level of each item, and what is written later, when all of them are new."""
    plan = World(PROFILES["minting"]).plan(by_address(items))
    return {f"{step.address.resource}/{step.address.id}": (step.level, step.later) for step in plan.steps}


def test_what_others_refer_to_comes_first() -> None:
    found = levels(
        wanted(P5, "productOffering", "pack", bundledProductOffering=[ref("home")]),
        wanted(P5, "productOffering", "home", productSpecification=ref("fibre"), productOfferingPrice=[ref("fee")]),
        wanted(P5, "productOfferingPrice", "fee", prodSpecCharValueUse=[{"name": "a", "productSpecification": ref("fibre")}]),
        wanted(P5, "productSpecification", "fibre", serviceSpecification=[ref("access")]),
        wanted(S4, "serviceSpecification", "access", serviceSpecRelationship=[ref("line")]),
        wanted(S4, "serviceSpecification", "line", resourceSpecification=[ref("ont")]),
        wanted(R4, "resourceSpecification", "ont"),
    )
    assert [name for name, _ in sorted(found.items(), key=lambda row: row[1])] == [
        "resourceSpecification/ont",
        "serviceSpecification/line",
        "serviceSpecification/access",
        "productSpecification/fibre",
        "productOfferingPrice/fee",
        "productOffering/home",
        "productOffering/pack",
    ]
    assert not any(later for _, later in found.values())


CIRCLES: list[tuple[list[Wanted], dict[str, tuple[str, ...]]]] = [
    (
        [wanted(P4, "category", "c", productOffering=[ref("o")]), wanted(P4, "productOffering", "o", category=[ref("c")])],
        {"c": ("productOffering",)},
    ),
    (
        [
            wanted(P4, "category", "top", subCategory=[ref("low"), ref("other")]),
            wanted(P4, "category", "low", parentId="top"),
            wanted(P4, "category", "other", parentId="top"),
        ],
        {"top": ("subCategory",)},
    ),
    (
        [
            wanted(S4, "serviceCategory", "c", serviceCandidate=[ref("s")]),
            wanted(S4, "serviceCandidate", "s", serviceSpecification=ref("spec"), category=[ref("c")]),
            wanted(S4, "serviceSpecification", "spec"),
        ],
        {"c": ("serviceCandidate",)},
    ),
    (
        [
            wanted(S4, "serviceSpecification", "a", serviceSpecRelationship=[ref("b")]),
            wanted(S4, "serviceSpecification", "b", serviceSpecRelationship=[ref("a")]),
        ],
        {"b": ("serviceSpecRelationship",)},
    ),
    (
        [
            wanted(P4, "productOffering", "a", bundledProductOffering=[ref("b")]),
            wanted(P4, "productOffering", "b", productOfferingRelationship=[ref("a", relationshipType="excludes")]),
        ],
        {"b": ("productOfferingRelationship",)},
    ),
    (
        [wanted(P4, "productOffering", "a", productOfferingRelationship=[ref("a", relationshipType="replaces")])],
        {"a": ("productOfferingRelationship",)},
    ),
]


@pytest.mark.parametrize(("items", "later"), CIRCLES, ids=lambda value: ",".join(value) if isinstance(value, dict) else "")
def test_a_circle_is_broken_where_it_costs_least(items: list[Wanted], later: dict[str, tuple[str, ...]]) -> None:
    world = World(PROFILES["minting"])
    plan = world.plan(by_address(items))
    assert {step.address.id: step.later for step in plan.steps if step.later} == later
    world.publish(by_address(items))
    assert not world.plan(by_address(items)).pending


def test_something_new_on_a_shelf_that_exists_is_one_patch() -> None:
    world = World(PROFILES["minting"])
    world.publish(by_address([wanted(P4, "category", "c", description="a")]))
    after = by_address(
        [wanted(P4, "category", "c", description="b", productOffering=[ref("o")]), wanted(P4, "productOffering", "o", category=[ref("c")])]
    )
    steps = world.plan(after).steps
    assert [(step.action, step.address.id, step.level, step.later) for step in steps] == [
        (Action.CREATE, "o", 0, ()),
        (Action.UPDATE, "c", 1, ()),
    ]
    assert steps[1].needs == (steps[0].address,)


def test_what_leaves_goes_last_and_users_before_what_they_use() -> None:
    status = {"lifecycleStatus": "In study"}
    world = World(PROFILES["v5"])
    spec, price = wanted(P4, "productSpecification", "s", **status), wanted(P4, "productOfferingPrice", "p", **status)
    keep = wanted(P4, "productOffering", "keep", productOfferingPrice=[ref("p")])
    gone = wanted(P4, "productOffering", "gone", productSpecification=ref("s"), productOfferingPrice=[ref("p")], **status)
    world.publish(by_address([spec, price, keep, gone]))
    steps = {step.address.id: step for step in world.plan(by_address([wanted(P4, "productOffering", "keep")]), EVERY_BRAKE).steps}
    assert [steps[id].level for id in ("keep", "gone", "p", "s")] == [0, 1, 2, 2]
    assert steps["p"].needs == (gone.address, keep.address)
    assert steps["s"].needs == (gone.address,)


def test_a_circle_can_leave() -> None:
    items = [
        wanted(P4, "category", "a", subCategory=[ref("b")], lifecycleStatus="In study"),
        wanted(P4, "category", "b", parentId="a", lifecycleStatus="In study"),
        wanted(P4, "category", "c"),
    ]
    world = World(PROFILES["v5"])
    world.publish(by_address(items))
    plan = world.plan(by_address(items[2:]))
    assert sorted(step.action for step in plan.steps) == [Action.REMOVE, Action.REMOVE]
    assert len(plan.levels) == 2


RESOURCES: list[tuple[Any, str, dict[str, str]]] = [
    (P4, "category", {"subCategory": "category", "productOffering": "productOffering"}),
    (
        P4,
        "productOffering",
        {"category": "category", "productOfferingPrice": "productOfferingPrice", "bundledProductOffering": "productOffering"},
    ),
    (P4, "productOfferingPrice", {"popRelationship": "productOfferingPrice", "bundledPopRelationship": "productOfferingPrice"}),
]


@settings(max_examples=50)
@given(st.data())
def test_every_tangle_can_be_published(data: st.DataObject) -> None:
    items = []
    for dialect, resource, lists in RESOURCES:
        for number in range(3):
            body = {
                name: [ref(f"{target}{other}") for other in data.draw(st.sets(st.integers(0, 2), max_size=2))]
                for name, target in lists.items()
            }
            items.append(wanted(dialect, resource, f"{resource}{number}", **body))
    world = World(PROFILES["minting"])
    plan = world.publish(by_address(items))
    assert not world.plan(by_address(items)).pending
    assert_in_order(plan.steps)


def assert_in_order(steps: tuple[Step, ...]) -> None:
    level = {step.address: step.level for step in steps}
    assert all(level[need] < step.level for step in steps for need in step.needs)
    assert [step.level for step in steps] == sorted(step.level for step in steps)
