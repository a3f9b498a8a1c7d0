"""How lines that clash are told: as one sentence, and as places."""

from collections.abc import Sequence

from tmfkit.rules.base import Place
from tmfkit.semantics.selection import Line

MOST_PLACES = 8
"""How many of the lines that clash are shown."""


def sentence(lines: Sequence[Line]) -> str:
    """What the lines say, one after the other."""
    said = [line.words for line in lines]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])}, and {said[-1]}"


def places(lines: Sequence[Line], without: Line | None = None) -> tuple[Place, ...]:
    """Where the lines stand, but for the one at which the finding itself is."""
    return tuple(Place(line.words, line.key, line.path) for line in lines if line != without)[:MOST_PLACES]
