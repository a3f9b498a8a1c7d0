"""Prices before and after: per month, on the first bill and in percent, for sample configurations of each offering."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from itertools import islice, product
from typing import TypeAlias

from tmfkit.catalog import Catalog
from tmfkit.diff.bill import Bill, bill
from tmfkit.diff.change import Change, Kind
from tmfkit.diff.moments import turning_points
from tmfkit.diff.sellable import offerings_reached
from tmfkit.diff.timeline import BEGINNING
from tmfkit.model.base import Key, Lifecycle
from tmfkit.model.characteristics import Characteristic
from tmfkit.model.conditions import band
from tmfkit.model.landscape import Vocabulary
from tmfkit.model.prices import Price
from tmfkit.model.products import ProductOffering
from tmfkit.model.values import Money
from tmfkit.semantics.configuration import Subject, Variable, characteristics_of, readable, spelled, variables
from tmfkit.semantics.domains import domain_of
from tmfkit.semantics.pricing import Cohort, resolved

MOST = 400
"""Configurations that are looked at of one offering: enough for every term, speed and place, not for every cell of a very large table."""

AUDIENCE = ("channel", "segment")
SETTLED = (*AUDIENCE, "customer", "action", "ordered")
"""What a sample says of its own accord."""

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
    former = {one.key: str(one.before) for one in told if one.kind is Kind.RENAMED}
    return tuple(row for key in offerings_reached(told, before, after) for row in _of(key, former.get(key, key.id), before, after))


def _of(key: Key, former: str, before: Catalog, after: Catalog) -> Iterator[PriceChange]:
    old, new = before.get(ProductOffering, former), after.get(ProductOffering, key.id)
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
    """Configurations to look at, as far as both states offer them: what the prices that differ ask about, the rest at its default."""
    found: dict[_Sample, None] = {}
    subjects = {name for offering, catalog in states for name in _subjects(offering, catalog)}
    changed = _changed(*states)
    for offering, catalog in states:
        audience = [_values(name, offering, catalog) if name in subjects else ("",) for name in AUDIENCE]
        for chosen in islice(_chosen(offering, catalog, changed), MOST):
            for channel, segment in product(*audience):
                found |= dict.fromkeys(_Sample(chosen, channel, segment, cohort) for cohort in _COHORTS)
    return (sample for sample in found if all(_is_offered(sample, offering, catalog) for offering, catalog in states))


def _changed(before: tuple[ProductOffering, Catalog], after: tuple[ProductOffering, Catalog]) -> list[Price]:
    """The prices that are not the same in both states, as they are in each; what is charged by use is on no bill here."""
    old, new = (
        {name: price for name, written in offering.prices.items() if (price := resolved(written, catalog)) is not None}
        for offering, catalog in (before, after)
    )
    names = [name for name in dict.fromkeys((*old, *new)) if old.get(name) != new.get(name)]
    return [price for name in names for price in (old.get(name), new.get(name)) if price is not None and price.usage is None]


def _is_offered(sample: _Sample, offering: ProductOffering, catalog: Catalog) -> bool:
    """Whether a state lets customers choose a configuration; what it does not ask about, it does not refuse."""
    facts = sample.facts
    asked = variables(facts, offering, catalog)
    return all(one.domain.contains(facts[name]) for name, one in asked.items())


_COHORTS: tuple[Cohort, ...] = ("new", "existing")


def _subjects(offering: ProductOffering, catalog: Catalog) -> tuple[str, ...]:
    """What the prices of an offering depend on, apart from the metered."""
    prices = (price for written in offering.prices.values() if (price := resolved(written, catalog)) is not None and price.usage is None)
    return tuple(dict.fromkeys(name for price in prices for name in (*price.by, *price.when.subjects, *price.unless.subjects)))


def _values(name: str, offering: ProductOffering, catalog: Catalog) -> tuple[str, ...]:
    found = variables((name,), offering, catalog)
    return found[name].domain.values or ("",) if name in found else ("",)


def _chosen(offering: ProductOffering, catalog: Catalog, changed: Sequence[Price]) -> Iterator[Chosen]:
    """Every combination of what the tables of the changed prices ask about; then what their conditions want, where it is not usual."""
    defaults = _defaults(offering, catalog)
    wanted = [*dict.fromkeys(tuple(_wanted(price, offering, catalog).items()) for price in changed)]
    names = ("term", *(name for price in changed for name in price.by if name not in AUDIENCE))
    listed = {name: _told(name, one, changed) for name, one in variables(names, offering, catalog).items()}
    asked = {name: values for name, values in listed.items() if values}
    for forced in dict.fromkeys(((), *wanted)):
        free = [values if name not in dict(forced) else (dict(forced)[name],) for name, values in asked.items()]
        for values in product(*free):
            chosen = dict(zip(asked, values, strict=True))
            yield tuple(({**chosen, **{name: value for name, value in defaults.items() if name not in chosen}} | dict(forced)).items())


def _told(name: str, variable: Variable, changed: Iterable[Price]) -> tuple[str, ...]:
    """The values to look at: all of them, or those that tables name where there is no list; of a band its lower end."""
    if variable.domain.is_listed:
        return variable.domain.values
    tables = ((step.is_, price.by.index(name)) for price in changed if name in price.by for step in price.table)
    keys = dict.fromkeys(cell.keys[level] for table, level in tables for cell in table.cells if len(cell.keys) > level)
    ends = (str(found.low or found.high) if (found := band(key)) else key for key in keys)
    return tuple(value for value in dict.fromkeys(readable(variable, ends)) if variable.domain.contains(value))


def _wanted(price: Price, offering: ProductOffering, catalog: Catalog) -> dict[str, str]:
    """A value for each choice that a price asks for: without it, nobody would see that the price differs."""
    asked = variables((name for name in price.when.subjects if name not in SETTLED), offering, catalog)
    return {
        name: value
        for name, one in asked.items()
        if one.subject in (Subject.CHARACTERISTIC, Subject.FACT)
        and (value := next(iter(readable(one, price.when.values(name))), ""))
        and one.domain.contains(value)
    }


def _defaults(offering: ProductOffering, catalog: Catalog) -> Mapping[str, str]:
    """What a customer gets without choosing, of those characteristics that prices ask about or count."""
    found = (price for written in offering.prices.values() if (price := resolved(written, catalog)) is not None)
    prices = [price for price in found if price.usage is None]
    asked = {name for price in prices for name in (*price.by, *price.when.subjects, *price.unless.subjects, price.count) if name}
    known = characteristics_of(offering, catalog)
    return {name: _usual(one) for name, one in known.items() if name in asked}


def _usual(part: Characteristic) -> str:
    """The default of a characteristic, else the first value that it may have."""
    return spelled(part, part.default or next(iter(part.values or domain_of(part).values), None) or part.min or "1")
