"""What the rules of a specification look at: its characteristics, the facts of an order and the number of a role, each cut into parts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import NamedTuple

from tmfkit.catalog import Catalog
from tmfkit.model.base import Validity, instant
from tmfkit.model.conditions import ACTIONS, CUSTOMERS, Condition
from tmfkit.model.services import Feed
from tmfkit.model.tables import ELSE
from tmfkit.model.values import plain
from tmfkit.semantics.cells import Cell, Given, Missing, Test, cells
from tmfkit.semantics.configuration import Subject, Variable, readable
from tmfkit.semantics.domains import Domain, Range, agrees, listed
from tmfkit.semantics.feeds import Feeding, Use, is_numeric, variable_of

MOST_STEPS = 2_000
"""How many steps of a division are told one by one."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Something of an order that a rule looks at: a value by its name, or whether one of several values is as `element` says."""

    name: str
    element: Test | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """One thing that is looked at, and its parts."""

    asked: Asked
    cells: tuple[Cell, ...]


class Named(NamedTuple):
    """What a name stands for in the rules of a specification."""

    variable: Variable
    numeric: bool
    many: bool

    def cells_by(self, texts: Sequence[str]) -> tuple[Cell, ...]:
        """The parts of one value that some texts tell apart."""
        domain = self.variable.domain
        if self.many:
            domain = Domain(domain.values, domain.ranges, domain.anything)
        return cells(domain, readable(self.variable, texts), self.numeric)


class Steps(NamedTuple):
    """The texts of a feed that tell the values of its sources apart, by their names; not `complete` where these are too many."""

    texts: Mapping[str, tuple[str, ...]]
    complete: bool = True


def subject(name: str, entity: Feeding, catalog: Catalog) -> Named:
    """A characteristic of the specification, a fact of the order, or how often another role is filled."""
    characteristic = entity.characteristics.get(name)
    if characteristic is not None:
        return Named(variable_of(name, characteristic), is_numeric(characteristic), characteristic.many is not None)
    words = catalog.vocabulary
    facts = {
        "customer": listed(CUSTOMERS),
        "action": listed(ACTIONS),
        "channel": listed(words.channels),
        "segment": listed(words.segments),
        "place": listed(words.places),
        "ordered": Domain(ranges=(Range(None, None),)),
    }
    if name in ("term", "agreement", "voucher") or not facts.get(name, True):
        return Named(Variable(name, Subject.FACT, Domain(anything=True, absent=True)), False, False)
    if name in facts:
        domain = facts[name]
        return Named(Variable(name, Subject.FACT, Domain(domain.values, domain.ranges, absent=True)), name == "ordered", False)
    return Named(Variable(name, Subject.ROLE, Domain(ranges=(Range(Decimal(0), None, whole=True),))), True, False)


def steps_of(feed: Feed | None, entity: Feeding) -> Steps:
    """Where the rows of a feed begin and end."""
    if feed is None:
        return Steps({})
    if feed.table is not None:
        rows = [cell.keys for cell in feed.table.cells]
        return Steps({name: _unique(keys[index] for keys in rows) for index, name in enumerate(feed.by)})
    if feed.from_ is None or feed.from_ not in entity.characteristics:
        return Steps({})
    if feed.map is not None:
        return Steps({feed.from_: _unique(feed.map)})
    cuts = _cuts(feed, variable_of(feed.from_, entity.characteristics[feed.from_]).domain) if feed.per is not None else ()
    return Steps({feed.from_: cuts or ()}, complete=cuts is not None)


def parts_of(name: str, use: Use, feed: Feed | None, entity: Feeding, catalog: Catalog) -> tuple[Cell, ...]:
    """The parts of the values of a name that the conditions of a role and one of its feeds tell apart."""
    texts = (*_conditions(use, catalog).get(name, ()), *steps_of(feed, entity).texts.get(name, ()))
    return subject(name, entity, catalog).cells_by(texts)


def levels_of(
    use: Use,
    feed: Feed | None,
    sources: Sequence[str],
    entity: Feeding,
    catalog: Catalog,
    elements: Mapping[str, Cell] | None = None,
) -> list[Level]:
    """Everything that decides about a role and one of its feeds; of several values at once, only those that make a difference."""
    conditions = _conditions(use, catalog)
    found: list[Level] = []
    for name in dict.fromkeys((*conditions, *(source for source in sources if "/" not in source))):
        parts = parts_of(name, use, feed, entity, catalog)
        known = subject(name, entity, catalog)
        if known.many:
            texts = tuple(readable(known.variable, conditions.get(name, ())))
            found += _flags(name, parts, texts, (elements or {}).get(name))
        elif parts:
            found.append(Level(Asked(name), parts))
    return found


def _flags(name: str, parts: Sequence[Cell], texts: Sequence[str], element: Cell | None) -> Iterator[Level]:
    """Whether some value is in a part, for each part that a condition asks about, and for the one that is looked at."""
    for part in parts:
        asked_about = part.sample is not None and any(agrees(part.sample, text) for text in texts)
        if asked_about or (element is not None and part.test == element.test):
            yield Level(Asked(name, part.test), (Cell(Given(), part.sample), Cell(Missing(), None)))


def _conditions(use: Use, catalog: Catalog) -> dict[str, tuple[str, ...]]:
    """The values that the conditions of a role name, by what they ask about."""
    found: dict[str, tuple[str, ...]] = {}
    for condition in (use.when, use.unless):
        for name, wanted in _clauses(condition, catalog):
            found[name] = (*found.get(name, ()), *wanted)
    return found


def _clauses(condition: Condition, catalog: Catalog) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, wanted in condition.clauses:
        if isinstance(wanted, Validity):
            ends = (moment for moment in (wanted.from_, wanted.until) if moment is not None)
            yield name, tuple(str(int(instant(moment, catalog.zone).timestamp())) for moment in ends)
        else:
            yield name, wanted


def _unique(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(key for key in dict.fromkeys(keys) if key != ELSE)


def _cuts(feed: Feed, domain: Domain) -> tuple[str, ...] | None:
    """The numbers at which a division gives another result."""
    assert feed.per is not None
    per, shift = feed.per, feed.per / 2 if feed.round == "nearest" else Decimal(0)
    found: list[str] = []
    for low, high, whole in domain.ranges:
        if low is None or high is None or (high - low) / per > MOST_STEPS:
            return None
        first = ((low - shift) / per).to_integral_value(ROUND_CEILING)
        number = first * per + shift
        while number <= high:
            found.append(plain(number.to_integral_value(ROUND_CEILING) if whole else number))
            number += per
    return None if domain.anything else tuple(found)
