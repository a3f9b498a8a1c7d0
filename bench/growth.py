"""How the time that a command takes for one entity changes with the size of the catalog: 1 is linear."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench.compare import Row


@dataclass(frozen=True, slots=True)
class Growth:
    """One command from the smallest to the largest catalog.

    `whole` compares whole runs and flatters: starting up weighs most in small ones. `added` compares the entities between the last two
    sizes with those between the first two, so that the start cancels out; it takes three sizes.
    """

    command: str
    smallest: int
    largest: int
    whole: float
    added: float | None


def growth(rows: Sequence[Row]) -> Iterator[Growth]:
    """The growth of every command in every layout that was measured in several sizes."""
    for tool, layout in dict.fromkeys((row.tool.name, row.layout) for row in rows):
        mine = (row for row in rows if row.finished and (row.tool.name, row.layout) == (tool, layout))
        sizes = sorted((row.catalog.entities, row.wall) for row in mine)
        if len(sizes) > 1:
            command = tool if layout == "file" else f"{tool} (fifty a file)"
            yield Growth(command, sizes[0][0], sizes[-1][0], _each(sizes[-1]) / _each(sizes[0]), _added(sizes))


def _each(point: tuple[int, float]) -> float:
    return point[1] / point[0]


def _added(sizes: Sequence[tuple[int, float]]) -> float | None:
    if len(sizes) < 3:
        return None
    first, last = _slope(sizes[0], sizes[1]), _slope(sizes[-2], sizes[-1])
    return last / first if first > 0 else None


def _slope(low: tuple[int, float], high: tuple[int, float]) -> float:
    return (high[1] - low[1]) / (high[0] - low[0])
