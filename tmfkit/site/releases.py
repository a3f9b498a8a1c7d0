"""What changed in the last releases, told on the first page in a few lines of the reader's language."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tmfkit.diff.change import Change, Impact, Kind
from tmfkit.model.audience import Section
from tmfkit.model.base import Key
from tmfkit.site.edition import FOLDERS, Edition

NAMED = 6
"""How many entities a line names."""

ON_SALE = "Launched"
OFFERING = "ProductOffering"


@dataclass(frozen=True, slots=True)
class Release:
    """A release beside the one before it: its name, its date, all changes, and the offerings whose prices differ."""

    name: str
    date: str
    changes: tuple[Change, ...]
    dearer_or_cheaper: tuple[Key, ...]


def told(releases: Iterable[Release], edition: Edition) -> list[dict[str, object]]:
    """The rows that the first page shows, the latest release first; lines are plain texts."""
    rows = ((release, list(_lines(release, edition))) for release in releases)
    return [{"name": release.name, "date": release.date, "lines": lines} for release, lines in rows if lines]


def _lines(release: Release, edition: Edition) -> Iterator[str]:
    changes = [change for change in release.changes if change.kind is not Kind.SUGGESTED and _is_shown(change.key, edition)]
    whole = {kind: [change.key for change in changes if change.kind is kind and not change.path] for kind in Kind}
    life = [change for change in changes if change.key.kind == OFFERING and change.path == "lifecycle"]
    yield from _line("release-added", whole[Kind.ADDED], edition)
    yield from _line("release-renamed", whole[Kind.RENAMED], edition)
    yield from _line("release-launched", [change.key for change in life if change.after == ON_SALE], edition)
    yield from _line("release-ended", [change.key for change in life if change.before == ON_SALE], edition)
    yield from _line("release-removed", whole[Kind.REMOVED], edition)
    if edition.shows(Section.PRICES):
        yield from _line("release-prices", [key for key in release.dearer_or_cheaper if _is_shown(key, edition)], edition)
    named = {key for keys in whole.values() for key in keys} | {change.key for change in life} | set(release.dearer_or_cheaper)
    others = [change.key for change in changes if change.key not in named and change.impact is not Impact.COSMETIC]
    yield from _line("release-others", others, edition)


def _line(word: str, keys: Sequence[Key], edition: Edition) -> Iterator[str]:
    names = list(dict.fromkeys(edition.title(key) for key in keys))
    if names:
        more = edition.say("release-more", number=len(names) - NAMED) if len(names) > NAMED else ""
        yield f"{edition.say(word)} {', '.join(names[:NAMED])}{more}"


def _is_shown(key: Key, edition: Edition) -> bool:
    """Whether the audience is told about an entity: of what is gone, only its sort is known."""
    if key.kind not in FOLDERS or not edition.shows(FOLDERS[key.kind][1]):
        return False
    return key not in edition.catalog.summaries or edition.has_page(key)
