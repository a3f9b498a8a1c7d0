"""Which combinations of values the constraints of a specification leave."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from tmfkit.model.characteristics import Constraint
from tmfkit.semantics.conditions import verdict
from tmfkit.semantics.configuration import Variable, configurations
from tmfkit.semantics.domains import listed
from tmfkit.semantics.feeds import Feeding, variable_of

MOST = 2000
"""How many combinations are looked at; a specification with more is left alone."""


@dataclass(frozen=True, slots=True)
class Left:
    """What constraints ask about, with the values of each, and the combinations that they all allow."""

    subjects: Mapping[str, tuple[str, ...]]
    combinations: tuple[Mapping[str, str], ...]


def left(entity: Feeding) -> Left | None:
    """The combinations that are left; None where they cannot be told one by one: open values, values that may be missing, too many."""
    last = _LAST.get(0)
    if last is None or last[0] is not entity:
        last = _LAST[0] = (entity, _left(entity))
    return last[1]


_LAST: dict[int, tuple[Feeding, Left | None]] = {}
"""The specification looked at last: several rules ask about one after the other."""


def _left(entity: Feeding) -> Left | None:
    constraints = tuple(entity.constraints.values())
    subjects = dict.fromkeys(subject for one in constraints for subject in (*one.when.subjects, *one.then.subjects))
    if not subjects or not subjects.keys() <= entity.characteristics.keys():
        return None
    known = {name: variable_of(name, entity.characteristics[name]) for name in subjects}
    if any(not one.domain.is_listed or one.domain.absent or _is_many(one) for one in known.values()):
        return None
    every, complete = configurations(known, MOST)
    if not complete:
        return None
    allowed = tuple(chosen for chosen in every if not _is_broken(constraints, known, chosen))
    return Left({name: one.domain.values for name, one in known.items()}, allowed)


def _is_many(variable: Variable) -> bool:
    return variable.characteristic is not None and variable.characteristic.many is not None


def _is_broken(constraints: tuple[Constraint, ...], known: Mapping[str, Variable], chosen: Mapping[str, str]) -> bool:
    settled = {name: replace(one, domain=listed((chosen[name],))) for name, one in known.items()}
    return any(verdict(one.when, settled) is True and verdict(one.then, settled) is False for one in constraints)
