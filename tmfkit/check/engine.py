"""Runs every rule where its scope says, and turns what it finds into diagnostics."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from tmfkit.catalog import Catalog
from tmfkit.diagnostics.model import Diagnostic, Related, Severity
from tmfkit.load.load import SpanOf
from tmfkit.load.parse import Declaration
from tmfkit.model.base import Entity, Key
from tmfkit.rules import RULES
from tmfkit.rules.base import CatalogRule, EntityRule, Finding, NeighbourRule, Rule
from tmfkit.source.document import Path
from tmfkit.source.text import Span

PlaceOf = Callable[[Key, Path, bool], Span]


def inspect_entity(declaration: Declaration, span_of: SpanOf) -> Iterator[Diagnostic]:
    """What the rules of entity scope find in an entity that was just read."""
    entity = declaration.entity
    if entity is None or declaration.broken or entity.abstract:
        return
    place_of = partial(_own_place, span_of)
    for rule in _entity_rules(type(entity)):
        for finding in rule.check(entity):
            yield _diagnostic(rule.code, rule.severity, declaration.key, finding, place_of)


def inspect_neighbours(catalog: Catalog, keys: Sequence[Key]) -> list[Diagnostic]:
    """What the rules of neighbour scope find in some of the entities."""
    found: list[Diagnostic] = []
    for key in keys:
        rules = _neighbour_rules(key.kind)
        entity = catalog.entity(key) if rules else None
        if entity is None:
            continue
        for rule in rules:
            found += (diagnostic(catalog, rule, key, finding) for finding in rule.check(entity, catalog))
    return found


def inspect_catalog(catalog: Catalog) -> Iterator[Diagnostic]:
    """What the rules find that look at the whole catalog."""
    for rule in RULES:
        if isinstance(rule, CatalogRule):
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


def _entity_rules(model: type[Entity]) -> Sequence[EntityRule]:
    return _BY_MODEL.get(model.KIND, ())


def _neighbour_rules(kind: str) -> Sequence[NeighbourRule]:
    return _BY_KIND.get(kind, ())


_BY_MODEL: dict[str, list[EntityRule]] = defaultdict(list)
_BY_KIND: dict[str, list[NeighbourRule]] = defaultdict(list)
for _rule in RULES:
    match _rule:
        case EntityRule():
            for _model in _rule.models:
                _BY_MODEL[_model.KIND].append(_rule)
        case NeighbourRule():
            for _model in _rule.models:
                _BY_KIND[_model.KIND].append(_rule)
        case CatalogRule():
            pass
