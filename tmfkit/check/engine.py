"""Runs every rule where its scope says, and turns what it finds into diagnostics."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial

from tmfkit.catalog import Catalog
from tmfkit.diagnostics.model import Diagnostic, Related, Severity
from tmfkit.load.load import SpanOf
from tmfkit.load.parse import Declaration
from tmfkit.model.base import Key
from tmfkit.rules import RULES
from tmfkit.rules.base import CatalogRule, EntityRule, Finding, NeighbourRule, Rule
from tmfkit.rules.sets import SILENT
from tmfkit.source.document import Path
from tmfkit.source.text import Span

PlaceOf = Callable[[Key, Path, bool], Span]


def inspect_entity(declaration: Declaration, span_of: SpanOf, *, silent: frozenset[str] = SILENT) -> Iterator[Diagnostic]:
    """What the rules of entity scope find in an entity that was just read; rules whose code is `silent` do not even run."""
    entity = declaration.entity
    if entity is None or declaration.broken or entity.abstract:
        return
    place_of = partial(_own_place, span_of)
    for rule in _entity_rules(type(entity).KIND, silent):
        for finding in rule.check(entity):
            yield _diagnostic(rule.code, rule.severity, declaration.key, finding, place_of)


def inspect_neighbours(catalog: Catalog, keys: Sequence[Key], *, silent: frozenset[str] = SILENT) -> list[Diagnostic]:
    """What the rules of neighbour scope find in some of the entities."""
    found: list[Diagnostic] = []
    for key in keys:
        rules = _neighbour_rules(key.kind, silent)
        entity = catalog.entity(key) if rules else None
        if entity is None:
            continue
        for rule in rules:
            found.extend(diagnostic(catalog, rule, key, finding) for finding in rule.check(entity, catalog))
    return found


def inspect_catalog(catalog: Catalog, *, silent: frozenset[str] = SILENT) -> Iterator[Diagnostic]:
    """What the rules find that look at the whole catalog."""
    for rule in RULES:
        if isinstance(rule, CatalogRule) and rule.code not in silent:
            for finding in rule.check(catalog):
                assert finding.key is not None, f"{rule.code} names no entity"
                yield diagnostic(catalog, rule, finding.key, finding)


def diagnostic(catalog: Catalog, rule: Rule, key: Key, finding: Finding) -> Diagnostic:
    """A rule's finding with its places."""
    return located(catalog, rule.code, rule.severity, key, finding)


def located(catalog: Catalog, code: str, severity: Severity, key: Key, finding: Finding) -> Diagnostic:
    """A finding about an entity of the catalog, by whomever it was found, with its places."""
    return _diagnostic(code, severity, key, finding, lambda whose, path, at_key: catalog.span(whose, path, at_key=at_key))


def _diagnostic(code: str, severity: Severity, key: Key, finding: Finding, place_of: PlaceOf) -> Diagnostic:
    span = place_of(finding.key or key, finding.path, finding.at_key)
    related = tuple(Related(place.message, place_of(place.key, place.path, False)) for place in finding.related)
    return Diagnostic(code, severity, finding.message, span, finding.note, finding.help, related)


def _own_place(span_of: SpanOf, key: Key, path: Path, at_key: bool) -> Span:
    return span_of(path, at_key)


@cache
def _entity_rules(kind: str, silent: frozenset[str]) -> Sequence[EntityRule]:
    return [rule for rule in RULES if isinstance(rule, EntityRule) and rule.code not in silent and _looks_at(rule, kind)]


@cache
def _neighbour_rules(kind: str, silent: frozenset[str]) -> Sequence[NeighbourRule]:
    return [rule for rule in RULES if isinstance(rule, NeighbourRule) and rule.code not in silent and _looks_at(rule, kind)]


def _looks_at(rule: EntityRule | NeighbourRule, kind: str) -> bool:
    return any(kind == model.KIND for model in rule.models)
