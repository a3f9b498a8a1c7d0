"""Makes one catalog of all declarations: inheritance settled, every id once, every reference resolved."""

from collections.abc import Iterator
from dataclasses import replace
from zoneinfo import ZoneInfo

from tmfkit.catalog import Catalog
from tmfkit.diagnostics.model import Diagnostic, Outcome
from tmfkit.link.cycles import cycles
from tmfkit.link.inherit import Heritage, Inherited
from tmfkit.link.resolve import bases_in_use, duplicates, namesakes, once, unresolved
from tmfkit.load.load import Heir, Inspect, Loaded, inspected
from tmfkit.load.parse import Declaration, declare, summarize
from tmfkit.source.tree import FileTree


def link(loaded: Loaded, tree: FileTree, zone: ZoneInfo, inspect: Inspect) -> Outcome[Catalog]:
    """The catalog, and what is wrong between its entities; `inspect` sees each entity that extends another once it is whole."""
    heirs = list(_heirs(loaded))
    kept, again = once([*loaded.summaries, *map(summarize, heirs)])
    lost = frozenset(loaded.lost)
    catalog = Catalog(sorted(kept, key=lambda summary: summary.key), tree, zone, lost)
    found = [*duplicates(catalog, again)]
    for heir in heirs:
        found += _inspect(catalog, heir, inspect)
    found += namesakes(catalog)
    found += bases_in_use(catalog)
    found += unresolved(catalog, lost)
    found += cycles(catalog)
    return Outcome(catalog, tuple(found))


def _heirs(loaded: Loaded) -> Iterator[Declaration]:
    bases = {summary.key: summary for summary in reversed(loaded.summaries)}
    heirs = {heir.key: heir for heir in reversed(loaded.heirs)}
    heritage = Heritage(bases, heirs, frozenset(loaded.lost))
    return (_whole(heir, heritage.of(heir)) for heir in loaded.heirs)


def _whole(heir: Heir, inherited: Inherited) -> Declaration:
    if len(inherited.origins) == 1:
        return Declaration(heir.key, heir.fields, inherited.origins, None, inherited.problems, broken=True)
    declaration = declare(heir.key, inherited.fields, inherited.origins, broken=bool(inherited.problems))
    return replace(declaration, problems=(*inherited.problems, *declaration.problems))


def _inspect(catalog: Catalog, declaration: Declaration, inspect: Inspect) -> Iterator[Diagnostic]:
    summary = summarize(declaration)
    return inspected(declaration, inspect, lambda path, at_key: catalog.place(summary, path, at_key=at_key))
