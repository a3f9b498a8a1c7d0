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
    open_: set[Spot] = set()
    done: set[Spot] = set()
    for first in spots:
        stack = [] if first in done else [(first, iter(following[first]))]
        open_.update(spot for spot, _ in stack)
        while stack:
            spot, rest = stack[-1]
            way = next(rest, None)
            if way is None:
                stack.pop()
                open_.discard(spot)
                done.add(spot)
            elif way.end in open_:
                back.append(way)
            else:
                onward.append(way)
                if way.end not in done:
                    open_.add(way.end)
                    stack.append((way.end, iter(following[way.end])))
    return onward, back


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
