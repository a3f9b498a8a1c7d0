"""How many of each virtual function a network service has: the levels at which it may be instantiated, from the limits of counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product

from tmfkit.api import Characteristic, ResourceUse, legal_names

MOST_LEVELS = 100
"""Levels of one deployment flavour; where a range has more numbers, its ends are the levels."""

MOST_INSTANCES = 2**16 - 1
"""What a descriptor can count to."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Something that decides about numbers of instances: the roles it counts, the numbers it may be, and the usual one."""

    name: str
    roles: tuple[str, ...]
    numbers: tuple[int, ...]
    usual: int
    complete: bool = True

    @property
    def ends(self) -> tuple[int, ...]:
        """The least and the greatest number."""
        return tuple(dict.fromkeys((min(self.numbers), max(self.numbers))))


@dataclass(frozen=True, slots=True)
class Level:
    """One level: how many instances of each role."""

    id: str
    numbers: Mapping[str, int]


def counted(uses: Mapping[str, ResourceUse], characteristics: Mapping[str, Characteristic]) -> tuple[Counted, ...]:
    """What decides about numbers: a characteristic for the roles that it counts, and for a role with a condition whether it holds."""
    found: dict[tuple[str, str], Counted] = {}
    for role, use in uses.items():
        numbers, usual, complete = _numbers(characteristics.get(use.count or ""))
        if use.when or use.unless:
            found["role", role] = Counted(role, (role,), tuple(sorted({0, *numbers})), usual, complete)
        elif use.count is not None:
            before = found.get(("count", use.count))
            roles = (*before.roles, role) if before else (role,)
            found["count", use.count] = Counted(use.count, roles, numbers, usual, complete)
    roles_named = legal_names((name for kind, name in found if kind == "role"), str, (name for kind, name in found if kind == "count"))
    return tuple(replace(one, name=roles_named[name]) if kind == "role" else one for (kind, name), one in found.items())


def _numbers(characteristic: Characteristic | None) -> tuple[tuple[int, ...], int, bool]:
    """The numbers that a characteristic may be, the one it usually is, and whether these are all of them."""
    if characteristic is None:
        return (1,), 1, True
    listed = sorted({_count(value) for value in characteristic.allowed})
    low = 1 if characteristic.lowest is None else _count(characteristic.lowest)
    high = MOST_INSTANCES if characteristic.highest is None else max(low, _count(characteristic.highest))
    numbers = listed or (range(low, high + 1) if high - low < MOST_LEVELS else (low, high))
    usual = _count(characteristic.standard) if characteristic.standard is not None else numbers[0]
    return tuple(sorted({*numbers, usual})), usual, bool(listed) or high - low < MOST_LEVELS


def _count(value: object) -> int:
    number = int(value) if isinstance(value, Decimal) else 1
    return min(max(number, 0), MOST_INSTANCES)


def levels(roles: Sequence[str], found: Sequence[Counted]) -> tuple[tuple[Level, ...], str]:
    """All levels, and the id of the usual one. Every number where that is not too many; else the ends, else all least and all greatest."""
    choices = [one.numbers for one in found]
    if _size(choices) > MOST_LEVELS:
        choices = [tuple(sorted({*one.ends, one.usual})) for one in found]
    if _size(choices) > MOST_LEVELS:
        rows = {tuple(one.ends[0] for one in found), tuple(one.usual for one in found), tuple(one.ends[-1] for one in found)}
    else:
        rows = set(product(*choices))
    made = tuple(_level(row, roles, found) for row in sorted(rows))
    return made, _level(tuple(one.usual for one in found), roles, found).id


def _size(choices: Sequence[Sequence[int]]) -> int:
    size = 1
    for one in choices:
        size *= len(one)
    return size


def _level(row: tuple[int, ...], roles: Sequence[str], found: Sequence[Counted]) -> Level:
    numbers = dict.fromkeys(roles, 1)
    for one, number in zip(found, row, strict=True):
        numbers.update(dict.fromkeys(one.roles, number))
    return Level(".".join(f"{one.name}-{number}" for one, number in zip(found, row, strict=True)) or "default", numbers)


def is_complete(found: Sequence[Counted]) -> bool:
    """Whether every number that may be ordered is a level of its own."""
    return all(one.complete for one in found) and _size([one.numbers for one in found]) <= MOST_LEVELS
