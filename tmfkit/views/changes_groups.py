"""Sorts changes for readers: under the category that customers know, what happens to an entity together, alike entities as one."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from tmfkit.catalog import Catalog
from tmfkit.diff.change import Change, Impact, Kind, Reach
from tmfkit.diff.consequences import Consequence
from tmfkit.model.base import Key
from tmfkit.model.products import ProductOffering
from tmfkit.views.changes_words import Names

NETWORK, SYSTEMS, STRUCTURE = "Services and network", "Systems", "The catalog itself"

_ELSEWHERE = {
    "CustomerFacingServiceSpecification": NETWORK,
    "ResourceFacingServiceSpecification": NETWORK,
    "PhysicalResourceSpecification": NETWORK,
    "LogicalResourceSpecification": NETWORK,
    "System": SYSTEMS,
}
_LAST = ("", NETWORK, SYSTEMS, STRUCTURE)


@dataclass(frozen=True, slots=True)
class Entry:
    """Entities that change in the same way: what happens to each, and how grave it is at worst."""

    keys: tuple[Key, ...]
    changes: tuple[Change, ...]
    sentences: tuple[str, ...]
    version: tuple[str, str] | None

    @property
    def impact(self) -> Impact:
        """The gravest of its changes."""
        return max(change.impact for change in self.changes)

    @property
    def reach(self) -> Reach:
        """Whom its changes reach at most."""
        return max(change.reach for change in self.changes)


def grouped(
    changes: Sequence[Change], consequences: Iterable[Consequence], names: Names, tell: Callable[[Change], str]
) -> list[tuple[str, list[Entry]]]:
    """The entries by category, the gravest first: categories of offerings, then what lies below and beside them."""
    reached = {one.key: one.offerings for one in consequences}
    homes: dict[str, list[tuple[Key, list[Change]]]] = defaultdict(list)
    for key, found in groupby(changes, key=lambda change: change.key):
        homes[home(key, reached.get(key, ()), names)].append((key, list(found)))
    rows = [(title, _alike(found, tell)) for title, found in homes.items()]
    return sorted(rows, key=lambda row: (_LAST.index(row[0]) if row[0] in _LAST else 0, row[0]))


def home(key: Key, offerings: Sequence[Key], names: Names) -> str:
    """The title under which an entity is told: its category, or that of the offerings which all share one."""
    if key.kind in _ELSEWHERE:
        return _ELSEWHERE[key.kind]
    if key.kind == ProductOffering.KIND:
        return _category(key, names) or "Offerings without a category"
    found = {_category(one, names) for one in offerings if not _is_bundle(one, names)}
    if len(found) == 1 and (only := found.pop()):
        return only
    return "Products and shared prices" if key.kind in ("ProductSpecification", "ProductOfferingPrice") else STRUCTURE


def _category(key: Key, names: Names) -> str:
    for catalog in (names.after, names.before):
        offering = catalog.get(ProductOffering, key.id)
        if offering is not None and offering.categories:
            return names.called(offering.categories[0], "Category")
    return ""


def _is_bundle(key: Key, names: Names) -> bool:
    return any(offering.is_bundle for offering in _offerings(key, (names.after, names.before)))


def _offerings(key: Key, catalogs: Iterable[Catalog]) -> Iterable[ProductOffering]:
    return (offering for catalog in catalogs if (offering := catalog.get(ProductOffering, key.id)) is not None)


def _alike(rows: Iterable[tuple[Key, list[Change]]], tell: Callable[[Change], str]) -> list[Entry]:
    """Entities of one kind to which the same happens become one entry; the gravest entries stand first."""
    found: dict[tuple[str, Impact, tuple[str, ...]], list[Entry]] = defaultdict(list)
    for key, changes in rows:
        entry = _entry(key, changes, tell)
        found[key.kind, entry.impact, entry.sentences].append(entry)
    entries = [_together(same) for same in found.values()]
    return sorted(entries, key=lambda entry: (-entry.impact.rank, entry.keys))


def _entry(key: Key, changes: list[Change], tell: Callable[[Change], str]) -> Entry:
    version = next(((str(one.before), str(one.after)) for one in changes if one.path == "version"), None)
    others = sorted((one for one in changes if one.path != "version"), key=lambda one: -one.impact.rank)
    sentences = tuple(dict.fromkeys(tell(one) for one in others))
    return Entry((key,), tuple(changes), sentences or (tell(changes[0]),), version if others else None)


def _together(entries: list[Entry]) -> Entry:
    if len(entries) == 1:
        return entries[0]
    versions = {entry.version for entry in entries}
    first = entries[0]
    changes = tuple(change for entry in entries for change in entry.changes)
    return Entry(
        tuple(key for entry in entries for key in entry.keys), changes, first.sentences, versions.pop() if len(versions) == 1 else None
    )


def counted(changes: Iterable[Change]) -> dict[Impact, int]:
    """How many changes there are of each impact, the gravest first; new versions and guesses are none of their own."""
    told = [change.impact for change in changes if change.kind is not Kind.SUGGESTED and change.path != "version"]
    return {impact: told.count(impact) for impact in reversed(Impact) if impact in told}
