"""The order in which a client wants a list: by one attribute or by several, upwards or downwards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tmfkit.serve.terms import found
from tmfkit.serve.values import exact, moment


@dataclass(frozen=True, slots=True)
class Order:
    """One key of an order: where the value stands, and whether the largest comes first."""

    path: tuple[str, ...]
    downwards: bool = False


def arranged(bodies: Iterable[dict[str, Any]], keys: tuple[Order, ...]) -> list[dict[str, Any]]:
    """The items in the order of `keys`, the first counting most; equal ones stay as they stood.

    What has no such value comes last, upwards and downwards. Truth values come before numbers, numbers before moments, moments before
    other texts; of a list, the first value counts.
    """
    result = list(bodies)
    for key in reversed(keys):
        result = _by(key, result)
    return result


def _by(key: Order, bodies: list[dict[str, Any]]) -> list[dict[str, Any]]:
    ranked = [(_rank(body, key.path), body) for body in bodies]
    present = [(rank, body) for rank, body in ranked if rank is not None]
    present.sort(key=lambda pair: pair[0], reverse=key.downwards)
    return [body for _, body in present] + [body for rank, body in ranked if rank is None]


def _rank(body: dict[str, Any], path: tuple[str, ...]) -> tuple[int, Any] | None:
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
