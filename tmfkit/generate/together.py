"""Which of some other prices and discounts hold together with a price: every combination that a customer can have of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import product
from math import prod
from typing import NamedTuple, TypeAlias

from tmfkit.catalog import Catalog
from tmfkit.generate.prices import SinglePrice
from tmfkit.model.base import Validity
from tmfkit.model.conditions import Condition, band
from tmfkit.model.values import plain
from tmfkit.semantics.conditions import texts_of
from tmfkit.semantics.configuration import Subject, Variable, variable
from tmfkit.semantics.domains import agrees
from tmfkit.semantics.pricing import refusals

MOST_COMBINATIONS = 20_000
"""How many combinations of what conditions tell apart are looked at; with more, the answer is None."""

_OWN = ("term",)
"""The facts that each offering has for itself; all others are the same for a bundle and its members."""

_OTHER = "\0"
"""Stands for any value that nobody names."""

Name: TypeAlias = tuple[str, str]
"""A subject: the offering whose own it is (empty for a fact that is the same for all), and its name."""


@dataclass(frozen=True, slots=True)
class Combination:
    """Prices that hold together with another one, in the order given, and the channels in which that can be."""

    others: tuple[SinglePrice, ...]
    channels: tuple[str, ...]


class _Clause(NamedTuple):
    """What must be so of one subject; with `refused`, what must not be so."""

    subject: Name
    texts: tuple[str, ...]
    refused: tuple[str, ...] = ()

    def holds(self, chosen: Mapping[Name, str]) -> bool:
        value = chosen.get(self.subject)
        if value is None:
            return False
        if self.refused:
            return not any(agrees(value, text) for text in self.refused)
        return any(agrees(value, text) for text in self.texts)


@dataclass(frozen=True, slots=True)
class _Terms:
    """When a price holds: all of `needs`, and none of `refuses` as a whole; `never` where the moment or the action already decides."""

    needs: tuple[_Clause, ...]
    refuses: tuple[tuple[_Clause, ...], ...]
    never: bool = False

    def holds(self, chosen: Mapping[Name, str]) -> bool:
        return all(one.holds(chosen) for one in self.needs) and not any(all(one.holds(chosen) for one in group) for group in self.refuses)

    @property
    def clauses(self) -> Iterator[_Clause]:
        yield from self.needs
        for group in self.refuses:
            yield from group


def together(price: SinglePrice, others: Sequence[SinglePrice], catalog: Catalog, moment: datetime) -> tuple[Combination, ...] | None:
    """Every combination of `others` that can hold for somebody who orders at `moment` and pays `price`; None where there are too many.

    Only what the conditions and cells of `others` ask about is told apart. A single answer means that the price alone decides.
    Dimensions of usage are no choice of a customer: the cells of a table by zone hold together. `others` may stand in the offering
    itself or in bundles around it.
    """
    asked = [_terms(other, catalog, moment) for other in others]
    variables = dict(_variables(((other, terms) for other, terms in zip(others, asked, strict=True)), catalog))
    own = _within(_terms(price, catalog, moment), variables)
    classes = {name: _classes(name, one, (own, *asked)) for name, one in variables.items()}
    if prod(len(found) for found in classes.values()) > MOST_COMBINATIONS:
        return None
    found: dict[tuple[int, ...], dict[str, None]] = {}
    for values in product(*classes.values()):
        chosen = {name: group[0] for name, group in zip(classes, values, strict=True)}
        if not own.holds(chosen):
            continue
        holding = tuple(index for index, terms in enumerate(asked) if not terms.never and terms.holds(chosen))
        sold = dict(zip(classes, values, strict=True)).get(("", "channel"))
        channels = price.channels if sold is None else [channel for channel in price.channels if channel in sold]
        found.setdefault(holding, {}).update(dict.fromkeys(channels))
    return tuple(Combination(tuple(others[index] for index in holding), tuple(channels)) for holding, channels in sorted(found.items()))


def _terms(price: SinglePrice, catalog: Catalog, moment: datetime) -> _Terms:
    """The conditions and the cell of a price as clauses."""
    needs: list[_Clause] = []
    never = False
    for subject, wanted in price.terms.when.clauses:
        if isinstance(wanted, Validity):
            never = never or not wanted.holds(moment, catalog.zone)
        elif subject == "action":
            never = never or "add" not in wanted
        else:
            needs += _clause(price, subject, wanted, catalog)
    for pick in price.picks:
        needs += _clause(price, pick.subject, (pick.key,), catalog, pick.rest if pick.key == "else" else ())
    refused = [_refused(price, condition, catalog, moment) for condition in refusals(price.offering.prices[price.name], catalog)]
    return _Terms(tuple(needs), tuple(group for group in refused if group is not None), never or () in refused)


def _refused(price: SinglePrice, condition: Condition, catalog: Catalog, moment: datetime) -> tuple[_Clause, ...] | None:
    """The clauses of an `unless`; None where it cannot hold now, and none at all where it surely does."""
    found: list[_Clause] = []
    for subject, wanted in condition.clauses:
        if isinstance(wanted, Validity):
            if not wanted.holds(moment, catalog.zone):
                return None
        elif subject == "action":
            if "add" not in wanted:
                return None
        else:
            found += _clause(price, subject, wanted, catalog)
    return tuple(found)


def _clause(price: SinglePrice, subject: str, texts: tuple[str, ...], catalog: Catalog, rest: tuple[str, ...] = ()) -> Iterator[_Clause]:
    known = variable(subject, price.offering, catalog, price.terms.usage)
    if known is None or known.subject is Subject.DIMENSION:
        return
    scope = price.offering.id if known.subject is not Subject.FACT or subject in _OWN else ""
    asked = {subject: known}
    yield _Clause((scope, subject), texts_of(subject, texts, asked), texts_of(subject, rest, asked))


def _variables(asked: Iterable[tuple[SinglePrice, _Terms]], catalog: Catalog) -> Iterator[tuple[Name, Variable]]:
    for other, terms in asked:
        for clause in terms.clauses:
            known = variable(clause.subject[1], other.offering, catalog, other.terms.usage)
            if known is not None:
                yield clause.subject, known


def _within(terms: _Terms, known: Mapping[Name, Variable]) -> _Terms:
    """The terms of a price as far as they are about subjects that others ask about."""
    needs = tuple(clause for clause in terms.needs if clause.subject in known)
    groups = tuple(group for group in terms.refuses if group and all(clause.subject in known for clause in group))
    return _Terms(needs, groups)


def _classes(name: Name, known: Variable, asked: Sequence[_Terms]) -> list[tuple[str, ...]]:
    """The values of a subject in groups that no condition tells apart."""
    clauses = [clause for terms in asked for clause in terms.clauses if clause.subject == name]
    found: dict[tuple[bool, ...], list[str]] = {}
    for value in _values(known, [text for clause in clauses for text in (*clause.texts, *clause.refused)]):
        signature = tuple(clause.holds({name: value}) for clause in clauses)
        found.setdefault(signature, []).append(value)
    return [tuple(values) for values in found.values()]


def _values(known: Variable, texts: Sequence[str]) -> Iterator[str]:
    """Listed values, and for open domains a value of each sort that the texts tell apart."""
    domain = known.domain
    yield from domain.values
    if domain.is_listed:
        if domain.absent:
            yield _OTHER
        return
    samples = dict.fromkeys(sample for text in texts for sample in _samples(text))
    yield from (sample for sample in samples if sample not in domain.values and domain.contains(sample))
    if domain.anything or domain.absent or not samples:
        yield _OTHER


def _samples(text: str) -> Iterator[str]:
    """The value itself, or for a band numbers inside it and on both sides."""
    limits = band(text) if ".." in text else None
    if limits is None:
        yield text
        return
    for end in (limits.low, limits.high):
        if end is not None:
            yield from (plain(end - 1), plain(end), plain(end + 1))
    if limits.low is not None and limits.high is not None:
        yield plain((limits.low + limits.high) / Decimal(2))
