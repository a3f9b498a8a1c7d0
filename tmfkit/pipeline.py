"""The order of the stages: read, link, check, compile."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from tmfkit.catalog import Catalog
from tmfkit.check.engine import inspect_catalog, inspect_entity, inspect_neighbours
from tmfkit.check.plugins import NOBODY, Guests, inspector
from tmfkit.check.verdict import Verdict, judged
from tmfkit.diagnostics.model import Diagnostic, Outcome, in_order
from tmfkit.edit.fixes import with_fixes
from tmfkit.files import Staging
from tmfkit.link.link import link
from tmfkit.load.load import load
from tmfkit.model.base import Key
from tmfkit.project import Project
from tmfkit.rules.sets import SILENT
from tmfkit.workers import Tell, blocks, collector_paused, deal, each, processors, unheard

if TYPE_CHECKING:
    from tmfkit.release import Made

ENTITIES_WORTH_A_PROCESS = 500
NEIGHBOURHOOD = 100
"""Entities that are looked at by one process at a stretch."""


def validate(project: Project, on: date | None = None, tell: Tell = unheard) -> Verdict:
    """The catalog of a project, and everything that is wrong with it; suppressions are held to their dates on a day, if one is given."""
    policy = project.policy
    guests = Guests(policy.plugins, policy.silent)
    inspect = inspector(guests)
    with collector_paused():
        loaded = load(project.tree, inspect, tell)
        tell(f"linking {len(loaded.summaries) + len(loaded.heirs):,} entities")
        linked = link(loaded, project.tree, project.configuration.timezone, inspect)
        tell(f"checking {len(linked.value):,} entities")
        checked = tuple(check(linked.value, policy.silent, guests))
    found = with_fixes(in_order((*loaded.diagnostics, *linked.diagnostics, *checked)), project.tree)
    return judged(linked.value, found, loaded.commented, policy, on)


def linked(project: Project, tell: Tell = unheard) -> Outcome[Catalog]:
    """The catalog of a project for looking something up in it: the rules that look further than one entity have not seen it."""
    with collector_paused():
        loaded = load(project.tree, inspect_entity, tell)
        found = link(loaded, project.tree, project.configuration.timezone, inspect_entity)
    return Outcome(found.value, in_order((*loaded.diagnostics, *found.diagnostics)))


def compile_release(project: Project, catalog: Catalog, *, files: bool = True, hints: bool = True, tell: Tell = unheard) -> "Outcome[Made]":
    """Everything that is made of a catalog, in the project's build folder; when something found is an error, nothing changes there."""
    from tmfkit.release import Order, write_release

    order = Order(project.configuration.dialects, project.settings, files, hints)
    tell(f"compiling {len(catalog):,} entities")
    with collector_paused(), Staging(project.output) as staging:
        outcome = write_release(catalog, order, staging)
        if not outcome.failed:
            staging.commit()
    return Outcome(outcome.value, in_order(outcome.diagnostics))


def check(catalog: Catalog, silent: frozenset[str] = SILENT, guests: Guests = NOBODY) -> Iterator[Diagnostic]:
    """What the rules find that look further than one entity; those whose code is `silent` do not run, `guests` are those of plugins."""
    catalog.prepare()
    keys = blocks(catalog.by_neighbourhood(), NEIGHBOURHOOD)
    jobs = processors() if len(catalog) >= ENTITIES_WORTH_A_PROCESS else 1
    for found in each(partial(_around, catalog, silent, guests), deal(keys, jobs)):
        yield from found
    yield from inspect_catalog(catalog, silent=silent)
    yield from guests.whole(catalog)


def _around(catalog: Catalog, silent: frozenset[str], guests: Guests, hand: Sequence[Sequence[Key]]) -> list[Diagnostic]:
    return [one for near in hand for one in (*inspect_neighbours(catalog, near, silent=silent), *guests.neighbours(catalog, near))]
