"""What a client asks of a list: which items, in which order, which part of them and how many (TM Forum's TMF630 conventions)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from tmfkit.serve.fields import Fields
from tmfkit.serve.sorting import Order, ordered, ranks
from tmfkit.serve.terms import Operator, Term, pattern

MOST_LETTERS = 8_000
"""How long names and values of a query may be together."""
MOST_TERMS = 40
MOST_CHOICES = 200
MOST_KEYS = 8
MOST_FIELDS = 200
DEEPEST = 12
LONGEST_PATTERN = 256
MOST_DIGITS = 9
"""Limits of one query; what is beyond them is refused, so that no list costs without bound."""

NAMED = ("fields", "sort", "offset", "limit")
_SIGNS = {">": Operator.MORE, "<": Operator.LESS, "*": Operator.PATTERN, "!": Operator.UNEQUAL}
_INCLUSIVE = {">": Operator.AT_LEAST, "<": Operator.AT_MOST, "*": Operator.PATTERN, "!": Operator.UNEQUAL}
_SIGNED = re.compile(r"([^<>*!]*)([<>*!])(.*)", re.DOTALL)
_SUFFIXES = {operator.value: operator for operator in Operator}


class Unanswerable(ValueError):
    """A query that cannot be answered; `parameter` is the one to blame, the text says why and what would do."""

    def __init__(self, parameter: str, reason: str) -> None:
        super().__init__(reason)
        self.parameter = parameter


@dataclass(frozen=True, slots=True)
class Query:
    """What a client asks of a list; `limit` is None where the server may choose, `fields` where the whole item is wanted."""

    terms: tuple[Term, ...] = ()
    sort: tuple[Order, ...] = ()
    fields: Fields | None = None
    offset: int = 0
    limit: int | None = None

    def accepts(self, body: dict[str, Any]) -> bool:
        """Whether an item satisfies every condition."""
        return all(term.holds(body) for term in self.terms)

    def arranged(self, bodies: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        """The items in the order asked for; those that it does not tell apart stay as they stood."""
        return ordered(((ranks(body, self.sort), body) for body in bodies), self.sort)

    def shown(self, body: dict[str, Any], always: Iterable[str]) -> dict[str, Any]:
        """The part of an item that is asked for, never without the attributes of `always`."""
        return body if self.fields is None else self.fields.shown(body, always)

    def split(self, columns: Collection[str]) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
        """The conditions that a database answers by comparing the text in one of `columns` with their choices, and the others."""
        able = tuple(term for term in self.terms if term.plain and term.path[0] in columns)
        return able, tuple(term for term in self.terms if term not in able)

    @property
    def cost(self) -> int:
        """How many comparisons one item takes, roughly; patterns count for several."""
        return sum(term.cost for term in self.terms)


def asked(parameters: Iterable[tuple[str, str]]) -> Query:
    """The query that the parameters of an address say, in the order in which they stand; raises `Unanswerable`."""
    pairs = list(parameters)
    if sum(len(name) + len(value) for name, value in pairs) > MOST_LETTERS:
        raise Unanswerable("", f"the query is longer than {MOST_LETTERS} letters: ask for less at once")
    terms = tuple(_term(name, value) for name, value in pairs if name not in NAMED)
    if len(terms) > MOST_TERMS:
        raise Unanswerable("", f"the query has more than {MOST_TERMS} conditions: ask for less at once")
    return Query(
        terms=terms,
        sort=_sort(_listed(pairs, "sort", MOST_KEYS)),
        fields=_fields(pairs),
        offset=_count(pairs, "offset") or 0,
        limit=_count(pairs, "limit"),
    )


def _term(name: str, value: str) -> Term:
    if name == "filter":
        raise Unanswerable(name, "filters in JSONPath are not offered: write a condition as attribute=value")
    path, operator, text = _condition(name, value)
    match operator:
        case Operator.PATTERN:
            return Term(path, operator, (_checked(name, text),))
        case Operator.EQUAL | Operator.UNEQUAL:
            return Term(path, operator, _choices(name, text))
        case _:
            return Term(path, operator, (text,))


def _condition(name: str, value: str) -> tuple[tuple[str, ...], Operator, str]:
    """A condition is written `a.b=c`, `a.b.gt=c`, `a.b>c` or `a.b>=c`; the last two reach us cut at the first `=`."""
    if signed := _SIGNED.fullmatch(name):
        attribute, sign, rest = signed.groups()
        if rest:
            return _path(name, attribute), _SIGNS[sign], rest if value == "" else f"{rest}={value}"
        return _path(name, attribute), _INCLUSIVE[sign], value
    attribute, dot, suffix = name.rpartition(".")
    if dot and suffix in _SUFFIXES:
        return _path(name, attribute), _SUFFIXES[suffix], value
    return _path(name, name), Operator.EQUAL, value


def _path(parameter: str, text: str) -> tuple[str, ...]:
    path = tuple(text.split("."))
    if not all(path):
        raise Unanswerable(parameter, f"`{parameter}` names no attribute: write a name, or names joined by dots")
    if len(path) > DEEPEST:
        raise Unanswerable(parameter, f"`{parameter}` goes deeper than {DEEPEST} attributes")
    return path


def _choices(name: str, value: str) -> tuple[str, ...]:
    """Commas separate alternatives, and so does `;name=`; a value that itself has a comma is one of them as a whole."""
    alternatives = value.split(f";{name}=")
    parts = dict.fromkeys(part for whole in alternatives for part in (whole, *whole.split(",")))
    if len(parts) > MOST_CHOICES:
        raise Unanswerable(name, f"`{name}` has more than {MOST_CHOICES} alternatives: ask for less at once")
    return tuple(parts)


def _checked(name: str, text: str) -> str:
    if len(text) > LONGEST_PATTERN:
        raise Unanswerable(name, f"the regular expression of `{name}` is longer than {LONGEST_PATTERN} letters")
    made = pattern(text)
    if isinstance(made, str):
        raise Unanswerable(name, f"the regular expression of `{name}` cannot be used: {made}")
    return text


def _sort(keys: list[str]) -> tuple[Order, ...]:
    """A `+` in front means upwards too; unescaped, it arrives as a blank."""
    return tuple(Order(_path("sort", key.lstrip("-+ ")), key.startswith("-")) for key in keys)


def _fields(pairs: list[tuple[str, str]]) -> Fields | None:
    names = _listed(pairs, "fields", MOST_FIELDS)
    if not names:
        return None
    return Fields(()) if names == ["none"] else Fields(tuple(_path("fields", name) for name in names))


def _listed(pairs: list[tuple[str, str]], name: str, most: int) -> list[str]:
    words = [word.strip() for key, value in pairs if key == name for word in value.split(",") if word.strip()]
    if len(words) > most:
        raise Unanswerable(name, f"`{name}` lists more than {most} attributes")
    return words


def _count(pairs: list[tuple[str, str]], name: str) -> int | None:
    given = [value for key, value in pairs if key == name]
    if not given:
        return None
    if len(given) > 1:
        raise Unanswerable(name, f"`{name}` is given {len(given)} times: give it once")
    if not (given[0].isascii() and given[0].isdigit() and len(given[0]) <= MOST_DIGITS):
        raise Unanswerable(name, f"`{name}` is a whole number from 0 to {'9' * MOST_DIGITS}")
    return int(given[0])
