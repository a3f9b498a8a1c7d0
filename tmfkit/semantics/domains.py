"""Which values something can have: listed ones, ranges of numbers, or anything at all."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from tmfkit.model.characteristics import Characteristic, Value, ValueType, text_of
from tmfkit.model.conditions import Band, band
from tmfkit.model.values import Quantity, plain
from tmfkit.semantics.patterns import pattern as pattern

NUMERIC = (ValueType.INTEGER, ValueType.NUMBER, ValueType.QUANTITY)
"""The types whose values bands can hold."""


class Range(NamedTuple):
    """All numbers from `low` to `high`, both included; None is open. With `whole` only whole numbers."""

    low: Decimal | None
    high: Decimal | None
    whole: bool = False

    def holds(self, number: Decimal) -> bool:
        """Whether a number lies in the range."""
        above = self.low is None or self.low <= number
        return above and (self.high is None or number <= self.high) and not (self.whole and number != number.to_integral_value())

    def words(self) -> str:
        """How people say it."""
        if self.low is None and self.high is None:
            return "any number"
        if self.high is None:
            return f"any number from {plain(self.low or Decimal(0))}"
        return f"any number up to {plain(self.high)}" if self.low is None else f"any number from {plain(self.low)} to {plain(self.high)}"


@dataclass(frozen=True, slots=True)
class Domain:
    """The values that something can have, each in its one spelling; `absent` says that it may also have none."""

    values: tuple[str, ...] = ()
    ranges: tuple[Range, ...] = ()
    anything: bool = False
    absent: bool = False

    def __bool__(self) -> bool:
        return bool(self.values or self.ranges or self.anything or self.absent)

    @property
    def is_listed(self) -> bool:
        """Whether all values can be told one by one."""
        return not (self.ranges or self.anything)

    def contains(self, text: str) -> bool:
        """Whether a value, in its one spelling, is among them."""
        if self.anything or text in self.values:
            return True
        number = number_of(text) if self.ranges else None
        return number is not None and any(found.holds(number) for found in self.ranges)

    def covers(self, other: "Domain") -> bool:
        """Whether every value of `other` is one of these; ranges are compared by their ends."""
        if self.anything:
            return True
        return not other.anything and all(map(self.contains, other.values)) and all(map(self._spans, other.ranges))

    def _spans(self, inner: Range) -> bool:
        return any(
            (outer.low is None or (inner.low is not None and outer.low <= inner.low))
            and (outer.high is None or (inner.high is not None and inner.high <= outer.high))
            and (inner.whole or not outer.whole)
            for outer in self.ranges
        )

    def union(self, other: "Domain") -> "Domain":
        """The values of both."""
        if self == other:
            return self
        values = tuple(dict.fromkeys((*self.values, *other.values)))
        ranges = tuple(dict.fromkeys((*self.ranges, *other.ranges)))
        return Domain(values, ranges, self.anything or other.anything, self.absent or other.absent)

    def only(self, texts: Iterable[str]) -> "Domain":
        """The values that agree with one of `texts` (values in their one spelling, or bands)."""
        values: list[str] = []
        ranges: list[Range] = []
        for text in texts:
            found = band(text) if ".." in text else None
            if found is None:
                values += [text] if self.contains(text) else []
            else:
                values += [value for value in self.values if agrees(value, text)]
                ranges += self._within(found)
        return Domain(tuple(dict.fromkeys(values)), tuple(dict.fromkeys(ranges)))

    def _within(self, limits: Band) -> list[Range]:
        ranges = (*self.ranges, Range(None, None)) if self.anything else self.ranges
        return [cut for found in ranges if (cut := _cut(found, limits)) is not None]

    def without(self, texts: Iterable[str]) -> "Domain":
        """The values that agree with none of `texts`; a range stays whole."""
        listed = tuple(texts)
        return replace(self, values=tuple(value for value in self.values if not any(agrees(value, text) for text in listed)))

    def converted(self, convert: Callable[[str], str | None]) -> "Domain":
        """Listed values and the ends of ranges in another spelling; what does not convert is left out."""
        values = (convert(value) for value in self.values)
        ranges = (Range(_end(found.low, convert), _end(found.high, convert), found.whole) for found in self.ranges)
        return replace(self, values=tuple(value for value in values if value is not None), ranges=tuple(ranges))

    def words(self) -> str:
        """How people say what is possible."""
        said = [f"`{value}`" for value in self.values[:8]] + (["more"] if len(self.values) > 8 else [])
        said += [found.words() for found in self.ranges] + (["any value"] if self.anything else []) + (["no value"] if self.absent else [])
        return ", ".join(said) or "nothing"


_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?").fullmatch

ANYTHING = Domain(anything=True)
NOTHING = Domain()


def listed(texts: Iterable[str]) -> Domain:
    """Exactly these values."""
    return Domain(tuple(dict.fromkeys(texts)))


def number_of(text: str) -> Decimal | None:
    """The number that a value's one spelling says, None for other texts."""
    return Decimal(text) if _NUMBER(text) else None


def agrees(value: str, text: str) -> bool:
    """Whether a value in its one spelling is what `text` says: the same value, or a band that holds it."""
    found = band(text) if ".." in text else None
    if found is None:
        return value == text
    number = number_of(value)
    return number is not None and found.holds(number)


def domain_of(characteristic: Characteristic) -> Domain:
    """All values that a characteristic may have; kept beside its fields, as many ask."""
    kept: Domain | None = characteristic.__dict__.get(_KEPT)
    if kept is None:
        kept = characteristic.__dict__[_KEPT] = _domain_of(characteristic)
    return kept


_KEPT = "its domain"
"""Under which name a characteristic keeps its domain, as a cached property would: no field can be called so."""


def _domain_of(characteristic: Characteristic) -> Domain:
    absent = characteristic.optional and characteristic.default is None
    if characteristic.values is not None and characteristic.type is ValueType.STRING:
        return Domain(tuple(characteristic.values), absent=absent)
    if characteristic.values is not None:
        return Domain(tuple(map(text_of, characteristic.allowed)), absent=absent)
    if characteristic.type is ValueType.BOOLEAN:
        return Domain(("true", "false"), absent=absent)
    if characteristic.type in NUMERIC:
        ends = (_amount(characteristic.lowest), _amount(characteristic.highest))
        return Domain(ranges=(Range(*ends, characteristic.type is ValueType.INTEGER),), absent=absent)
    return Domain(anything=True, absent=absent)


def matches(characteristic: Characteristic, text: str) -> bool:
    """Whether a text is as the characteristic's pattern wants it; a pattern that is none refuses nothing."""
    if characteristic.pattern is None:
        return True
    found = pattern(characteristic.pattern)
    return isinstance(found, str) or found.fullmatch(text) is not None


def _amount(value: Value | None) -> Decimal | None:
    match value:
        case Quantity():
            return value.amount
        case Decimal():
            return value
        case _:
            return None


def _end(number: Decimal | None, convert: Callable[[str], str | None]) -> Decimal | None:
    text = None if number is None else convert(plain(number))
    return None if text is None else number_of(text)


def _cut(found: Range, limits: Band) -> Range | None:
    low = limits.low if found.low is None else found.low if limits.low is None else max(found.low, limits.low)
    high = limits.high if found.high is None else found.high if limits.high is None else min(found.high, limits.high)
    if low is not None and high is not None and low > high:
        return None
    return Range(low, high, found.whole)
