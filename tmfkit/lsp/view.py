"""A catalog that remembers what was asked of it, so that an edit re-checks exactly what it can affect."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, TypeAlias, TypeVar, cast

from tmfkit.catalog import Catalog, Link, Summary
from tmfkit.model.base import Entity, Key
from tmfkit.model.landscape import Vocabulary
from tmfkit.source.document import Path
from tmfkit.source.text import Span

E = TypeVar("E", bound=Entity)


class Referrers(NamedTuple):
    """Who refers to an entity."""

    key: Key


class AllOf(NamedTuple):
    """The entities of one kind, all of them."""

    kind: str


class Everything(NamedTuple):
    """The whole catalog."""

    name: str = "everything"


Fact: TypeAlias = Key | Referrers | AllOf | Everything
"""Something about a catalog that an answer depends on; a key stands for the entity, whether there is one or not."""

EVERYTHING = Everything()


class View(Catalog):
    """The same catalog, seen by one who asks: `asked` collects what the answers depended on.

    Whoever keeps results for a catalog keeps those of a view apart from it, so no answer comes from memory unseen.
    """

    def __init__(self, whole: Catalog) -> None:
        self.asked: set[Fact] = set()
        self._whole = whole
        self.summaries = _Summaries(whole.summaries, self.asked)
        self.tree = whole.tree
        self.zone = whole.zone

    def __len__(self) -> int:
        self.asked.add(EVERYTHING)
        return len(self._whole)

    def of(self, *kinds: str) -> Iterator[Summary]:
        """The usable entities of some kinds, in the order of their ids."""
        self.asked.update(map(AllOf, kinds))
        return self._whole.of(*kinds)

    def find(self, kinds: Iterable[str], id: str) -> Key | None:
        """The entity of one of the kinds that has this id, broken or not."""
        names = tuple(kinds)
        self.asked.update(Key(kind, id) for kind in names)
        return self._whole.find(names, id)

    def ids(self, kinds: tuple[str, ...]) -> list[str]:
        """The ids of all entities of some kinds, broken ones too."""
        self.asked.update(map(AllOf, kinds))
        return self._whole.ids(kinds)

    def entity(self, key: Key) -> Entity | None:
        """The entity, or None where there is none or its declaration is broken."""
        self.asked.add(key)
        return self._whole.entity(key)

    def get(self, model: type[E], id: object) -> E | None:
        """The entity of one kind with this id; None for what is missing, broken, abstract or outside the repository."""
        return cast("E | None", self.entity(Key(model.KIND, id))) if isinstance(id, str) else None

    def referrers(self, key: Key) -> tuple[Key, ...]:
        """Who refers to an entity, in the order of their keys."""
        self.asked.add(Referrers(key))
        return self._whole.referrers(key)

    def targets(self, key: Key) -> tuple[tuple[Link, Key], ...]:
        """What an entity refers to, as far as it exists."""
        summary = self.summaries.get(key)
        self.asked.update(Key(kind, link.id) for link in (summary.links if summary else ()) for kind in link.kinds)
        return self._whole.targets(key)

    def place(self, summary: Summary, path: Path, *, at_key: bool = False) -> Span:
        """Where a part of an entity is written."""
        self.asked.add(summary.key)
        return self._whole.place(summary, path, at_key=at_key)

    @property
    def vocabulary(self) -> Vocabulary:
        """The closed sets of the catalog."""
        self.asked.add(AllOf(Vocabulary.KIND))
        return self._whole.vocabulary


class _Summaries(Mapping[Key, Summary]):
    """The summaries of a catalog; whoever walks over them asks for everything."""

    def __init__(self, whole: Mapping[Key, Summary], asked: set[Fact]) -> None:
        self._whole = whole
        self._asked = asked

    def __getitem__(self, key: Key) -> Summary:
        self._asked.add(key)
        return self._whole[key]

    def __contains__(self, key: object) -> bool:
        if isinstance(key, Key):
            self._asked.add(key)
        return key in self._whole

    def __iter__(self) -> Iterator[Key]:
        self._asked.add(EVERYTHING)
        return iter(self._whole)

    def __len__(self) -> int:
        self._asked.add(EVERYTHING)
        return len(self._whole)


def changes(before: Catalog, after: Catalog, files: set[str]) -> set[Fact]:
    """What is different between two catalogs of which these files differ: an answer that asked for none of it is still right."""
    keys = {key for key in {**before.summaries, **after.summaries} if _differs(key, before, after, files)}
    found: set[Fact] = {*keys, *(AllOf(key.kind) for key in keys)}
    near = keys | {target for key in keys for catalog in (before, after) for _, target in catalog.targets(key)}
    found |= {Referrers(key) for key in near if before.referrers(key) != after.referrers(key)}
    return found | {EVERYTHING} if keys else found


def _differs(key: Key, before: Catalog, after: Catalog, files: set[str]) -> bool:
    old, new = before.summaries.get(key), after.summaries.get(key)
    if old is None or new is None:
        return True
    if any(document.file in files for document in new.origins):
        return True
    return old is not new and old != new
