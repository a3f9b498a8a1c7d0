"""Splits a price of the language into the single prices that a catalog API can hold: one for each cell, tier and period."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from tmfkit.model.base import ALWAYS, Step, Validity
from tmfkit.model.conditions import Band, band
from tmfkit.model.prices import PriceTerms, Tier
from tmfkit.model.tables import ELSE, Table
from tmfkit.model.values import Money, Quantity, plain
from tmfkit.source.document import Path

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Pick:
    """What a cell says of one subject; `rest` are the other keys beside it, known where `else` or a band depends on them."""

    subject: str
    key: str
    rest: tuple[str, ...] = ()

    @property
    def shared_ends(self) -> frozenset[str]:
        """The numbers at which another key ends: there the lower end of a band belongs to that other key."""
        bands = (limits_of(key) for key in self.rest)
        return frozenset((*self.rest, *(plain(found.high) for found in bands if found and found.high is not None)))


@dataclass(frozen=True, slots=True)
class Part:
    """One cell or tier of a value, or the whole of it."""

    money: Money | None = None
    percent: Decimal | None = None
    picks: tuple[Pick, ...] = ()
    tier: Tier | None = None
    above: Quantity | Decimal | None = None
    suffix: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    path: Path = ()


@dataclass(frozen=True, slots=True)
class Variant:
    """One single price: a part of a value in one of its periods. `suffix` and `labels` tell it from its siblings."""

    part: Part
    validity: Validity
    applies_to: str
    suffix: tuple[str, ...]
    labels: tuple[str, ...]
    path: Path

    @property
    def picks(self) -> tuple[Pick, ...]:
        """What its cell says."""
        return self.part.picks


_WHOLE = Part()


def expand(terms: PriceTerms) -> Iterator[Variant]:
    """The single prices of a price in the order written; a cell that is not sold gives none."""
    if terms.amount:
        yield from _dated("amount", terms.amount, lambda money: (Part(money),))
    elif terms.percent:
        yield from _dated("percent", terms.percent, lambda percent: (Part(None, percent),))
    elif terms.table:
        yield from _dated("table", terms.table, lambda table: _cells(terms.by, table))
    elif terms.tiers:
        yield from _dated("tiers", terms.tiers, _tiers)
    else:
        yield Variant(_WHOLE, ALWAYS, "all", (), (), ("quantity",))


def _dated(field: str, steps: tuple[Step[T], ...], split: Callable[[T], Iterable[Part]]) -> Iterator[Variant]:
    """The parts of each period; the period is part of the id where there are several."""
    if len(steps) == 1:
        only, validity = steps[0], _validity(steps[0])
        for part in split(only.is_):
            yield Variant(part, validity, only.applies_to, part.suffix, part.labels, (field, *part.path))
        return
    dates = [_date(step) for step in steps]
    for index, (step, date) in enumerate(zip(steps, dates, strict=True)):
        cohort = step.applies_to if dates.count(date) > 1 and step.applies_to != "all" else ""
        words = date.replace("until-", "until ") if step.from_ is None else f"from {date}"
        suffix = tuple(filter(None, (date, cohort)))
        labels = tuple(filter(None, (words, f"{cohort} customers" if cohort else "")))
        for part in split(step.is_):
            path = (field, index, "is", *part.path)
            yield Variant(part, _validity(step), step.applies_to, (*part.suffix, *suffix), (*part.labels, *labels), path)


def _validity(step: Step[Any]) -> Validity:
    return ALWAYS if step.from_ is None and step.until is None else step.validity


def _date(step: Step[Any]) -> str:
    """The name of a period: the day on which it begins, else the one before which it ends."""
    if step.from_ is not None:
        return step.from_.isoformat()
    return "" if step.until is None else f"until-{step.until.isoformat()}"


def _cells(by: Sequence[str], table: Table[Money | None]) -> Iterator[Part]:
    beside = _siblings(table)
    for cell in table.cells:
        if cell.value is None:
            continue
        pairs = enumerate(zip(by, cell.keys, strict=False))
        picks = tuple(Pick(subject, key, _rest(key, beside.get(cell.keys[:level], ()))) for level, (subject, key) in pairs)
        yield Part(cell.value, picks=picks, suffix=tuple(map(key_words, cell.keys)), path=cell.keys)


def _siblings(table: Table[Any]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """The keys that stand beside each other, by what stands before them; none where no key depends on its neighbours."""
    if not any(key == ELSE or ".." in key for cell in table.cells for key in cell.keys):
        return {}
    found: dict[tuple[str, ...], dict[str, None]] = defaultdict(dict)
    for cell in table.cells:
        for level, key in enumerate(cell.keys):
            found[cell.keys[:level]][key] = None
    return {prefix: tuple(keys) for prefix, keys in found.items()}


def _rest(key: str, beside: tuple[str, ...]) -> tuple[str, ...]:
    if key != ELSE and limits_of(key) is None:
        return ()
    return tuple(other for other in beside if other not in (key, ELSE))


def _tiers(tiers: tuple[Tier, ...]) -> Iterator[Part]:
    above: Quantity | Decimal | None = None
    for index, tier in enumerate(tiers):
        words = _bounds(above, tier.up_to)
        yield Part(
            tier.amount if tier.amount is not None else tier.flat,
            tier=tier,
            above=above,
            suffix=(words.replace(" ", "-"),) if words else (),
            labels=(words,) if words else (),
            path=(index,),
        )
        above = tier.up_to


def _bounds(above: Quantity | Decimal | None, up_to: Quantity | Decimal | None) -> str:
    if up_to is not None:
        return f"up to {measure_text(up_to)}"
    return "" if above is None else f"above {measure_text(above)}"


def limits_of(key: str) -> Band | None:
    """The band that a key is, if it is one."""
    return band(key) if ".." in key else None


def key_words(key: str) -> str:
    """A key of a table in words: `10 to 50` for the band `10..50`."""
    limits = limits_of(key)
    if limits is None:
        return key
    if limits.low is None or limits.high is None:
        return f"from {plain(limits.low)}" if limits.low is not None else f"up to {key[2:]}"
    return f"{plain(limits.low)} to {plain(limits.high)}"


def measure_text(measure: Quantity | Decimal) -> str:
    """A bound as people write it: `10 GB`, or `10` of what is counted."""
    return plain(measure) if isinstance(measure, Decimal) else str(measure)
