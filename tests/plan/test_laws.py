"""The promises of a plan: published once, nothing is left to do; and whatever a server does to a body without meaning it is no change."""

from __future__ import annotations

from functools import cache

import pytest

from tests.compile.catalogs import ROOT as PROJECT
from tests.plan.world import World
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
    project = open_project(PROJECT).value
    catalog = linked(project).value
    for dialect in Dialect:
        for payload in compile_catalog(catalog, dialect, project.settings)[0].payloads:
            found = {pointer.target for pointer in references(dialect, payload.resource, payload.body)}
            own = {f"{target.resource}/{target.id}" for target in found if target.dialect is dialect}
            assert own == set(payload.requires), payload.id
            assert {target for target in found if target.dialect is not dialect} <= set(operator()), payload.id
