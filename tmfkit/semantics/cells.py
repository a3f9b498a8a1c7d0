"""A set of possible values cut into the parts that rules tell apart, each with one value that stands for all of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import NamedTuple, TypeAlias

from tmfkit.model.conditions import band
from tmfkit.model.values import plain
from tmfkit.semantics.domains import Domain, Range, number_of


@dataclass(frozen=True, slots=True)
class Is:
    """Exactly this value, in its one spelling."""

    text: str


@dataclass(frozen=True, slots=True)
class Between:
    """All numbers from `low` to `high`; None is open, and `with_low` and `with_high` say whether the ends belong to it."""

    low: Decimal | None
    high: Decimal | None
    with_low: bool = True
    with_high: bool = True
    whole: bool = False

    def holds(self, number: Decimal) -> bool:
        """Whether a number lies in it."""
        above = self.low is None or self.low < number or (self.with_low and self.low == number)
        below = self.high is None or number < self.high or (self.with_high and self.high == number)
        return above and below

    def followed_by(self, other: "Between") -> "Between | None":
        """Both as one, where `other` begins where this one ends."""
        if self.high is None or other.low is None:
            return None
        touching = self.high == other.low and self.with_high is not other.with_low
        following = self.whole and other.whole and self.with_high and other.with_low and other.low == self.high + 1
        return replace(self, high=other.high, with_high=other.with_high) if touching or following else None


@dataclass(frozen=True, slots=True)
class Apart:
    """Any text but these."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """Any value at all."""


@dataclass(frozen=True, slots=True)
class Missing:
    """No value."""


Test: TypeAlias = Is | Between | Apart | Given | Missing
"""What a rule may ask of one value."""


class Cell(NamedTuple):
    """A part of the possible values that nothing divides, and one of them; None stands for no value."""

    test: Test
    sample: str | None


def cells(domain: Domain, texts: Iterable[str], numeric: bool) -> tuple[Cell, ...]:
    """The parts of a domain that `texts` (values in their one spelling, or bands) tell apart; numbers in their order."""
    written = tuple(dict.fromkeys(texts))
    return (*(Cell(Is(text), text) for text in domain.values), *_open(domain, written, numeric), *_missing(domain))


def _missing(domain: Domain) -> tuple[Cell, ...]:
    return (Cell(Missing(), None),) if domain.absent else ()


def _open(domain: Domain, written: Sequence[str], numeric: bool) -> Iterator[Cell]:
    ranges = (Range(None, None),) if domain.anything and numeric else domain.ranges
    alone = len(ranges) == 1 and not domain.values
    for limits in ranges:
        for part, sample in _numbers(limits, _ends(written)):
            yield Cell(_opened(part, limits) if alone else part, plain(sample))
    if domain.anything and not numeric:
        values = tuple(text for text in written if ".." not in text or band(text) is None)
        yield from (Cell(Is(text), text) for text in values)
        yield Cell(Apart(tuple(sorted(values))), "~" * (1 + max(map(len, values), default=0)))


def _ends(written: Iterable[str]) -> set[Decimal]:
    """The numbers at which something may change."""
    found: set[Decimal] = set()
    for text in written:
        limits = band(text) if ".." in text else None
        ends = (limits.low, limits.high) if limits else (number_of(text),)
        found.update(end for end in ends if end is not None)
    return found


def _numbers(limits: Range, ends: set[Decimal]) -> Iterator[tuple[Between, Decimal]]:
    """Points and what lies between them, within limits, each with a number in it."""
    cuts = sorted(end for end in ends if (limits.low is None or limits.low <= end) and (limits.high is None or end <= limits.high))
    edges: list[Decimal | None] = [None, *cuts, None]
    for index, low in enumerate(edges[:-1]):
        if low is not None:
            yield from _cell(Between(low, low, whole=limits.whole), limits)
        yield from _cell(Between(low, edges[index + 1], False, False, limits.whole), limits)


def _cell(part: Between, limits: Range) -> Iterator[tuple[Between, Decimal]]:
    found = _rounded(part) if part.whole else part
    found = replace(found, low=limits.low, with_low=True) if found.low is None and limits.low is not None else found
    found = replace(found, high=limits.high, with_high=True) if found.high is None and limits.high is not None else found
    sample = _sample(found, limits)
    if sample is not None:
        yield found, sample


def _opened(part: Between, limits: Range) -> Between:
    """Without the ends that are the limits anyway."""
    low = None if part.low == limits.low and part.with_low else part.low
    high = None if part.high == limits.high and part.with_high else part.high
    return replace(part, low=low, high=high)


def _rounded(part: Between) -> Between:
    """The same for whole numbers, with ends that belong to it."""
    low = None if part.low is None else part.low.to_integral_value(ROUND_CEILING)
    high = None if part.high is None else part.high.to_integral_value(ROUND_FLOOR)
    if low is not None and low == part.low and not part.with_low:
        low += 1
    if high is not None and high == part.high and not part.with_high:
        high -= 1
    return Between(low, high, whole=True)


def _sample(part: Between, limits: Range) -> Decimal | None:
    """A number of a part; None where there is none."""
    low, high = part.low, part.high
    if low is not None and high is not None:
        middle = low if part.whole else (low + high) / 2
        return middle if low <= high and part.holds(middle) and limits.holds(middle) else None
    if low is not None:
        return low if part.holds(low) else low + 1
    if high is not None:
        return high if part.holds(high) else high - 1
    return Decimal(0)
