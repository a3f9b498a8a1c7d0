"""What a rule is: a code, what it looks at, and a function that finds."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from tmfkit.catalog import Catalog
from tmfkit.diagnostics.model import Severity
from tmfkit.model.base import Entity, Key
from tmfkit.source.document import Path


@dataclass(frozen=True, slots=True)
class Place:
    """A second part of the catalog that a finding is about."""

    message: str
    key: Key
    path: Path = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule says: the fact, the part of the entity concerned, and the way out. The engine finds the line.

    `at_key` points at a key instead of its value. `key` is needed only where the finding is about another entity than the one looked at.
    """

    path: Path
    message: str
    help: str = ""
    note: str = ""
    related: tuple[Place, ...] = ()
    at_key: bool = False
    key: Key | None = None


@dataclass(frozen=True, slots=True)
class EntityRule:
    """Looks at one entity alone; runs while the entity is loaded."""

    code: str
    name: str
    models: tuple[type[Entity], ...]
    check: Callable[[Any], Iterator[Finding]]
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class NeighbourRule:
    """Looks at one entity and what it refers to, or what refers to it."""

    code: str
    name: str
    models: tuple[type[Entity], ...]
    check: Callable[[Any, Catalog], Iterator[Finding]]
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class CatalogRule:
    """Looks at the whole catalog, beginning with the summaries; every finding names its entity by `key`."""

    code: str
    name: str
    check: Callable[[Catalog], Iterator[Finding]]
    severity: Severity = Severity.ERROR


Rule: TypeAlias = EntityRule | NeighbourRule | CatalogRule


def page(rule: Rule) -> str:
    """What `explain` shows: the docstring of the rule's file."""
    return sys.modules[rule.check.__module__].__doc__ or ""
