"""How high each thing stands in its column: beside the first of what it leads to, never over its neighbour.

So a picture begins at the top left, where a reader begins, and not in the middle of a long column.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from tmfkit.site.diagrams.layers import Spot, Way
from tmfkit.site.diagrams.order import Bend, neighbours

ROUNDS = 6


def heights(levels: Sequence[Sequence[Spot]], routes: Mapping[Way, Sequence[Spot]], size: float, gap: float) -> dict[Spot, float]:
    """The middle of each spot in pixels from the top; `size` is the height of a box, `gap` the space between two."""
    left, right = neighbours(Way(*pair) for route in routes.values() for pair in pairwise(route))
    found: dict[Spot, float] = {}
    for level in levels:
        found.update(zip(level, apart([0.0] * len(level), _steps(level, size, gap)), strict=True))
    for number in range(ROUNDS):
        for level in levels if number % 2 == 0 else reversed(levels):
            if number % 2 == 0:
                wanted = [_mean(found, left.get(spot, ()), found[spot]) for spot in level]
            else:
                wanted = [min((found[one] for one in right.get(spot, ())), default=found[spot]) for spot in level]
            found.update(zip(level, apart(wanted, _steps(level, size, gap)), strict=True))
    top = min((at - _size(spot, size) / 2 for spot, at in found.items()), default=0.0)
    return {spot: at - top for spot, at in found.items()}


def apart(wanted: Sequence[float], steps: Sequence[float]) -> list[float]:
    """The places nearest to the wanted ones (least squares) at which each stands its step or more below the one before.

    Neighbours that want the same room are moved together, as one block (pool adjacent violators).
    """
    offsets = [0.0]
    for step in steps:
        offsets.append(offsets[-1] + step)
    blocks: list[tuple[float, int]] = []
    for value, offset in zip(wanted, offsets, strict=False):
        total, count = value - offset, 1
        while blocks and blocks[-1][0] / blocks[-1][1] >= total / count:
            before = blocks.pop()
            total, count = total + before[0], count + before[1]
        blocks.append((total, count))
    levelled = [total / count for total, count in blocks for _ in range(count)]
    return [value + offset for value, offset in zip(levelled, offsets, strict=False)]


def _steps(level: Sequence[Spot], size: float, gap: float) -> list[float]:
    return [(_size(one, size) + _size(other, size)) / 2 + gap for one, other in pairwise(level)]


def _size(spot: Spot, size: float) -> float:
    return 0.0 if isinstance(spot, Bend) else size


def _mean(found: Mapping[Spot, float], near: Sequence[Spot], otherwise: float) -> float:
    return sum(found[one] for one in near) / len(near) if near else otherwise
