"""The order in which a client wants a list: by one attribute or by several, upwards or downwards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

from tmfkit.serve.terms import found
from tmfkit.serve.values import exact, moment

T = TypeVar("T")
Rank: TypeAlias = tuple[int, Any]
Ranks: TypeAlias = tuple[Rank | None, ...]
_FIRST: Rank = (0, False)


@dataclass(frozen=True, slots=True)
class Order:
    """One key of an order: where the value stands, and whether the largest comes first."""

    path: tuple[str, ...]
    downwards: bool = False


def ranks(body: dict[str, Any], keys: tuple[Order, ...]) -> Ranks:
    """Where an item stands in an order: all that has to be kept of it to put it there."""
    return tuple(_rank(body, key.path) for key in keys)


def weight(rank: Ranks) -> int:
    """How many characters a rank holds."""
    return sum(len(one[1]) for one in rank if one is not None and isinstance(one[1], str))


def ordered(ranked: Iterable[tuple[Ranks, T]], keys: tuple[Order, ...]) -> list[T]:
    """What was ranked, in the order of `keys`, the first counting most; equal ones stay as they stood.

    What has no such value comes last, upwards and downwards. Truth values come before numbers, numbers before moments, moments before
    other texts; of a list, the first value counts.
    """
    result = list(ranked)
    for number in reversed(range(len(keys))):
        result = _by(number, keys[number].downwards, result)
    return [one for _, one in result]


def _by(number: int, downwards: bool, ranked: list[tuple[Ranks, T]]) -> list[tuple[Ranks, T]]:
    present = [one for one in ranked if one[0][number] is not None]
    present.sort(key=lambda one: one[0][number] or _FIRST, reverse=downwards)
    return present + [one for one in ranked if one[0][number] is None]


def _rank(body: dict[str, Any], path: tuple[str, ...]) -> Rank | None:
    for value in found(body, path):
        match value:
            case bool():
                return 0, value
            case int() | float() if (number := exact(value)) is not None:
                return 1, number
            case str():
                when = moment(value)
                return (2, when) if when is not None else (3, value)
            case _:
                continue
    return None
