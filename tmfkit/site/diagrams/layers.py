"""In which column of a picture each thing stands: left of all that it leads to, beside others of its kind."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

Spot: TypeAlias = Hashable
"""Something that has a place in a picture."""


class Way(NamedTuple):
    """A connection from one spot to another."""

    start: Spot
    end: Spot


def forward(spots: Sequence[Spot], ways: Iterable[Way]) -> tuple[list[Way], list[Way]]:
    """The ways that lead on, and those that close a circle; a walk in the order of the spots decides which."""
    following: dict[Spot, list[Way]] = {spot: [] for spot in spots}
    for way in dict.fromkeys(ways):
        following[way.start].append(way)
    onward: list[Way] = []
    back: list[Way] = []
    done: set[Spot] = set()
    for first in spots:
        if first not in done:
            _walk(first, following, done, onward, back)
    return onward, back


def _walk(first: Spot, following: Mapping[Spot, list[Way]], done: set[Spot], onward: list[Way], back: list[Way]) -> None:
    """Goes all ways from a spot, deep before wide; a way to where the walk still stands closes a circle."""
    done.add(first)
    standing = {first}
    stack = [(first, iter(following[first]))]
    while stack:
        spot, rest = stack[-1]
        for way in rest:
            (back if way.end in standing else onward).append(way)
            if way.end not in done:
                done.add(way.end)
                standing.add(way.end)
                stack.append((way.end, iter(following[way.end])))
                break
        else:
            stack.pop()
            standing.discard(spot)


def columns(spots: Sequence[Spot], onward: Iterable[Way], bands: Mapping[Spot, int]) -> dict[Spot, int]:
    """The column of each spot: bands stand side by side, and inside a band whatever leads on stands further left."""
    inside: dict[Spot, list[Spot]] = {spot: [] for spot in spots}
    waiting = dict.fromkeys(spots, 0)
    for start, end in onward:
        if bands.get(start, 0) == bands.get(end, 0):
            inside[start].append(end)
            waiting[end] += 1
    depth = dict.fromkeys(spots, 0)
    ready = [spot for spot in spots if not waiting[spot]]
    while ready:
        spot = ready.pop()
        for end in inside[spot]:
            depth[end] = max(depth[end], depth[spot] + 1)
            waiting[end] -= 1
            if not waiting[end]:
                ready.append(end)
    begins = _begins(depth, bands)
    return {spot: begins[bands.get(spot, 0)] + depth[spot] for spot in spots}


def _begins(depth: Mapping[Spot, int], bands: Mapping[Spot, int]) -> dict[int, int]:
    """The first column of each band that has spots."""
    widths: dict[int, int] = {}
    for spot, far in depth.items():
        band = bands.get(spot, 0)
        widths[band] = max(widths.get(band, 0), far + 1)
    begins, column = {}, 0
    for band in sorted(widths):
        begins[band] = column
        column += widths[band]
    return begins
