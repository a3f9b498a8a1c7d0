"""Release notes of a catalog: what is new, what changes and what goes, in business words, by category."""

from collections.abc import Iterator
from dataclasses import dataclass

from tmfkit.diff.change import Change, Impact, Kind, Reach
from tmfkit.history import Comparison, History, notes
from tmfkit.views.changelog_markdown import Category, Note, Notes
from tmfkit.views.changes_groups import Entry, grouped
from tmfkit.views.changes_phrases import Style, Teller
from tmfkit.views.changes_words import Names

UNTOLD = ("version", "published")
"""Changes that say nothing to somebody who reads release notes."""


@dataclass(frozen=True)
class _Telling:
    """What the notes are told with."""

    names: Names
    teller: Teller


def changelog(history: History, found: Comparison, style: Style) -> Notes:
    """The notes in one style; the title is the release that the later state names."""
    names = Names(history.before.catalog.value, history.after.catalog.value)
    telling = _Telling(names, Teller(names, style))
    changes = [change for change in found.changes if _is_told(change)]
    rows = grouped(changes, found.consequences, names, telling.teller.told)
    categories = [Category(title, tuple(_note(entry, telling) for entry in entries)) for title, entries in rows]
    release = history.after.project.value.configuration.release
    return Notes(release.name, tuple(category for category in categories if category.notes), notes(history))


def _is_told(change: Change) -> bool:
    return change.kind is not Kind.SUGGESTED and change.path not in UNTOLD and change.reach is not Reach.NOBODY


def _note(entry: Entry, telling: _Telling) -> Note:
    titles = tuple(dict.fromkeys(telling.names.distinct(key) for key in entry.keys))
    return Note(entry.keys, titles, entry.sentences, entry.impact is Impact.BREAKING, tuple(_sorts(entry)))


def _sorts(entry: Entry) -> Iterator[str]:
    kinds = {change.kind for change in entry.changes if not change.path}
    yield from (kind.value for kind in (Kind.ADDED, Kind.REMOVED, Kind.RENAMED) if kind in kinds)
