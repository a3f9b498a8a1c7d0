"""The comment on a pull request: what it changes for customers, bills, orders and systems, in words that a product manager reads."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from tmfkit.catalog import Catalog
from tmfkit.diagnostics.model import Diagnostic
from tmfkit.diff.change import Change, Impact, Kind, Reach
from tmfkit.diff.consequences import Consequence
from tmfkit.diff.prices import PriceChange
from tmfkit.diff.sellable import SaleChange
from tmfkit.model.base import Key, instant
from tmfkit.model.products import ProductOffering
from tmfkit.views.changes_groups import Entry, counted, grouped
from tmfkit.views.changes_new import new_prices
from tmfkit.views.changes_phrases import Style, Teller
from tmfkit.views.changes_prices import price_block
from tmfkit.views.changes_words import Names
from tmfkit.views.github_text import Block, bold, code, fitted, plain, some, table
from tmfkit.views.layers import WORDS

NAMED = 3
"""Entities that are named where the same happens to many."""

SENTENCES = 12
"""Sentences that are told of one entity."""

MARKDOWN = Style(bold, plain)
COLOURS = {Impact.BREAKING: "🔴", Impact.COMMERCIAL: "🟠", Impact.ADDITIVE: "🟢", Impact.COSMETIC: "⚪"}
WHOM = {
    Reach.NOBODY: "no customer",
    Reach.NEW: "new customers",
    Reach.ORDERS: "new customers and orders under way",
    Reach.BASE: "all customers, old and new",
}


@dataclass(frozen=True)
class Told:
    """Everything that a comment is made of.

    `accepted` are the breaking changes that somebody accepted, `acceptance` is the text of the one that is missing, `findings` are what
    the rules about history say besides, `artifacts` is what is to be said of files for systems.
    """

    changes: Sequence[Change]
    consequences: Sequence[Consequence]
    sales: Sequence[SaleChange]
    prices: Sequence[PriceChange]
    before: Catalog
    after: Catalog
    notes: Sequence[str] = ()
    accepted: frozenset[tuple[Key, str]] = frozenset()
    acceptance: str = ""
    findings: Sequence[Diagnostic] = ()
    artifacts: Sequence[Block] = ()


def as_markdown(told: Told) -> str:
    """One comment, never longer than GitHub takes; each part says how much of it is left out."""
    names = Names(told.before, told.after)
    teller = Teller(names, MARKDOWN)
    blocks = [Block(("## What this changes",)), *_headline(told)]
    blocks += [Block(rows=tuple(f"> {plain(note)}" for note in told.notes))] if told.notes else []
    blocks += [*_breaking(told, teller), *_findings(told)]
    if told.changes:
        blocks += [*_changes(told, teller), *_guesses(told, teller)]
        blocks += [*price_block(told.prices, names), *_sales(told, names), *_reached(told, names)]
    return fitted([*blocks, *(told.artifacts if told.changes else ())])


def _headline(told: Told) -> Iterator[Block]:
    counts = counted(told.changes)
    if not counts:
        yield Block(("Nothing changes for customers, orders or systems: the catalog means the same as before.",))
        return
    words = ", ".join(f"{COLOURS[impact]} {number:,} {impact.value}" for impact, number in counts.items())
    total = sum(counts.values())
    reach = max(change.reach for change in told.changes)
    yield Block((f"{total:,} {'change' if total == 1 else 'changes'}: {words}. Concerned: **{WHOM[reach]}**.",))


def _breaking(told: Told, teller: Teller) -> Iterator[Block]:
    found = [change for change in told.changes if change.impact is Impact.BREAKING]
    if not found:
        return
    rows = [_why(alike, teller, told) for alike in _reasons(found, teller)]
    yield Block(("### What breaks, and why", ""), tuple(rows))
    if told.acceptance:
        head = "If this is meant, add this file to the change, with the reason and the owner filled in:"
        lines = told.acceptance.splitlines()
        yield Block(
            (head, "", "```yaml"), tuple(lines), lambda number: f"# … and {number:,} more: `tmfkit check-changes` shows all", ("```",)
        )


def _reasons(changes: Sequence[Change], teller: Teller) -> Iterator[list[Change]]:
    """Breaking changes that say the same about several entities are one."""
    alike: dict[tuple[str, str, str], list[Change]] = {}
    for change in changes:
        alike.setdefault((change.key.kind, teller.told(change), change.reason), []).append(change)
    yield from alike.values()


def _why(changes: list[Change], teller: Teller, told: Told) -> str:
    done = " *Accepted.*" if all((change.key, change.path) in told.accepted for change in changes) else ""
    subject = _subject([change.key for change in changes], teller.names)
    return f"- {COLOURS[Impact.BREAKING]} {subject} {_sentence(teller.told(changes[0]))}<br>{changes[0].reason}{done}"


def _findings(told: Told) -> Iterator[Block]:
    """What else keeps the change out, or should be looked at."""
    rows = [f"- {plain(found.message)} ({found.code}, {code(str(found.primary))})<br>{plain(found.help)}" for found in told.findings]
    if rows:
        yield Block(("### What to mend", ""), tuple(rows))


def _sentence(words: str) -> str:
    """As the end of a line that begins with a name."""
    return f"{words}." if words[-1:] not in ".!?:" else words


def _subject(keys: Sequence[Key], names: Names) -> str:
    shown = [f"**{plain(names.title(key))}** ({WORDS.get(key.kind, 'setting')} {code(key.id)})" for key in keys[:NAMED]]
    more = f" and {len(keys) - NAMED:,} more" if len(keys) > NAMED else ""
    return ", ".join(shown) + more + (":" if len(keys) > 1 else "")


def _changes(told: Told, teller: Teller) -> Iterator[Block]:
    changes = [change for change in told.changes if change.kind is not Kind.SUGGESTED and change.impact is not Impact.BREAKING]
    changes = _with_more_than_versions(changes)
    if not changes:
        return
    broken = len(changes) < len(told.changes) and any(change.impact is Impact.BREAKING for change in told.changes)
    yield Block(("### What else changes" if broken else "### What changes",))
    for title, entries in grouped(changes, told.consequences, teller.names, teller.told):
        yield Block((f"#### {plain(title)}", ""), tuple(line for entry in entries for line in _entry(entry, teller.names)))


def _with_more_than_versions(changes: Sequence[Change]) -> list[Change]:
    """Without the new versions of entities of which all else is told elsewhere."""
    said = {change.key for change in changes if change.path != "version"}
    return [change for change in changes if change.key in said]


def _entry(entry: Entry, names: Names) -> Iterator[str]:
    version = f"; version {plain(entry.version[0])} → {plain(entry.version[1])}" if entry.version else ""
    whom = f"concerns {WHOM[entry.reach]}"
    yield f"- {COLOURS[entry.impact]} {_subject(entry.keys, names).removesuffix(':')} – {whom}{version}"
    lines = entry.sentences[:SENTENCES]
    left = len(entry.sentences) - len(lines)
    yield from (f"  - {_capital(line)}" for line in (*lines, *([f"and {left:,} more"] if left else [])))
    new = {change.key for change in entry.changes if change.kind is Kind.ADDED and not change.path}
    for key in [key for key in entry.keys if key in new][:NAMED]:
        whose = f"{plain(names.title(key))}, " if len(entry.keys) > 1 else ""
        yield from (f"  - {_capital(whose + line)}" for line in new_prices(key, names))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _guesses(told: Told, teller: Teller) -> Iterator[Block]:
    rows = [f"- {_subject([one.key], teller.names)}: {plain(one.reason)}" for one in told.changes if one.kind is Kind.SUGGESTED]
    if rows:
        yield Block(("### Renamed?", ""), tuple(rows))


def _sales(told: Told, names: Names) -> Iterator[Block]:
    renamed = {change.key for change in told.changes if change.kind is Kind.RENAMED}
    rows = [row for row in told.sales if row.chosen or row.key not in renamed]
    lines = [
        f"- **{plain(names.distinct(key))}** {' and '.join(_sold(list(found), key, names))}"
        for (key), found in groupby(rows, lambda row: row.key)
    ]
    if lines:
        yield Block(("### What can be bought", ""), tuple(lines))


def _sold(rows: list[SaleChange], key: Key, names: Names) -> Iterator[str]:
    """What becomes of one offering, the combinations that share a fate and a time together."""
    fates: dict[tuple[bool, str], list[str]] = {}
    for row in rows:
        fates.setdefault((row.sellable, _when(_ending(row, names.before))), []).append(_circumstances(row, key, names))
    for (is_sold, when), chosen in fates.items():
        what = f" {some(chosen)}" if any(chosen) else ""
        yield f"{'can be bought' if is_sold else 'can no longer be bought'}{what}{when}"


def _ending(row: SaleChange, before: Catalog) -> SaleChange:
    """What ends for good ends now: the days between which it was sold until now are no news."""
    offering = before.get(ProductOffering, row.key.id)
    if row.sellable or offering is None:
        return row
    sold = offering.valid_for
    first, last = (None if one is None else instant(one, before.zone) for one in (sold.from_, sold.until))
    return replace(row, since=None if row.since == first else row.since, until=None if row.until == last else row.until)


AUDIENCE = {"channel": "in the channel", "segment": "by the segment", "place": "in"}


def _circumstances(row: SaleChange, key: Key, names: Names) -> str:
    chosen = ", ".join(names.choice(key, name, value) for name, value in row.chosen if name not in AUDIENCE)
    whom = [f"{AUDIENCE[name]} {plain(names.choice(key, name, value))}" for name, value in row.chosen if name in AUDIENCE]
    return " ".join([*([f"with {plain(chosen)}"] if chosen else []), *whom])


def _when(row: SaleChange) -> str:
    return "".join(f" {word} {moment.date().isoformat()}" for word, moment in (("from", row.since), ("until", row.until)) if moment)


def _reached(told: Told, names: Names) -> Iterator[Block]:
    """Who else has to know; what only changes words reaches nobody who has to do anything."""
    alike: dict[tuple[str, str, str], list[Key]] = {}
    for one in told.consequences:
        offerings = [key for key in one.offerings if key != one.key]
        cells = (_names(offerings, names), _names(one.forms, names), _names([key for key in one.systems if key != one.key], names))
        if any(cells) and one.impact is not Impact.COSMETIC:
            alike.setdefault(cells, []).append(one.key)
    rows = [(_names(keys, names), *cells) for cells, keys in alike.items()]
    if rows:
        yield Block(("### What that may reach",))
        yield table(("Change of", "Offerings", "Order forms", "Systems"), rows)


def _names(keys: Iterable[Key], names: Names) -> str:
    return some(list(dict.fromkeys(plain(names.distinct(key)) for key in keys)))
