"""Runs the rules that look further than one entity, on all processors where the catalog is large."""

from collections.abc import Iterator, Sequence
from functools import partial

from tmfkit.catalog import Catalog
from tmfkit.check.engine import inspect_catalog, inspect_neighbours
from tmfkit.check.plugins import NOBODY, Guests
from tmfkit.diagnostics.model import Diagnostic
from tmfkit.model.base import Key
from tmfkit.rules.sets import SILENT
from tmfkit.workers import blocks, deal, each, processors

ENTITIES_WORTH_A_PROCESS = 500
NEIGHBOURHOOD = 100
"""Entities that are looked at by one process at a stretch."""


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
