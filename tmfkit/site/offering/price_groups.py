"""The single prices of an offering in groups that people can read: one group for each period and each kind of customer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from itertools import groupby
from typing import NamedTuple

from tmfkit.generate.prices import SinglePrice
from tmfkit.site.edition import Edition
from tmfkit.site.phrases import Naming, interval, measure, money

MOST_COLUMNS = 6
"""How many columns of amounts stand side by side; with more, each amount has a row of its own."""


class When(IntEnum):
    """When a price holds, seen from the day that the site is about."""

    NOW = 0
    COMING = 1
    OVER = 2


class Period(NamedTuple):
    """One period of a price, for one kind of customer."""

    when: When
    begins: datetime | None
    ends: datetime | None
    applies_to: str

    def said(self, edition: Edition) -> str:
        """The period in words, today's and coming ones marked."""
        span = interval(edition, self.begins, self.ends)
        whom = "" if self.applies_to == "all" else edition.say(f"cohort-{self.applies_to}")
        mark = edition.say(f"when-{self.when.name.lower()}")
        return " – ".join(filter(None, (f"**{mark}**", ", ".join(filter(None, (span, whom))))))


@dataclass(frozen=True, slots=True)
class Group:
    """The single prices of one period, in the order written."""

    period: Period
    prices: tuple[SinglePrice, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table that is ready to be written: its head, its rows, and which columns are numbers."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: frozenset[int]
    closed: bool = False


def groups(prices: Iterable[SinglePrice], on: datetime) -> list[Group]:
    """The prices of one name by their periods: today's first, then the coming ones, then those that are over."""
    found: dict[Period, list[SinglePrice]] = {}
    for price in prices:
        found.setdefault(_period(price, on), []).append(price)
    return [Group(period, tuple(found[period])) for period in sorted(found, key=_order)]


def _period(price: SinglePrice, on: datetime) -> Period:
    if price.begins is not None and on < price.begins:
        when = When.COMING
    else:
        when = When.OVER if price.ends is not None and price.ends <= on else When.NOW
    return Period(when, price.begins, price.ends, price.applies_to)


def _order(period: Period) -> tuple[int, float, str]:
    return period.when, period.begins.timestamp() if period.begins is not None else 0.0, period.applies_to


def amount(price: SinglePrice, edition: Edition) -> str:
    """How much a single price is; what it is counted by is said once, where its nature is."""
    if price.tier is not None:
        parts = [money(edition, price.tier.amount)] if price.tier.amount is not None else []
        parts += [edition.say("flat", amount=money(edition, price.tier.flat))] if price.tier.flat is not None else []
        return " + ".join(parts)
    if price.money is not None:
        return money(edition, price.money)
    if price.percent is not None:
        return measure(edition, price.percent) + "&nbsp;%"
    return measure(edition, price.terms.quantity) if price.terms.quantity is not None else "–"


def sheet(prices: Sequence[SinglePrice], naming: Naming) -> Sheet:
    """One period as a table: two subjects or more with the last one across, where that is narrow enough."""
    subjects = tuple(dict.fromkeys(pick.subject for price in prices for pick in price.picks))
    across = subjects[-1] if len(subjects) > 1 else None
    if across is not None and len({price.where.get(across) for price in prices}) <= MOST_COLUMNS:
        return _matrix(prices, subjects[:-1], across, naming)
    return _rows(prices, subjects, naming)


def _rows(prices: Sequence[SinglePrice], subjects: tuple[str, ...], naming: Naming) -> Sheet:
    edition = naming.edition
    tiers = any(price.tier is not None for price in prices)
    head = (*map(naming.head, subjects), *((edition.say("tier"),) if tiers else ()), edition.say("amount"))
    rows = tuple((*_keys(price, subjects, naming), *((tier(price, edition),) if tiers else ()), amount(price, edition)) for price in prices)
    return Sheet(head, rows, frozenset((len(head) - 1,)))


def _matrix(prices: Sequence[SinglePrice], down: tuple[str, ...], across: str, naming: Naming) -> Sheet:
    columns = tuple(dict.fromkeys(price.where.get(across, "") for price in prices))
    head = (*map(naming.head, down), *(naming.value(across, column) for column in columns))
    cells: dict[tuple[str, ...], dict[str, str]] = {}
    for price in prices:
        cells.setdefault(tuple(price.where.get(name, "") for name in down), {})[price.where.get(across, "")] = amount(price, naming.edition)
    rows = tuple(
        (*(naming.value(name, key) for name, key in zip(down, keys, strict=True)), *(row.get(column, "–") for column in columns))
        for keys, row in cells.items()
    )
    closed = any(len(row) < len(columns) for row in cells.values())
    return Sheet(head, rows, frozenset(range(len(down), len(head))), closed)


def _keys(price: SinglePrice, subjects: tuple[str, ...], naming: Naming) -> Iterable[str]:
    return (naming.value(name, price.where[name]) if name in price.where else "" for name in subjects)


def tier(price: SinglePrice, edition: Edition) -> str:
    """The bounds of a tier in words."""
    if price.tier is None:
        return ""
    low = "" if price.above is None else measure(edition, price.above)
    high = "" if price.tier.up_to is None else measure(edition, price.tier.up_to)
    if low and high:
        return edition.say("above-up-to", low=low, high=high)
    return edition.say("above", low=low) if low else edition.say("at-most", high=high) if high else edition.say("all-of-it")


def by_name(prices: Iterable[SinglePrice]) -> dict[str, list[SinglePrice]]:
    """The single prices of each price, in the order written."""
    return {name: list(found) for name, found in groupby(prices, key=lambda price: price.name)}
