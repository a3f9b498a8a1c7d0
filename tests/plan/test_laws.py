"""The promises of a plan: published once, nothing is left to do; and whatever a server does to a body without meaning it is no change."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.compile.catalogs import ROOT as PROJECT
from tests.plan.world import EVERY_BRAKE, P4, World, by_address, ref, wanted
from tmfkit.compile.compile import compile_catalog
from tmfkit.pipeline import linked
from tmfkit.plan.states import Wanted
from tmfkit.project import open_project
from tmfkit.remote.profiles import ROWS
from tmfkit.tmf.addresses import Address
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.profile import Profile
from tmfkit.tmf.references import references


@cache
def operator() -> dict[Address, Wanted]:
    """Everything that the example operator publishes."""
    project = open_project(PROJECT).value
    catalog = linked(project).value
    items = {}
    for dialect in Dialect:
        for payload in compile_catalog(catalog, dialect, project.settings)[0].payloads:
            address = Address(dialect, payload.resource, payload.id)
            items[address] = Wanted(address, payload.key, payload.body)
    return items


@pytest.mark.parametrize("profile", ROWS, ids=lambda row: row.name)
def test_what_was_published_leaves_nothing_to_do(profile: Profile) -> None:
    world = World(profile)
    plan = world.publish(operator())
    assert len(plan.steps) == len(operator())
    again = world.plan(operator())
    assert (again.steps, again.stops, again.troubles, again.unchanged) == ((), (), (), len(operator()))


def test_references_are_those_of_the_compiler() -> None:
    """What lives outside of the catalog is a reference too; the compiler names only what is its own."""
    project = open_project(PROJECT).value
    catalog = linked(project).value
    for dialect in Dialect:
        bundle, _ = compile_catalog(catalog, dialect, project.settings)
        for payload in bundle.payloads:
            found = {pointer.target for pointer in references(dialect, payload.resource, payload.body)}
            own = {f"{target.resource}/{target.id}" for target in found if target in operator() and target.dialect is dialect}
            assert own == set(payload.requires), payload.id


def test_references_lead_into_other_apis() -> None:
    pairs = {
        (address.dialect, pointer.target.dialect)
        for address, item in operator().items()
        for pointer in references(address.dialect, address.resource, item.body)
        if pointer.target in operator()
    }
    assert {(Dialect.TMF620_V4, Dialect.TMF633_V4), (Dialect.TMF620_V5, Dialect.TMF633_V4), (Dialect.TMF633_V4, Dialect.TMF634_V4)} <= pairs


IDS = ("a", "b", "c")
STATES = st.sampled_from(["In study", "Active", "Launched", "Retired"])


@st.composite
def catalogs(draw: st.DrawFn) -> dict[Address, Wanted]:
    """A small catalog, in which anything may refer to anything."""
    items = []
    for resource, lists in (("category", {"productOffering": "productOffering"}), ("productOffering", {"category": "category"})):
        for id in draw(st.sets(st.sampled_from(IDS), min_size=1)):
            body: dict[str, Any] = {name: [ref(one) for one in sorted(draw(st.sets(st.sampled_from(IDS))))] for name in lists}
            body |= draw(st.fixed_dictionaries({"lifecycleStatus": STATES}, optional={"description": st.sampled_from(["", "x", "y"])}))
            items.append(wanted(P4, resource, id, **body))
    present = {(item.address.resource, item.address.id) for item in items}
    for item in items:
        for name, value in item.body.items():
            if isinstance(value, list):
                value[:] = [one for one in value if (name, one["id"]) in present]
    return by_address(items)


@settings(max_examples=60)
@given(st.lists(catalogs(), min_size=1, max_size=4), st.sampled_from(ROWS), st.randoms(use_true_random=False))
def test_whatever_was_published_before(states: list[dict[Address, Wanted]], profile: Profile, chance: Any) -> None:
    """Items come, go, change, return and refer to each other in circles, and somebody edits the server in between."""
    world = World(profile)
    for items in states:
        plan = world.plan(items, EVERY_BRAKE)
        assume(not plan.troubles)
        world.publish(items, EVERY_BRAKE)
        again = world.plan(items)
        assert (again.steps, again.troubles) == ((), ())
        if world.live:
            world.live[chance.choice(sorted(world.live))]["description"] = chance.choice(["x", "by hand"])
