"""A question that is asked for every combination of some values, and its answers as few rules: what makes no difference is not asked."""

from collections.abc import Callable, Mapping, Sequence
from math import prod
from typing import TypeAlias, TypeVar

from tmfkit.model.values import plain
from tmfkit.semantics.asked import Asked, Level
from tmfkit.semantics.cells import Between, Cell, Given, Is, Missing, Test

T = TypeVar("T")

MOST_COMBINATIONS = 20_000
"""How many combinations are asked one by one."""

Condition: TypeAlias = tuple[Asked, Test]
Row: TypeAlias = tuple[tuple[Condition, ...], T]
Ask: TypeAlias = Callable[[Mapping[str, tuple[str, ...]]], T]


def unfolded(levels: Sequence[Level], ask: Ask[T]) -> tuple[Row[T], ...] | None:
    """Rules for all combinations that have an answer; None where there are too many of them. `ask` gets values by their names."""
    if prod(len(level.cells) for level in levels) > MOST_COMBINATIONS:
        return None
    return _unfold(tuple(levels), {}, ask)


def _unfold(levels: tuple[Level, ...], chosen: dict[str, tuple[str, ...]], ask: Ask[T]) -> tuple[Row[T], ...]:
    if not levels:
        answer = ask(chosen)
        return (((), answer),) if answer else ()
    level, rest = levels[0], levels[1:]
    branches = [(cell, _unfold(rest, _with(chosen, level, cell), ask)) for cell in level.cells]
    return tuple(
        (((level.asked, test), *conditions) if test is not None else conditions, answer)
        for test, rows in _grouped(branches)
        for conditions, answer in rows
    )


def _with(chosen: dict[str, tuple[str, ...]], level: Level, cell: Cell) -> dict[str, tuple[str, ...]]:
    name = level.asked.name
    return chosen if cell.sample is None else {**chosen, name: (*chosen.get(name, ()), cell.sample)}


def _grouped(branches: Sequence[tuple[Cell, T]]) -> list[tuple[Test | None, T]]:
    """The branches with those taken together that end alike; a single test of None asks nothing."""
    if all(rows == branches[0][1] for _, rows in branches):
        return [(None, rows) for _, rows in branches[:1]]
    there = [(cell, rows) for cell, rows in branches if not isinstance(cell.test, Missing)]
    if len(there) < len(branches) and there and all(rows == there[0][1] for _, rows in there):
        return [(Given(), there[0][1]), *((cell.test, rows) for cell, rows in branches if isinstance(cell.test, Missing))]
    found: list[tuple[Test | None, T]] = []
    for cell, rows in branches:
        last, before = found[-1] if found else (None, None)
        joined = last.followed_by(cell.test) if isinstance(last, Between) and isinstance(cell.test, Between) and rows == before else None
        if joined is not None:
            found[-1] = (joined, rows)
        else:
            found.append((cell.test, rows))
    return [(_simplest(test), rows) for test, rows in found]


def _simplest(test: Test | None) -> Test | None:
    if isinstance(test, Between) and test.low is not None and test.low == test.high:
        return Is(plain(test.low))
    return test
