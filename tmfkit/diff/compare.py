"""Tells what differs in meaning between two states of a catalog."""

import json
import marshal
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tmfkit.catalog import Catalog, Summary
from tmfkit.diff.bundles import COMPARED, compile_alike, in_one_form, published_ids
from tmfkit.diff.change import Change, Impact, Kind, Reach
from tmfkit.diff.impact import graded
from tmfkit.diff.likeness import likely_renames
from tmfkit.diff.ordering import NOTED, only_new_ones
from tmfkit.diff.places import place
from tmfkit.diff.renames import renames, under_new_names
from tmfkit.diff.sorts import Both, sort_of
from tmfkit.diff.tree import Branch, said, tree
from tmfkit.diff.walk import Difference, differences
from tmfkit.model.base import Entity, Key
from tmfkit.source.text import whole_file

PUBLISHED = "published"
"""The path of a change that shows only in what is published: in the ids of single prices, or in what others make of an entity."""

TIMEZONE = Key("Project", "tmfkit.yaml")
"""What a change of the time zone is a change of."""


def compare(before: Catalog, after: Catalog) -> tuple[Change, ...]:
    """All that changed, in the order of kinds, ids and the language.

    Empty exactly when both states compile to the same in their one form (`canonical_bundle`): the payloads of all dialects and the
    pricing file, without stamps and whatever the order of lists, plus systems and the vocabulary, which no payload carries. So
    comments, order, files, spellings of one value, `extends` and defaults that are written out change nothing. Entities whose data
    has the same hash are never looked at. Broken entities cannot be compared and are left out; they have findings of their own.
    """
    pair = _Pair(before, after)
    gone = {key: pair.shown(key, later=False) for key in pair.keys(before, after) if key not in pair.renamed}
    come = {key: pair.shown(key, later=True) for key in pair.keys(after, before) if key not in pair.renamed.values()}
    found = [*_timezone(before, after)]
    found += [_entity(pair, Kind.REMOVED, key, gone[key]) for key in gone]
    found += [_entity(pair, Kind.ADDED, key, come[key]) for key in come]
    found += [_suggested(pair, old, new) for old, new in likely_renames(gone, come)]
    found += [_renamed(pair, old, new) for old, new in pair.renamed.items()]
    for old, new in pair.candidates():
        found += _changed(pair, old, new)
    return tuple(sorted(found, key=lambda change: (change.key, change.path.split("/"), change.kind)))


@dataclass(frozen=True)
class _Pair:
    """Two states of a catalog, and those of their entities that may differ."""

    before: Catalog
    after: Catalog

    @cached_property
    def renamed(self) -> Mapping[Key, Key]:
        return renames(self.before, self.after)

    @cached_property
    def reworded(self) -> tuple[Catalog, Catalog]:
        return in_one_form(self.before), in_one_form(self.after)

    def keys(self, here: Catalog, there: Catalog) -> list[Key]:
        """The keys that only one of two states has, and those that one of them only uses as a base."""
        return [key for key, summary in sorted(here.summaries.items()) if _counts(summary) and _is_absent(there, key)]

    def candidates(self) -> Iterator[tuple[Key, Key]]:
        """Entities of both states whose data is not the same, under the key that each state has for them."""
        for key, summary in sorted(self.before.summaries.items()):
            new = self.renamed.get(key, key)
            other = self.after.summaries.get(new)
            if other and _counts(summary) and _counts(other) and (key != new or self._other_zone or _says_otherwise(summary, other)):
                yield key, new

    @property
    def _other_zone(self) -> bool:
        return self.before.zone.key != self.after.zone.key

    def tree(self, key: Key, *, later: bool) -> Branch:
        catalog = self.reworded[later]
        entity = catalog.entity(key)
        assert entity is not None
        found = tree(entity, catalog)
        return found if later or not self.renamed else under_new_names(found, self.renamed)

    def shown(self, key: Key, *, later: bool) -> Any:
        return said(self.tree(key, later=later))

    def both(self, old: Key, new: Key) -> Both:
        first, second = (catalog.entity(key) for catalog, key in zip(self.reworded, (old, new), strict=True))
        return Both(first, second)


def _counts(summary: Summary) -> bool:
    return summary.usable and summary.key.kind in COMPARED


def _says_otherwise(summary: Summary, other: Summary) -> bool:
    """Whether the data differs; the hash of one and the same may differ too, since it covers how the data lies in memory."""
    if summary.hash == other.hash:
        return False
    old, new = (json.dumps(marshal.loads(one.data)) for one in (summary, other))
    return old != new


def _is_absent(catalog: Catalog, key: Key) -> bool:
    """A broken declaration still declares: what became of it is unknown."""
    return key not in catalog.summaries or catalog.summaries[key].abstract


def _changed(pair: _Pair, old: Key, new: Key) -> Iterator[Change]:
    both = pair.both(old, new)
    found = list(differences(pair.tree(old, later=False), pair.tree(new, later=True)))
    if found and old == new and _compiles_to_the_same(pair, old, new) and _reaches_nobody_else(pair, old):
        return
    if not found and not _is_published_otherwise(pair, old, new):
        return
    if not found:
        found = [_published(pair, old, new)]
    for difference in found:
        yield _graded(pair, old, new, difference, both)


def _compiles_to_the_same(pair: _Pair, old: Key, new: Key) -> bool:
    before, after = pair.reworded
    return compile_alike((old, before), (new, after))


def _reaches_nobody_else(pair: _Pair, key: Key) -> bool:
    """Whether nothing that refers to an entity compiles to something else; asked only of entities that themselves do not."""
    others = {*pair.before.referrers(key), *pair.after.referrers(key)}
    return all(_is_the_same(pair, other) for other in others)


def _is_the_same(pair: _Pair, key: Key) -> bool:
    rows = [key in catalog.summaries and _counts(catalog.summaries[key]) for catalog in pair.reworded]
    return rows[0] == rows[1] and (not rows[0] or _compiles_to_the_same(pair, key, key))


def _is_published_otherwise(pair: _Pair, old: Key, new: Key) -> bool:
    """Whether an entity that says the same compiles to something else all the same, and not because its neighbours changed."""
    earlier = pair.reworded[0].entity(old)
    if earlier is None or old != new or any(target in pair.renamed for _, target in pair.before.targets(old)):
        return False
    after = pair.reworded[1]
    as_before = after.reworded(lambda entity: earlier if entity.key == new else entity)
    return not compile_alike((new, as_before), (new, after))


def _published(pair: _Pair, old: Key, new: Key) -> Difference:
    """What is published changes although the entity says the same: mostly the ids of single prices."""
    before, after = (frozenset(published_ids(key, catalog)) for catalog, key in zip(pair.reworded, (old, new), strict=True))
    return Difference(Kind.CHANGED, (PUBLISHED,), sorted(before - after), sorted(after - before))


def _graded(pair: _Pair, old: Key, new: Key, difference: Difference, both: Both) -> Change:
    path = "/".join(difference.path)
    sort = sort_of(new.kind, difference, both)
    impact, reach, reason = graded(new.kind, path, sort, difference, both)
    states = zip((both.before, both.after), pair.reworded, strict=True)
    if only_new_ones(impact, reach, new.kind, path, *states):
        reach, reason = Reach.NEW, f"{reason} {NOTED}"
    here, key = (pair.before, old) if difference.kind is Kind.REMOVED else (pair.after, new)
    label = "" if len(difference.path) == len(difference.place) else str(difference.path[-1])
    span = place(here, key, tuple(map(str, difference.place)), label)
    return Change(difference.kind, new, path, difference.before, difference.after, impact, reach, span, reason)


def _entity(pair: _Pair, kind: Kind, key: Key, content: Any) -> Change:
    later = kind is Kind.ADDED
    entity: Entity | None = pair.reworded[later].entity(key)
    both = Both(None, entity) if later else Both(entity, None)
    difference = Difference(kind, (), None if later else content, content if later else None)
    impact, reach, reason = graded(key.kind, "", sort_of(key.kind, difference, both), difference, both)
    here = pair.after if later else pair.before
    return Change(kind, key, "", difference.before, difference.after, impact, reach, place(here, key, ()), reason)


def _renamed(pair: _Pair, old: Key, new: Key) -> Change:
    difference = Difference(Kind.RENAMED, (), old.id, new.id)
    both = pair.both(old, new)
    impact, reach, reason = graded(new.kind, "", sort_of(new.kind, difference, both), difference, both)
    return Change(Kind.RENAMED, new, "", old.id, new.id, impact, reach, place(pair.after, new, ("renamedFrom",)), reason)


def _suggested(pair: _Pair, old: Key, new: Key) -> Change:
    reason = f"It says nearly the same as `{old.id}`, which is gone: if it is that one under a new id, add `renamedFrom: {old.id}`."
    span = place(pair.after, new, ())
    return Change(Kind.SUGGESTED, new, "renamedFrom", old.id, new.id, Impact.COSMETIC, Reach.NOBODY, span, reason)


def _timezone(before: Catalog, after: Catalog) -> Iterator[Change]:
    if before.zone.key != after.zone.key:
        reason = "Every date of the catalog begins at another moment."
        span = whole_file(TIMEZONE.id)
        zones = before.zone.key, after.zone.key
        yield Change(Kind.CHANGED, TIMEZONE, "timezone", *zones, Impact.COMMERCIAL, Reach.BASE, span, reason)
