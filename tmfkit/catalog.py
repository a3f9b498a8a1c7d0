"""The linked catalog: a summary of every entity in memory, the entities themselves on demand."""

import marshal
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from datetime import datetime
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import NamedTuple, TypeVar, cast
from zoneinfo import ZoneInfo

from tmfkit.model.base import Entity, Key, Lifecycle, Reference, Validity
from tmfkit.model.kinds import KINDS
from tmfkit.model.landscape import Vocabulary
from tmfkit.model.problems import KNOWN
from tmfkit.source.document import Document, Path, locate_depth
from tmfkit.source.text import Span
from tmfkit.source.tree import FileTree

E = TypeVar("E", bound=Entity)

ALL_KEPT = 20_000
"""A catalog of at most this many entities stays unpacked as a whole."""

KEPT_ENTITIES = 4_000
"""How many entities stay unpacked for those who ask again."""


class Link(NamedTuple):
    """A reference as its summary keeps it: the field that it stands in, the kinds that it may name, and the id."""

    field: str
    kinds: tuple[str, ...]
    id: str


class Summary(NamedTuple):
    """What stays in memory of every entity. `origins` are its document and, behind it, those that it extends."""

    key: Key
    title: str
    version: str
    lifecycle: Lifecycle
    valid_for: Validity
    abstract: bool
    broken: bool
    renamed_from: str | None
    links: tuple[Link, ...]
    hash: str
    origins: tuple[Document, ...]
    data: bytes

    @property
    def usable(self) -> bool:
        """Whether there is an entity to look at: neither broken nor a base for others."""
        return not (self.broken or self.abstract)


class Catalog:
    """All entities of a project and what they refer to. Nobody else may assume that all of them are in memory."""

    def __init__(self, summaries: Iterable[Summary], tree: FileTree, zone: ZoneInfo, lost: frozenset[str] = frozenset()) -> None:
        """`summaries` in the order of their keys; `zone` is where a date begins at midnight; `lost` are ids too broken to be known."""
        self.summaries: Mapping[Key, Summary] = MappingProxyType({summary.key: summary for summary in summaries})
        self.tree = tree
        self.zone = zone
        self.lost = lost
        self._unpack = lru_cache(maxsize=KEPT_ENTITIES if len(self.summaries) > ALL_KEPT else None)(self._read)
        self._text = lru_cache(maxsize=16)(self._decode)

    def __len__(self) -> int:
        return len(self.summaries)

    def reworded(self, rework: Callable[[Entity], Entity]) -> "Catalog":
        """The same catalog with each entity as `rework` makes it."""
        other = copy(self)
        other._unpack = lru_cache(maxsize=self._unpack.cache_info().maxsize)(lambda key: _reworked(self.entity(key), rework))
        other.__dict__.pop("vocabulary", None)
        return other

    def of(self, *kinds: str) -> Iterator[Summary]:
        """The usable entities of some kinds, in the order of their ids."""
        return (summary for kind in kinds for summary in self._by_kind.get(kind, ()) if summary.usable)

    def every(self, model: type[E]) -> Iterator[E]:
        """The usable entities of one kind, in the order of their ids."""
        found = (self.get(model, summary.key.id) for summary in self.of(model.KIND))
        return (entity for entity in found if entity is not None)

    def find(self, kinds: Iterable[str], id: str) -> Key | None:
        """The entity of one of the kinds that has this id, broken or not."""
        for kind in kinds:
            found = self.summaries.get(Key(kind, id))
            if found is not None:
                return found.key
        return None

    def ids(self, kinds: tuple[str, ...]) -> list[str]:
        """The ids of all entities of some kinds, broken ones too."""
        return [summary.key.id for kind in kinds for summary in self._by_kind.get(kind, ())]

    def entity(self, key: Key) -> Entity | None:
        """The entity, or None where there is none or its declaration is broken."""
        return self._unpack(key)

    def get(self, model: type[E], id: object) -> E | None:
        """The entity of one kind with this id; None for what is missing, broken, abstract or outside the repository."""
        return cast("E | None", self._unpack(Key(model.KIND, id))) if isinstance(id, str) else None

    def referrers(self, key: Key) -> tuple[Key, ...]:
        """Who refers to an entity, in the order of their keys."""
        return tuple(self._referrers.get(key, ()))

    def by_neighbourhood(self) -> list[Key]:
        """All keys, each followed by what it refers to: whoever walks in this order finds neighbours that are still unpacked."""
        found: dict[Key, None] = {}
        for start in sorted(self.summaries):
            waiting = [start]
            while waiting:
                key = waiting.pop()
                if key not in found:
                    found[key] = None
                    waiting += (target for _, target in self.targets(key) if target not in found)
        return list(found)

    def prepare(self) -> None:
        """Builds the indexes now, so that forked processes share them instead of each building its own."""
        _ = self._by_kind, self._referrers, self.vocabulary

    def targets(self, key: Key) -> tuple[tuple[Link, Key], ...]:
        """What an entity refers to, as far as it exists."""
        return self._targets.get(key, ())

    def holds(self, summary: Summary, moment: datetime) -> bool:
        """Whether an entity is valid at a moment."""
        return summary.valid_for.holds(moment, self.zone)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The closed sets of the catalog; empty ones where nobody wrote a vocabulary."""
        first = next(self.of(Vocabulary.KIND), None)
        entity = self.entity(first.key) if first else None
        return entity if isinstance(entity, Vocabulary) else Vocabulary(kind=Vocabulary.KIND)

    def span(self, key: Key, path: Path, *, at_key: bool = False) -> Span:
        """Where a part of an entity is written: in its own document, or in that of the base that says it."""
        return self.place(self.summaries[key], path, at_key=at_key)

    def reference_span(self, key: Key, reference: Reference) -> Span:
        """Where a reference is written: the id itself, be it a value or the name of a part."""
        return self.span(key, reference.path, at_key=reference.path[-1] == reference.id)

    def place(self, summary: Summary, path: Path, *, at_key: bool = False) -> Span:
        """As `span`, also for a declaration that did not make it into the catalog."""
        best: tuple[Span, int] | None = None
        for document in summary.origins:
            place = locate_depth(document, self._text(document.file), path, at_key=at_key)
            if best is None or place[1] > best[1]:
                best = place
        assert best is not None
        return best[0]

    @cached_property
    def _by_kind(self) -> Mapping[str, list[Summary]]:
        rows: dict[str, list[Summary]] = defaultdict(list)
        for key in sorted(self.summaries):
            rows[key.kind].append(self.summaries[key])
        return rows

    @cached_property
    def _targets(self) -> Mapping[Key, tuple[tuple[Link, Key], ...]]:
        return {key: found for key, summary in self.summaries.items() if (found := tuple(self._resolved(summary)))}

    def _resolved(self, summary: Summary) -> Iterator[tuple[Link, Key]]:
        for link in summary.links:
            target = self.find(link.kinds, link.id)
            if target is not None:
                yield link, target

    @cached_property
    def _referrers(self) -> Mapping[Key, list[Key]]:
        rows: dict[Key, list[Key]] = defaultdict(list)
        for key in sorted(self.summaries):
            for target in {target: None for _, target in self.targets(key)}:
                rows[target].append(key)
        return rows

    def _read(self, key: Key) -> Entity | None:
        summary = self.summaries.get(key)
        if summary is None or not summary.usable:
            return None
        return KINDS[key.kind].model.model_validate(marshal.loads(summary.data), context=KNOWN)

    def _decode(self, file: str) -> str:
        return self.tree.read(file).decode("utf-8-sig", "replace")


def _reworked(entity: Entity | None, rework: Callable[[Entity], Entity]) -> Entity | None:
    return None if entity is None else rework(entity)
