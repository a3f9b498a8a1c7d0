"""The decision tables: rules as rows of texts that every DMN engine reads alike, one value or one comparison in each."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise, product
from typing import NamedTuple

from tmfkit.api import (
    Apart,
    Asked,
    Between,
    Catalog,
    Characteristic,
    Decision,
    DecisionRule,
    Divided,
    Fixed,
    Given,
    Is,
    Missing,
    Open,
    Passed,
    Size,
    is_numeric,
)

from .inputs import GIVEN, HAS, NUMBER, VALUE, Answer, Input, Look, Specification, Test, may_be_missing

ANY = "-"
_CONTROL = re.compile(r"[\x00-\x1f]")
_HEXADECIMAL = "0123456789abcdefABCDEF"


class Column(NamedTuple):
    """A column that tests an input; `upper` is a second one, for the other end of an interval."""

    look: Look
    upper: bool = False


class Row(NamedTuple):
    """A rule: its tests by column, and its results."""

    tests: Mapping[Column, str]
    results: tuple[str, ...]


class Table(NamedTuple):
    """A decision table as it is written: columns with their inputs, names of the results, rows of texts."""

    columns: tuple[tuple[Column, Input], ...]
    rows: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]


class Writer(NamedTuple):
    """Writes the rules of one specification, whose inputs have legal names."""

    entity: Specification
    catalog: Catalog
    inputs: Mapping[Look, Input]

    def needed(self, found: Sequence[Decision]) -> Table:
        """Which roles are filled, by what, and how often."""
        return self._laid_out(row for one in found for rule in one.needed for row in self._rows(rule, self._filled(one, rule)))

    def told(self, found: Sequence[Decision]) -> Table:
        """What each of them is told; what only a sibling knows is named in the last column. A division is not written."""
        return self._laid_out(
            row
            for one in found
            for name, told in one.told.items()
            for rule in told.rules
            if not isinstance(rule.answer, Divided)
            for row in self._rows(rule, self._parameter(one.role, name, rule.answer, told.characteristic))
        )

    def _filled(self, one: Decision, rule: DecisionRule) -> tuple[str, ...]:
        id = one.target if isinstance(one.target, str) else one.target.external
        shared = getattr(one.use, "shared", None) or ""
        return string(one.role), string(id), self._answer(rule.answer, None), string(shared)

    def _parameter(self, role: str, name: str, answer: Answer, target: Characteristic) -> tuple[str, ...]:
        source = answer.source if isinstance(answer, Open) else ""
        return string(role), string(name), self._answer(answer, target), string(source)

    def _answer(self, answer: Answer, target: Characteristic | None) -> str:
        match answer:
            case Fixed(text):
                return text if target is None or is_numeric(target) else string(text)
            case Passed(name, times):
                above = "" if times.numerator == 1 else f" * {times.numerator}"
                return self.inputs[Look(name, VALUE)].name + above + ("" if times.denominator == 1 else f" / {times.denominator}")
            case Size(name):
                return self.inputs[Look(name, NUMBER)].name
            case Open() | Divided():
                return '""'

    def _rows(self, rule: DecisionRule, results: tuple[str, ...]) -> Iterator[Row]:
        """One row, or several where a condition needs more than one interval to say."""
        for tests in product(*(tuple(self._tests(asked, test)) for asked, test in rule.conditions)):
            yield Row({column: text for one in tests for column, text in one.items()}, results)

    def _tests(self, asked: Asked, test: Test) -> Iterator[dict[Column, str]]:
        if asked.element is not None:
            yield {Column(Look(asked.name, HAS, asked.element)): _yes(isinstance(test, Given))}
            return
        given: dict[Column, str] = {}
        if isinstance(test, Given | Missing) or may_be_missing(asked.name, self.entity, self.catalog):
            given = {Column(Look(asked.name, GIVEN)): _yes(not isinstance(test, Missing))}
        look = Look(asked.name, VALUE)
        match test:
            case Is(text):
                yield {**given, Column(look): text if self.inputs[look].type == "number" else string(text)}
            case Between():
                yield {**given, **dict(_ends(look, test))}
            case Apart(texts):
                yield from ({**given, **gap} for gap in _gaps(look, texts))
            case Given() | Missing():
                yield given

    def _laid_out(self, rows: Iterator[Row]) -> Table:
        written = tuple(dict.fromkeys((tuple(row.tests.items()), row.results) for row in rows))
        used = {column for tests, _ in written for column, _ in tests}
        columns = [Column(look, upper) for look in self.inputs for upper in (False, True) if Column(look, upper) in used]
        body = tuple((tuple(dict(tests).get(column, ANY) for column in columns), results) for tests, results in written)
        return Table(tuple((column, self.inputs[column.look]) for column in columns), body)


def string(text: str) -> str:
    r"""A text as FEEL and Python both read it.

    SpiffWorkflow takes `?` for the input where an odd number of quotes follows in the text, so it is then written as `\u003f`;
    feelin reads up to six hexadecimal digits, so the text is cut behind the four where more would follow.
    """
    plain = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")
    plain = _CONTROL.sub(lambda sign: f"\\u{ord(sign[0]):04x}", plain)
    if any(sign == "?" and sum(plain[index:].count(quote) for quote in "'\"") % 2 for index, sign in enumerate(plain)):
        plain = plain.replace("?", "\\u003f")
    return '"' + re.sub(rf"(?<!\\)((?:\\\\)*\\u[0-9a-f]{{4}})(?=[{_HEXADECIMAL}])", r'\1" + "', plain) + '"'


def _yes(said: bool) -> str:
    return '"true"' if said else '"false"'


def _ends(look: Look, test: Between) -> Iterator[tuple[Column, str]]:
    if test.low is not None:
        yield Column(look), f"{'>=' if test.with_low else '>'} {_plain(test.low)}"
    if test.high is not None:
        yield Column(look, test.low is not None), f"{'<=' if test.with_high else '<'} {_plain(test.high)}"


def _gaps(look: Look, texts: Sequence[str]) -> Iterator[dict[Column, str]]:
    """Any text but these: before the first, between two, behind the last."""
    ordered = sorted(texts)
    if not ordered:
        yield {}
        return
    yield {Column(look): f"< {string(ordered[0])}"}
    for low, high in pairwise(ordered):
        yield {Column(look): f"> {string(low)}", Column(look, upper=True): f"< {string(high)}"}
    yield {Column(look): f"> {string(ordered[-1])}"}


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
