"""`when` and `unless`: what must be so for a price, a service or a constraint to count."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from pydantic import WithJsonSchema

from tmfkit.model.base import Validity
from tmfkit.model.names import FACTS as FACTS
from tmfkit.model.problems import NotUnderstood, Problem, as_text, read_by, refuse, validated

ACTIONS = ("add", "modify", "delete")
CUSTOMERS = ("new", "existing")


_BAND = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)?\.\.(-?[0-9]+(?:\.[0-9]+)?)?")


@dataclass(frozen=True, slots=True)
class Band:
    """A range of numbers `10..50`; the upper end is included, an end that is not written is open."""

    low: Decimal | None
    high: Decimal | None
    text: str

    def holds(self, number: Decimal) -> bool:
        """Whether `number` lies in the band; the lower end belongs to it too."""
        return (self.low is None or self.low <= number) and (self.high is None or number <= self.high)


@dataclass(frozen=True, slots=True)
class Condition:
    """Several subjects, each with the values that it may have: all must agree. An empty one always holds."""

    clauses: tuple[tuple[str, tuple[str, ...] | Validity], ...] = ()

    @property
    def subjects(self) -> tuple[str, ...]:
        """What is asked about."""
        return tuple(subject for subject, _ in self.clauses)

    def values(self, subject: str) -> tuple[str, ...]:
        """The texts of the values that `subject` may have; none for a subject that is not asked about."""
        found = dict(self.clauses).get(subject, ())
        return found if isinstance(found, tuple) else ()

    def __bool__(self) -> bool:
        return bool(self.clauses)


def band(text: str) -> Band | None:
    """A band such as `10..50`, `..10` or `50..`; None for any other text."""
    found = _BAND.fullmatch(text)
    if not found or not (found[1] or found[2]):
        return None
    return Band(Decimal(found[1]) if found[1] else None, Decimal(found[2]) if found[2] else None, text)


def _clause(subject: str, raw: Any) -> tuple[str, ...] | Validity:
    if subject == "ordered":
        return _interval(raw)
    values = raw if isinstance(raw, list) else [raw]
    if not values:
        raise NotUnderstood(f"`{subject}` has no value: this condition can never hold")
    return tuple(as_text(value, "a value") for value in values)


def _interval(raw: Any) -> Validity:
    if not isinstance(raw, dict):
        raise NotUnderstood("`ordered` takes an interval", "write it as in `ordered: {from: 2026-01-01, until: 2026-04-01}`")
    return validated(Validity, raw)


def parse_condition(raw: Any) -> Condition:
    """A mapping of subjects to one value or several."""
    if not isinstance(raw, dict):
        raise NotUnderstood("a condition is a mapping, as in `{term: 24-months}`", code="TK013")
    if not raw:
        raise NotUnderstood("this condition is empty: it says nothing", "name what must be so, as in `{term: 24-months}`, or delete it")
    clauses, problems = [], []
    for subject, value in raw.items():
        try:
            clauses.append((subject, _clause(subject, value)))
        except NotUnderstood as error:
            fault = error.problem
            problems.append(Problem(fault.code, fault.message, fault.help, (subject,)))
    if problems:
        raise refuse(problems)
    return Condition(tuple(clauses))


_VALUE: Mapping[str, Any] = {"type": ["string", "number", "boolean"]}
ConditionValue = Annotated[
    Condition,
    read_by(parse_condition),
    WithJsonSchema(
        {
            "type": "object",
            "additionalProperties": {"anyOf": [_VALUE, {"type": "array", "items": _VALUE}, {"type": "object"}]},
            "description": "All of these must agree; a list means any of its values.",
            "examples": [{"term": "24-months"}],
        }
    ),
]

NEVER_ASKED = Condition()
