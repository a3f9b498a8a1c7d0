"""What systems make of the details of the catalog: carried, mapped or dropped, as the loss report of the release says."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from tmfkit.generate.artifact import Status
from tmfkit.model.audience import Section
from tmfkit.model.base import Key
from tmfkit.model.landscape import System
from tmfkit.site.edition import Edition
from tmfkit.site.markdown import bullets, code, heading, joined, plain, table

MOST_REASONS = 30
"""How many reasons are told on one page; the loss report has all of them."""

MOST_PLACES = 6
"""How many places are named with one reason."""


class Row(NamedTuple):
    """One row of the loss report."""

    system: str
    key: Key
    path: str
    feature: str
    status: Status
    words: str
    on_purpose: bool


_Place: TypeAlias = Callable[[Row], str]


class Losses(NamedTuple):
    """The loss report by entity and by system."""

    by_key: Mapping[Key, Sequence[Row]]
    by_system: Mapping[str, Sequence[Row]]


def losses(edition: Edition) -> Losses:
    """The loss report of an edition, sorted once for all of its pages; empty for an audience that sees no systems."""
    by_key: dict[Key, list[Row]] = defaultdict(list)
    by_system: dict[str, list[Row]] = defaultdict(list)
    for raw in edition.losses if edition.shows(Section.SYSTEMS) else ():
        row = _row(raw)
        by_key[row.key].append(row)
        by_system[row.system].append(row)
    return Losses(by_key, by_system)


def _row(raw: Mapping[str, Any]) -> Row:
    key = Key(raw["kind"], raw["id"])
    return Row(raw["system"], key, raw["path"], raw["feature"], Status(raw["status"]), raw["words"], raw["leftOnPurpose"])


def carried_by(key: Key, edition: Edition, known: Losses) -> Iterator[str]:
    """The systems that carry an entity, and what each of them drops of it."""
    rows = known.by_key.get(key, ())
    if not rows:
        return
    where = edition.path(key)
    yield heading(2, edition.say("systems-that-carry"), "systems", searched=False)
    by_system: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_system[row.system].append(row)
    head = [edition.say(word) for word in ("system", "carried", "mapped", "dropped")]
    counts = [[edition.to(Key(System.KIND, system), where), *_counts(found)] for system, found in sorted(by_system.items())]
    yield joined([table(head, counts, frozenset((1, 2, 3)))])
    for system, found in sorted(by_system.items()):
        dropped = [row for row in found if row.status is Status.DROPPED]
        if dropped:
            yield edition.say("drops", system=edition.to(Key(System.KIND, system), where))
            yield joined([bullets(_reasons(dropped, edition, _path))])


def _counts(rows: Sequence[Row]) -> list[str]:
    found = Counter(row.status for row in rows)
    return [str(found[status]) for status in (Status.CARRIED, Status.MAPPED, Status.DROPPED)]


def _path(row: Row) -> str:
    return code(row.path)


def _reasons(rows: Sequence[Row], edition: Edition, place: _Place) -> Iterator[str]:
    """What is dropped, one line for each reason with the places that it is about."""
    groups: dict[tuple[str, str, bool], dict[str, None]] = defaultdict(dict)
    for row in rows:
        groups[row.feature, row.words, row.on_purpose][place(row)] = None
    for (feature, words, on_purpose), places in list(groups.items())[:MOST_REASONS]:
        shown = list(places)[:MOST_PLACES]
        more = [edition.say("and-more", count=len(places) - len(shown))] if len(places) > len(shown) else []
        purpose = f" ({edition.say('left-on-purpose')})" if on_purpose else ""
        yield f"**{plain(feature)}**{purpose}: {plain(words)} – {', '.join([*shown, *more])}"
    if len(groups) > MOST_REASONS:
        yield edition.say("and-more", count=len(groups) - MOST_REASONS)


def of_system(system: System, edition: Edition, known: Losses) -> Iterator[str]:
    """What a system makes of the catalog: the number of details by kind of detail, and what it drops with the reason."""
    rows = known.by_system.get(system.id, ())
    if not rows:
        return
    where = edition.path(system.key)
    by_feature: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_feature[row.feature].append(row)
    yield heading(2, edition.say("what-becomes"), "details", searched=False)
    head = [edition.say(word) for word in ("detail", "carried", "mapped", "dropped")]
    yield joined([table(head, [[plain(name), *_counts(found)] for name, found in sorted(by_feature.items())], frozenset((1, 2, 3)))])
    dropped = [row for row in rows if row.status is Status.DROPPED]
    if dropped:
        yield heading(2, edition.say("what-it-drops"), "dropped", searched=False)
        yield joined([bullets(_reasons(dropped, edition, lambda row: edition.to(row.key, where)))])
