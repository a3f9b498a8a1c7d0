"""Changes between two states of a catalog as text: entity by entity, the gravest first, alike ones told once."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from tmfkit.diff.change import Change, Impact, Kind
from tmfkit.diff.consequences import Consequence
from tmfkit.diff.prices import PriceChange
from tmfkit.diff.sellable import SaleChange
from tmfkit.model.base import Key
from tmfkit.views.columns import WIDTH, columns, shortened
from tmfkit.views.diagnostics_text import printable

NOTHING = "nothing changes in meaning"
MANY = 12
"""So many rows of one entity or one section are shown; the others are counted."""

LONGEST = 44
"""Characters of a value that are shown."""

_COLOURS = {Impact.BREAKING: "31", Impact.COMMERCIAL: "33", Impact.ADDITIVE: "32", Impact.COSMETIC: "2"}
_SIGNS = {Kind.ADDED: "+", Kind.REMOVED: "-", Kind.CHANGED: "~", Kind.RENAMED: ">", Kind.SUGGESTED: "?"}


def as_text(
    changes: Sequence[Change],
    consequences: Iterable[Consequence] = (),
    sales: Iterable[SaleChange] = (),
    prices: Iterable[PriceChange] = (),
    *,
    colour: bool = False,
) -> str:
    """All changes for somebody at a terminal, and what else is given below them; a line where nothing changes."""
    if not changes:
        return NOTHING
    reached = {one.key: one for one in consequences}
    lines = [line for key, rows in _entities(changes) for line in _entity(key, rows, reached.get(key), colour)]
    lines += _section("what can be bought", [_sale(one) for one in sales])
    lines += _prices(list(prices))
    return "\n".join([*lines, _summary(changes)])


def _entities(changes: Sequence[Change]) -> list[tuple[Key, list[Change]]]:
    """The changes by entity, those with the gravest ones first."""
    rows = [(key, list(found)) for key, found in groupby(changes, key=lambda change: change.key)]
    return sorted(rows, key=lambda row: (-max(change.impact for change in row[1]).rank, row[0]))


def _entity(key: Key, changes: list[Change], consequence: Consequence | None, colour: bool) -> Iterator[str]:
    worst = max(change.impact for change in changes)
    yield f"{_painted(worst.value, worst, colour)} {key}  ({printable(changes[0].span.file)})"
    reasons: dict[tuple[Impact, str], list[Change]] = defaultdict(list)
    for change in sorted(changes, key=lambda change: -change.impact.rank):
        reasons[change.impact, change.reason].append(change)
    for (impact, reason), alike in reasons.items():
        for change in alike[:MANY]:
            yield f"  {_SIGNS[change.kind]} {_line(change)}"
        if len(alike) > MANY:
            yield f"    and {len(alike) - MANY} more like these"
        words = f"{impact.value}, {_reach(alike)}: {reason}"
        yield from columns([("", words)], indent=4, width=WIDTH)
    if consequence is not None:
        yield from columns([("", words) for words in _consequence(consequence)], indent=2, width=WIDTH)
    yield ""


def _reach(changes: list[Change]) -> str:
    return max(change.reach for change in changes).value


def _line(change: Change) -> str:
    place = change.path or "(itself)"
    where = f"line {change.span.start.line}"
    match change.kind:
        case Kind.ADDED:
            return f"{place}: {_said(change.after)}  ({where})" if change.path else f"added  ({where})"
        case Kind.REMOVED:
            return f"{place}: was {_said(change.before)}" if change.path else "removed"
        case Kind.SUGGESTED | Kind.RENAMED:
            return f"{change.before} -> {change.after}  ({where})"
        case Kind.CHANGED:
            return f"{place}: {_said(change.before)} -> {_said(change.after)}  ({where})"


def _said(value: Any) -> str:
    return shortened(printable(_flow(value)), LONGEST)


def _flow(value: Any) -> str:
    match value:
        case dict():
            return "{" + ", ".join(f"{name}: {_flow(inner)}" for name, inner in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(_flow, value)) + "]"
        case bool():
            return "true" if value else "false"
        case None:
            return "nothing"
        case _:
            return str(value)


def _consequence(found: Consequence) -> Iterator[str]:
    for words, keys in (("offerings", found.offerings), ("order forms", found.forms), ("systems", found.systems)):
        others = [key.id for key in keys if key != found.key]
        if others:
            more = f" and {len(others) - MANY} more" if len(others) > MANY else ""
            yield f"reaches {words}: {', '.join(others[:MANY])}{more}"


def _section(title: str, rows: Sequence[Sequence[str]]) -> Iterator[str]:
    if not rows:
        return
    yield title
    yield from columns(rows[: 2 * MANY])
    if len(rows) > 2 * MANY:
        yield f"  and {len(rows) - 2 * MANY} more"
    yield ""


def _sale(found: SaleChange) -> tuple[str, ...]:
    chosen = ", ".join(f"{name} {value}" for name, value in found.chosen) or "as a whole"
    return found.key.id, chosen, " ".join(("can be bought" if found.sellable else "can no longer be bought", *_period(found)))


def _prices(rows: Sequence[PriceChange]) -> Iterator[str]:
    if not rows:
        return
    yield "prices (taxes as written, without use)"
    for key, found in groupby(rows, key=lambda row: row.offering):
        alike = list(found)
        yield f"  {key.id}"
        yield from columns([_price(one) for one in alike[:MANY]], indent=4, widest=60)
        if len(alike) > MANY:
            yield f"    and {len(alike) - MANY} more"
    yield ""


def _price(found: PriceChange) -> tuple[str, ...]:
    audience = [word for word in (found.channel, found.segment, "existing customers" if found.cohort == "existing" else "") if word]
    chosen = ", ".join([*(f"{name} {value}" for name, value in found.configuration), *audience])
    return chosen or "any", "; ".join(_amounts(found)) + "".join(f" {words}" for words in _period(found))


def _amounts(found: PriceChange) -> Iterator[str]:
    if found.monthly_before != found.monthly_after:
        percent = "" if found.percent is None else f" ({found.percent:+} %)"
        yield f"a month {_amount(found.monthly_before)} -> {_amount(found.monthly_after)}{percent}"
    if found.first_before != found.first_after:
        yield f"first bill {_amount(found.first_before)} -> {_amount(found.first_after)}"


def _amount(amount: Any) -> str:
    return "none" if amount is None else str(amount)


def _period(found: SaleChange | PriceChange) -> Iterator[str]:
    for word, moment in (("from", found.since), ("until", found.until)):
        if moment is not None:
            yield f"{word} {moment.date().isoformat()}"


def _summary(changes: Sequence[Change]) -> str:
    counts = Counter(change.impact for change in changes if change.kind is not Kind.SUGGESTED)
    told = ", ".join(f"{counts[impact]} {impact.value}" for impact in reversed(Impact) if counts[impact])
    number = sum(counts.values())
    return f"{number} {'change' if number == 1 else 'changes'}: {told}"


def _painted(text: str, impact: Impact, colour: bool) -> str:
    return f"\x1b[{_COLOURS[impact]}m{text}\x1b[0m" if colour else text
