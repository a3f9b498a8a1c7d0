"""The timeline of an entity: when it holds, and what its prices are from when to when."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import chain, pairwise
from typing import Any

from tmfkit.model.audience import Section
from tmfkit.model.base import ALWAYS, Entity, Key, Step, Validity, instant
from tmfkit.model.prices import Price, ProductOfferingPrice
from tmfkit.model.products import ProductOffering
from tmfkit.model.tables import Table
from tmfkit.model.values import plain
from tmfkit.semantics.pricing import Cohort, at, resolved
from tmfkit.site.diagrams.figure import Drawing, Item, figure
from tmfkit.site.diagrams.letters import shortened, width, written
from tmfkit.site.edition import Edition

NAMES = 215.0
TIME = 560.0
ROW = 34.0
TOP = 40.0
MOST = 40
"""How many rows a timeline has at most."""

COHORTS: tuple[Cohort, ...] = ("new", "existing")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time in which something is so; None is open."""

    text: str
    begins: datetime | None
    ends: datetime | None
    sort: str = "price"


@dataclass(frozen=True, slots=True)
class Row:
    """What changes over time, and its stretches; a row without any date is shown where it stands beside one that has some."""

    name: str
    spans: tuple[Span, ...]
    beside: bool = False


def timeline(edition: Edition, key: Key) -> str:
    """The timeline for the page of an entity; empty where nothing about it is dated."""
    entity = edition.catalog.entity(key)
    if entity is None:
        return ""
    rows = [row for row in _rows(edition, entity) if row.beside or any(span.begins or span.ends for span in row.spans)]
    if not rows:
        return ""
    title = edition.say("timeline-picture", name=edition.title(key))
    description = edition.say("timeline-description", day=edition.on.date().isoformat())
    more = written(edition.say("not-drawn", count=len(rows) - MOST)) if len(rows) > MOST else ""
    items = [Item(row.name, items=tuple(Item(span.text, note=_said(edition, span)) for span in row.spans)) for row in rows[:MOST]]
    return figure(edition, "timeline", title, description, _drawing(edition, rows[:MOST]), items, more)


def _rows(edition: Edition, entity: Entity) -> Iterator[Row]:
    state = edition.say(f"lifecycle-{entity.lifecycle.name.lower()}")
    yield Row(edition.say("validity"), (_span(edition, state, entity.valid_for, entity.lifecycle.name.lower()),))
    if isinstance(entity, ProductOffering):
        for name, term in entity.terms.items():
            yield Row(edition.raw(term.name) or name, (_span(edition, edition.say("term"), term.valid_for or ALWAYS, "term"),))
        for relation in entity.replaces:
            until = Validity.model_construct(from_=relation.from_, until=relation.until)
            replaced = Key(entity.KIND, str(relation.offering))
            yield Row(edition.title(replaced), (_span(edition, edition.say("is-replaced"), until, "term"),))
    if edition.shows(Section.PRICES):
        yield from _prices(edition, entity)


def _prices(edition: Edition, entity: Entity) -> Iterator[Row]:
    if isinstance(entity, ProductOfferingPrice):
        yield from _price(edition, edition.title(entity.key), entity, (entity.valid_for,))
    if isinstance(entity, ProductOffering):
        for name, said in entity.prices.items():
            price = resolved(said, edition.catalog)
            if price is not None:
                yield from _price(edition, edition.raw(price.name) or name, price, (entity.valid_for, price.valid_for or ALWAYS))


def _price(edition: Edition, name: str, price: Price | ProductOfferingPrice, frames: tuple[Validity, ...]) -> Iterator[Row]:
    """The row of a price as long as all frames hold; two where cohorts pay something else, none for one that is not dated."""
    steps: tuple[Step[Any], ...] = price.amount or price.percent or price.table or price.tiers
    own = price.valid_for if isinstance(price, Price) else None
    if own is None and not any(step.from_ or step.until for step in steps):
        return
    if all(step.applies_to == "all" for step in steps):
        yield Row(name, tuple(_stretches(edition, steps, frames, "new")))
        return
    for cohort in COHORTS:
        yield Row(f"{name} ({edition.say(f'cohort-{cohort}')})", tuple(_stretches(edition, steps, frames, cohort)), beside=True)


def _stretches(edition: Edition, steps: tuple[Step[Any], ...], frames: tuple[Validity, ...], cohort: Cohort) -> Iterator[Span]:
    """What a price is for a cohort between any two days on which something about it changes; neighbours that are equal are one."""
    zone = edition.settings.zone
    validities = (*frames, *(step.validity for step in steps))
    written_moments = (moment for one in validities for moment in (one.from_, one.until) if moment is not None)
    days = sorted({instant(moment, zone) for moment in written_moments})
    found: list[Span] = []
    for begins, ends in pairwise([None, *days, None]):
        probe = begins or (ends - timedelta(days=1) if ends is not None else edition.on)
        value = at(steps, probe, cohort, edition.catalog)
        if not all(frame.holds(probe, zone) for frame in frames) or (value is None and steps):
            continue
        text = _amount(edition, value)
        if found and found[-1].ends == begins and text == found[-1].text and not isinstance(value, Table | tuple):
            found[-1] = Span(text, found[-1].begins, ends)
        else:
            found.append(Span(text, begins, ends))
    yield from found


def _amount(edition: Edition, value: object) -> str:
    match value:
        case None:
            return edition.say("holds")
        case Table():
            return edition.say("price-table")
        case tuple():
            return edition.say("tiers")
        case Decimal():
            return f"{plain(value)} %"
        case _:
            return str(value)


def _span(edition: Edition, text: str, validity: Validity, sort: str = "price") -> Span:
    zone = edition.settings.zone
    begins = None if validity.from_ is None else instant(validity.from_, zone)
    ends = None if validity.until is None else instant(validity.until, zone)
    return Span(text, begins, ends, sort)


def _said(edition: Edition, span: Span) -> str:
    """The stretch in words."""
    parts = []
    if span.begins is not None:
        parts.append(edition.say("from-day", day=edition.day(span.begins)))
    if span.ends is not None:
        parts.append(edition.say("until-day", day=edition.day(span.ends)))
    return " ".join(parts)


def _drawing(edition: Edition, rows: list[Row]) -> Drawing:
    scale = _Scale.around([edition.on, *_moments(rows)])
    height = TOP + ROW * len(rows) + 10
    now = scale.x(edition.on)
    said = written(edition.say("on-day", day=edition.day(edition.on)))
    anchor = "start" if now < NAMES + 100 else "end" if now > NAMES + TIME - 100 else "middle"
    elements = [
        *(_year(scale, year, height) for year in scale.years()),
        *chain.from_iterable(_row(edition, scale, row, TOP + ROW * index) for index, row in enumerate(rows)),
        f'<path class="tk-now" d="M{now:.1f} 22V{height - 6:.1f}"/>',
        f'<text class="tk-day" x="{now:.1f}" y="14" text-anchor="{anchor}">{said}</text>',
    ]
    return Drawing("\n".join(elements), NAMES + TIME + 20, height)


def _moments(rows: Iterable[Row]) -> Iterator[datetime]:
    return (moment for row in rows for span in row.spans for moment in (span.begins, span.ends) if moment is not None)


@dataclass(frozen=True, slots=True)
class _Scale:
    """The time that a drawing covers."""

    first: datetime
    last: datetime

    @classmethod
    def around(cls, moments: list[datetime]) -> "_Scale":
        """All moments with some room on both sides."""
        first, last = min(moments), max(moments)
        room = max((last - first) / 10, timedelta(days=60))
        before = datetime.min.replace(tzinfo=first.tzinfo) + timedelta(days=2)
        after = datetime.max.replace(tzinfo=last.tzinfo) - timedelta(days=2)
        return cls(first - min(room, first - before), last + min(room, after - last))

    def x(self, moment: datetime | None, otherwise: float = 0.0) -> float:
        """Where a moment is; `otherwise` for none."""
        if moment is None:
            return otherwise
        return NAMES + TIME * ((moment - self.first) / (self.last - self.first))

    def years(self) -> list[datetime]:
        """The beginnings of some years; at most about eight, at even distances."""
        count = self.last.year - self.first.year
        step = next(size for size in (1, 2, 5, 10, 25, 100, 500, 2500, 10000) if count <= 8 * size)
        wanted = (year for year in range(self.first.year + 1, self.last.year + 1) if year % step == 0)
        return [datetime(year, 1, 1, tzinfo=self.first.tzinfo) for year in wanted]


def _year(scale: _Scale, year: datetime, height: float) -> str:
    x = scale.x(year)
    line = f'<path class="tk-year" d="M{x:.1f} {TOP - 6:.1f}V{height - 6:.1f}"/>'
    return f'{line}<text class="tk-head" x="{x:.1f}" y="{TOP - 9:.1f}">{year.year}</text>'


def _row(edition: Edition, scale: _Scale, row: Row, y: float) -> Iterator[str]:
    name = shortened(row.name, NAMES - 14, 12)
    title = f"<title>{written(row.name)}</title>" if name != row.name else ""
    yield f'<text class="tk-row" x="0" y="{y + 19:.1f}">{title}{written(name)}</text>'
    for span in row.spans:
        begins, ends = scale.x(span.begins, NAMES), scale.x(span.ends, NAMES + TIME)
        wide = max(ends - begins - 1.5, 2.0)
        said = shortened(span.text, wide - 8, 12) if wide > 24 else ""
        said = "" if said == "…" or width(said, 12) < 9 else said
        yield (
            f'<g class="tk-span tk-{span.sort}"><title>{written(" ".join(filter(None, (span.text, _said(edition, span)))))}</title>'
            f'<rect x="{begins:.1f}" y="{y + 3:.1f}" width="{wide:.1f}" height="{ROW - 10:.1f}" rx="4"/>'
            f'<text x="{begins + wide / 2:.1f}" y="{y + 19:.1f}">{written(said)}</text></g>'
        )
