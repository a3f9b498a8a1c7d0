"""Who stands above whom in a column, so that few lines cross: each thing goes to the middle of what it is connected with."""

from bisect import bisect_right, insort
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from tmfkit.site.diagrams.layers import Spot, Way

SWEEPS = 12
"""How often the columns are gone through; after that hardly anything gets better."""


class Bend(NamedTuple):
    """Where a line passes a column in which it has no end."""

    way: Way
    column: int


class Order(NamedTuple):
    """The spots and bends of each column from top to bottom, and the stations of each line from left to right."""

    columns: list[list[Spot]]
    routes: dict[Way, list[Spot]]


def ordered(column: Mapping[Spot, int], ways: Iterable[Way]) -> Order:
    """Spots in an order with few crossings; `ways` lead to the right."""
    levels: list[list[Spot]] = [[] for _ in range(max(column.values(), default=-1) + 1)]
    for spot, at in column.items():
        levels[at].append(spot)
    routes: dict[Way, list[Spot]] = {}
    for way in ways:
        bends = [Bend(way, at) for at in range(column[way.start] + 1, column[way.end])]
        routes[way] = [way.start, *bends, way.end]
        for bend in bends:
            levels[bend.column].append(bend)
    steps = [Way(*pair) for route in routes.values() for pair in pairwise(route)]
    return Order(_untangled(levels, steps), routes)


def neighbours(steps: Iterable[Way]) -> tuple[dict[Spot, list[Spot]], dict[Spot, list[Spot]]]:
    """What stands directly left of each spot, and what directly right."""
    left: dict[Spot, list[Spot]] = {}
    right: dict[Spot, list[Spot]] = {}
    for start, end in steps:
        right.setdefault(start, []).append(end)
        left.setdefault(end, []).append(start)
    return left, right


def crossings(levels: Sequence[Sequence[Spot]], steps: Sequence[Way]) -> int:
    """How many pairs of lines cross between neighbouring columns."""
    row = {spot: index for level in levels for index, spot in enumerate(level)}
    home = {spot: index for index, level in enumerate(levels) for spot in level}
    between: list[list[tuple[int, int]]] = [[] for _ in levels]
    for start, end in steps:
        between[home[start]].append((row[start], row[end]))
    return sum(_inversions(sorted(pairs)) for pairs in between)


def _inversions(pairs: Sequence[tuple[int, int]]) -> int:
    seen: list[int] = []
    count = 0
    for _, end in pairs:
        count += len(seen) - bisect_right(seen, end)
        insort(seen, end)
    return count


def _untangled(levels: list[list[Spot]], steps: list[Way]) -> list[list[Spot]]:
    left, right = neighbours(steps)
    best, fewest = levels, crossings(levels, steps)
    current = levels
    for sweep in range(SWEEPS):
        if not fewest:
            break
        current = _swept(current, left) if sweep % 2 == 0 else _swept(current[::-1], right)[::-1]
        count = crossings(current, steps)
        if count < fewest:
            best, fewest = current, count
    return best


def _swept(levels: list[list[Spot]], near: Mapping[Spot, list[Spot]]) -> list[list[Spot]]:
    """Each column sorted by the mean place of what stands in the column before; what has nothing there keeps its place."""
    done = levels[:1]
    for level in levels[1:]:
        row = {spot: index for index, spot in enumerate(done[-1])}
        own = {spot: float(index) for index, spot in enumerate(level)}
        for spot in level:
            rows = [row[one] for one in near.get(spot, ()) if one in row]
            if rows:
                own[spot] = sum(rows) / len(rows)
        done = [*done, sorted(level, key=own.__getitem__)]
    return done
