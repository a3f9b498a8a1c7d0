"""Prices before and after: per month, on the first bill and in percent, for sample configurations of each offering."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from itertools import islice, product
from typing import TypeAlias

from tmfkit.catalog import Catalog
from tmfkit.diff.bill import Bill, bill
from tmfkit.diff.change import Change
from tmfkit.diff.moments import turning_points
from tmfkit.diff.sellable import offerings_reached
from tmfkit.diff.timeline import BEGINNING
from tmfkit.model.base import Key, Lifecycle
from tmfkit.model.characteristics import Characteristic
from tmfkit.model.landscape import Vocabulary
from tmfkit.model.products import ProductOffering
from tmfkit.model.values import Money
from tmfkit.semantics.configuration import characteristics_of, spelled, variables
from tmfkit.semantics.pricing import Cohort, resolved

MOST = 60
"""Configurations that are looked at of one offering: enough for every term and speed, not for every cell of a large table."""

AUDIENCE = ("channel", "segment")
NOT_PRICED = (Lifecycle.IN_STUDY, Lifecycle.IN_DESIGN, Lifecycle.REJECTED)
Chosen: TypeAlias = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PriceChange:
    """What one configuration costs before and after, from one moment on (None: from the beginning) until another.

    Only configurations that both states sell. `monthly` amounts are per month whatever the rhythm, taxes as written; None is a price
    that there is not. `channel` and `segment` are empty where no price asks about them. `percent` is that of the monthly price.
    """

    offering: Key
    configuration: Chosen
    channel: str
    segment: str
    cohort: Cohort
    since: datetime | None
    until: datetime | None
    monthly_before: Money | None
    monthly_after: Money | None
    percent: Decimal | None
    first_before: Money | None
    first_after: Money | None


@dataclass(frozen=True, slots=True)
class _Sample:
    chosen: Chosen
    channel: str
    segment: str
    cohort: Cohort

    @property
    def facts(self) -> dict[str, str]:
        """All that is known, as a configuration."""
        audience = {name: value for name, value in (("channel", self.channel), ("segment", self.segment)) if value}
        return {**dict(self.chosen), **audience, "action": "add"}


def price_changes(changes: Iterable[Change], before: Catalog, after: Catalog) -> tuple[PriceChange, ...]:
    """The prices that the changes make different, of offerings that both states have; bundles show what the bundle itself charges.

    Rates of tax are no prices here: amounts are taken as written.
    """
    told = [one for one in changes if one.key.kind != Vocabulary.KIND]
    return tuple(row for key in offerings_reached(told, before, after) for row in _of(key, before, after))


def _of(key: Key, before: Catalog, after: Catalog) -> Iterator[PriceChange]:
    old, new = before.get(ProductOffering, key.id), after.get(ProductOffering, key.id)
    if old is None or new is None or {old.lifecycle, new.lifecycle} & set(NOT_PRICED):
        return
    points = turning_points(((old, before), (new, after)))
    stretches = list(zip(points, [*points[1:], None], strict=True))
    samples = list(_samples((old, before), (new, after)))
    rows = [_stretched(key, sample, stretches, (old, before), (new, after)) for sample in samples]
    told = [row for found in rows for row in found]
    for name in AUDIENCE:
        told = _audience_together(told, name, {getattr(sample, name) for sample in samples})
    yield from _cohorts_together(told)


def _stretched(
    key: Key,
    sample: _Sample,
    stretches: list[tuple[datetime, datetime | None]],
    before: tuple[ProductOffering, Catalog],
    after: tuple[ProductOffering, Catalog],
) -> list[PriceChange]:
    """Where a sample differs, neighbouring stretches with the same amounts as one."""
    found: list[PriceChange] = []
    for since, until in stretches:
        was, now = (_bill(offering, catalog, sample, since) for offering, catalog in (before, after))
        if was is None or now is None or was == now:
            continue
        start = None if since == BEGINNING else since
        row = _row(key, sample, start, until, was, now)
        if found and found[-1].until == since and _amounts(found[-1]) == _amounts(row):
            row = _row(key, sample, found.pop().since, until, was, now)
        found.append(row)
    return found


def _bill(offering: ProductOffering, catalog: Catalog, sample: _Sample, moment: datetime) -> Bill | None:
    """Who is a customer already has had the first bill."""
    found = bill(offering, catalog, sample.facts, moment, sample.cohort)
    return found if found is None or sample.cohort == "new" else Bill(found.monthly, None)


def _row(key: Key, sample: _Sample, since: datetime | None, until: datetime | None, was: Bill, now: Bill) -> PriceChange:
    return PriceChange(
        key, sample.chosen, sample.channel, sample.segment, sample.cohort, since, until,
        was.monthly, now.monthly, _percent(was.monthly, now.monthly), was.first, now.first,
    )  # fmt: skip


def _percent(before: Money | None, after: Money | None) -> Decimal | None:
    if before is None or after is None or before.currency != after.currency or not before.amount or before == after:
        return None
    return ((after.amount - before.amount) / before.amount * 100).quantize(Decimal("0.1"))


def _amounts(row: PriceChange) -> tuple[Money | None, ...]:
    return row.monthly_before, row.monthly_after, row.first_before, row.first_after


def _audience_together(rows: list[PriceChange], name: str, every: set[str]) -> list[PriceChange]:
    """One row for all channels (or segments) where all of them see the same."""
    alike: dict[PriceChange, list[PriceChange]] = {}
    for row in rows:
        alike.setdefault(_anywhere(row, name), []).append(row)
    return [one for common, found in alike.items() for one in ([common] if len(found) == len(every) else found)]


def _anywhere(row: PriceChange, name: str) -> PriceChange:
    return replace(row, channel="") if name == "channel" else replace(row, segment="")


def _cohorts_together(rows: list[PriceChange]) -> Iterator[PriceChange]:
    """Existing customers only where they see something else than new ones."""
    new = {_monthly(row) for row in rows if row.cohort == "new"}
    return (row for row in rows if row.cohort == "new" or _monthly(row) not in new)


def _monthly(row: PriceChange) -> tuple[object, ...]:
    return row.configuration, row.channel, row.segment, row.since, row.until, row.monthly_before, row.monthly_after


def _samples(*states: tuple[ProductOffering, Catalog]) -> Iterator[_Sample]:
    """Configurations to look at: every combination of what prices ask about, the rest at its default; cohorts and audiences that matter."""
    found: dict[_Sample, None] = {}
    subjects = {name for offering, catalog in states for name in _subjects(offering, catalog)}
    for offering, catalog in states:
        audience = [_values(name, offering, catalog) if name in subjects else ("",) for name in AUDIENCE]
        for chosen in islice(_chosen(offering, catalog), MOST):
            for channel, segment in product(*audience):
                found |= dict.fromkeys(_Sample(chosen, channel, segment, cohort) for cohort in _COHORTS)
    return iter(found)


_COHORTS: tuple[Cohort, ...] = ("new", "existing")


def _subjects(offering: ProductOffering, catalog: Catalog) -> tuple[str, ...]:
    """What the prices of an offering depend on, apart from the metered."""
    prices = (price for written in offering.prices.values() if (price := resolved(written, catalog)) is not None and price.usage is None)
    return tuple(dict.fromkeys(name for price in prices for name in (*price.by, *price.when.subjects, *price.unless.subjects)))


def _values(name: str, offering: ProductOffering, catalog: Catalog) -> tuple[str, ...]:
    found = variables((name,), offering, catalog)
    return found[name].domain.values or ("",) if name in found else ("",)


def _chosen(offering: ProductOffering, catalog: Catalog) -> Iterator[Chosen]:
    defaults = _defaults(offering, catalog)
    tables = [price for written in offering.prices.values() if (price := resolved(written, catalog)) is not None and price.usage is None]
    names = ("term", *(name for price in tables for name in price.by if name not in AUDIENCE))
    asked = {name: one for name, one in variables(names, offering, catalog).items() if one.domain.is_listed and one.domain.values}
    for values in product(*(one.domain.values for one in asked.values())):
        chosen = dict(zip(asked, values, strict=True))
        yield tuple({**chosen, **{name: value for name, value in defaults.items() if name not in chosen}}.items())


def _defaults(offering: ProductOffering, catalog: Catalog) -> Mapping[str, str]:
    """What a customer gets without choosing, of those characteristics that prices ask about or count."""
    prices = [price for written in offering.prices.values() if (price := resolved(written, catalog)) is not None]
    wanted = {name for price in prices for name in (*price.when.subjects, *price.unless.subjects, *([price.count] if price.count else []))}
    known = characteristics_of(offering, catalog)
    return {name: _usual(one) for name, one in known.items() if name in wanted}


def _usual(part: Characteristic) -> str:
    """The default of a characteristic, else the first value that it may have."""
    return spelled(part, part.default or next(iter(part.values or {}), None) or part.min or "1")
