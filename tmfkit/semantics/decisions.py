"""What a specification needs as plain rules: which roles it fills, how often, and what it tells them, for every possible order."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import TypeAlias

from tmfkit.catalog import Catalog
from tmfkit.model.base import Ref
from tmfkit.model.characteristics import Characteristic, ValueType
from tmfkit.model.services import Feed, ResourceFacingServiceSpecification
from tmfkit.model.units import UNITS
from tmfkit.semantics.asked import levels_of, parts_of, steps_of
from tmfkit.semantics.cells import Cell
from tmfkit.semantics.feeds import Feeding, Use, target_of, uses_of
from tmfkit.semantics.reach import used_entity
from tmfkit.semantics.settled import Chosen, is_needed, told
from tmfkit.semantics.unfolded import Condition, unfolded


@dataclass(frozen=True, slots=True)
class Fixed:
    """This value, in its one spelling."""

    text: str


@dataclass(frozen=True, slots=True)
class Passed:
    """The value or values of the order, `times` as many where the units differ."""

    name: str
    times: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class Size:
    """How many values the order has of it."""

    name: str


@dataclass(frozen=True, slots=True)
class Divided:
    """How many portions of `per` the number of the order needs, rounded `up`, `down` or to the `nearest` (halves away from zero)."""

    name: str
    per: str
    rounded: str


@dataclass(frozen=True, slots=True)
class Open:
    """What only a sibling knows when it has been made: `role/characteristic`."""

    source: str


Answer: TypeAlias = Fixed | Passed | Size | Divided | Open
"""What a rule says."""


@dataclass(frozen=True, slots=True)
class DecisionRule:
    """Where all its conditions hold, this is an answer; several rules that hold give several answers."""

    conditions: tuple[Condition, ...]
    answer: Answer


@dataclass(frozen=True, slots=True)
class Told:
    """The rules for one characteristic of a role. `unsaid` is why there are none: too many combinations to tell one by one."""

    characteristic: Characteristic
    feed: Feed
    rules: tuple[DecisionRule, ...]
    unsaid: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """A role: what fills it, whose number the rules of `needed` answer, what it is told, and which roles are made before it."""

    role: str
    target: Ref
    use: Use
    needed: tuple[DecisionRule, ...]
    told: Mapping[str, Told]
    after: tuple[str, ...]


def decisions(entity: Feeding, catalog: Catalog) -> tuple[Decision, ...]:
    """The roles of a specification, each behind those that it waits for, otherwise in the order written."""
    after = {role: _after(role, use, entity, catalog) for role, use in uses_of(entity).items()}
    return tuple(_decision(role, entity, after[role], catalog) for role in _ordered(after))


def _decision(role: str, entity: Feeding, after: tuple[str, ...], catalog: Catalog) -> Decision:
    use = uses_of(entity)[role]
    target = used_entity(role, use, catalog)
    known = target.characteristics if target is not None else {}
    fed = {name: _told(feed, use, entity, known.get(name) or Characteristic(), catalog) for name, feed in use.with_.items()}
    return Decision(role, target_of(role, use), use, tuple(_needed(use, entity, catalog)), fed, after)


def _after(role: str, use: Use, entity: Feeding, catalog: Catalog) -> tuple[str, ...]:
    """The siblings that a role gets values from, and those that its service requires."""
    target = used_entity(role, use, catalog)
    required = target.requires if isinstance(target, ResourceFacingServiceSpecification) else ()
    others = {name: target_of(name, one) for name, one in uses_of(entity).items() if name != role}
    sources = {source.partition("/")[0] for feed in use.with_.values() for source in feed.sources if "/" in source}
    return tuple(name for name, filled in others.items() if name in sources or filled in required)


def _ordered(after: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Each role behind those that it waits for; where they wait for each other, the order written decides."""
    waiting, done = list(after), set[str]()
    while waiting:
        ready = next((role for role in waiting if done.issuperset(after[role])), waiting[0])
        waiting.remove(ready)
        done.add(ready)
        yield ready


def _needed(use: Use, entity: Feeding, catalog: Catalog) -> Iterator[DecisionRule]:
    levels = levels_of(use, None, (use.count,) if use.count else (), entity, catalog)

    def answers(chosen: Chosen) -> tuple[Answer, ...]:
        return (_number(use, entity, chosen),) if is_needed(use, entity, chosen, catalog) else ()

    return _rules(unfolded(levels, answers) or ())


def _number(use: Use, entity: Feeding, chosen: Chosen) -> Answer:
    if use.count is None:
        return Fixed("1")
    characteristic = entity.characteristics.get(use.count)
    if characteristic is not None and characteristic.many is not None:
        return Size(use.count)
    return Passed(use.count) if chosen.get(use.count) else Fixed("1")


def _told(feed: Feed, use: Use, entity: Feeding, target: Characteristic, catalog: Catalog) -> Told:
    opened = tuple(Open(source) for source in feed.sources if "/" in source)
    plain = feed.map is None and feed.table is None and feed.per is None
    many = {name: parts_of(name, use, feed, entity, catalog) for name in _many(feed, entity, plain)}
    found: list[DecisionRule] = []
    for elements in product(*many.values()):
        chosen_ones = dict(zip(many, elements, strict=True))
        levels = levels_of(use, feed, feed.sources, entity, catalog, chosen_ones)

        def answers(chosen: Chosen, wanted: Mapping[str, Cell] = chosen_ones) -> tuple[Answer, ...]:
            if not is_needed(use, entity, chosen, catalog) or any(cell.sample not in chosen.get(name, ()) for name, cell in wanted.items()):
                return ()
            return opened or _said(feed, entity, {**chosen, **{name: (cell.sample or "",) for name, cell in wanted.items()}}, target, many)

        rows = unfolded(levels, answers) if steps_of(feed, entity).complete else None
        if rows is None:
            return _unsaid(feed, use, entity, target, catalog)
        found += _rules(rows)
    return Told(target, feed, tuple(dict.fromkeys(found)))


def _unsaid(feed: Feed, use: Use, entity: Feeding, target: Characteristic, catalog: Catalog) -> Told:
    """Too many steps: a division is told as what it is, anything else not at all."""
    if feed.per is None or feed.from_ is None or entity.characteristics[feed.from_].many is not None:
        return Told(target, feed, (), unsaid=True)
    answer = Divided(feed.from_, str(feed.per), feed.round)
    levels = levels_of(use, None, (feed.from_,), entity, catalog)

    def answers(chosen: Chosen) -> tuple[Answer, ...]:
        return (answer,) if chosen.get(answer.name) and is_needed(use, entity, chosen, catalog) else ()

    return Told(target, feed, tuple(_rules(unfolded(levels, answers) or ())), unsaid=True)


def _said(feed: Feed, entity: Feeding, chosen: Chosen, target: Characteristic, many: Mapping[str, object]) -> tuple[Answer, ...]:
    name = feed.from_
    if name is None or feed.map is not None or feed.per is not None or name in many:
        return tuple(Fixed(text) for text in told(feed, entity, chosen, target))
    source = entity.characteristics.get(name)
    if source is None or not (chosen.get(name) or source.many is not None):
        return ()
    return (Passed(name, _times(source, target)),)


def _times(source: Characteristic, target: Characteristic) -> Fraction:
    if source.type is not ValueType.QUANTITY or target.type is not ValueType.QUANTITY:
        return Fraction(1)
    return Fraction(UNITS[source.unit or "piece"].factor) / Fraction(UNITS[target.unit or "piece"].factor)


def _many(feed: Feed, entity: Feeding, plain: bool) -> Iterator[str]:
    """The sources of which each value is looked at for itself; those that pass as they are, whatever they are, are left whole."""
    for name in feed.sources:
        found = entity.characteristics.get(name)
        if found is not None and found.many is not None and not (plain and found.values is None and found.type is not ValueType.BOOLEAN):
            yield name


def _rules(rows: Sequence[tuple[tuple[Condition, ...], tuple[Answer, ...]]]) -> Iterator[DecisionRule]:
    return (DecisionRule(conditions, answer) for conditions, answers in rows for answer in answers)
