"""One condition of a query: where in an item it looks, how it compares and with what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any, Protocol, assert_never

import re2  # type: ignore[import-untyped]

from tmfkit.serve.values import Words, compared, moment, words

PATTERN_COST = 20
"""What trying a pattern costs, in comparisons."""
LONGEST_PLAIN = 200
"""How long a text may be that a database compares."""
PATTERN_MEMORY = 1 << 20
"""In bytes, for one pattern."""


class Pattern(Protocol):
    """A regular expression that is ready for use."""

    def search(self, text: str) -> object | None:
        """Something if a part of the text matches, None if none does."""


class Operator(StrEnum):
    """How a value is compared; the value is the suffix of the attribute's name in a query."""

    EQUAL = "eq"
    UNEQUAL = "ne"
    MORE = "gt"
    AT_LEAST = "gte"
    LESS = "lt"
    AT_MOST = "lte"
    PATTERN = "regex"


@dataclass(frozen=True)
class Term:
    """One condition: some value at `path` has to be one of `choices`; for `UNEQUAL`, none may be. Other operators have one choice.

    A list on the way stands for each of its elements.
    """

    path: tuple[str, ...]
    operator: Operator
    choices: tuple[str, ...]

    def holds(self, body: dict[str, Any]) -> bool:
        """Whether an item satisfies the condition; an attribute that it does not have equals nothing."""
        some = any(self._compares(value) for value in found(body, self.path))
        return not some if self.operator is Operator.UNEQUAL else some

    @property
    def cost(self) -> int:
        """What the condition costs for one value, in comparisons; how many choices there are makes no difference."""
        return PATTERN_COST if self.operator is Operator.PATTERN else 1

    @property
    def plain(self) -> bool:
        """Whether the condition says no more than that a text is one of `choices`, letter by letter, so that a database can answer it.

        Empty texts stand for nothing in a column and long ones are cut there, so that both are compared here.
        """
        exact = all(0 < len(choice) <= LONGEST_PLAIN and moment(choice) is None for choice in self.choices)
        return self.operator is Operator.EQUAL and len(self.path) == 1 and exact

    @cached_property
    def _pattern(self) -> Pattern:
        made = pattern(self.choices[0])
        assert not isinstance(made, str), made
        return made

    @cached_property
    def _words(self) -> Words:
        return words(self.choices)

    def _compares(self, value: Any) -> bool:
        if self.operator in (Operator.EQUAL, Operator.UNEQUAL):
            return self._words.has(value)
        if self.operator is Operator.PATTERN:
            return isinstance(value, str) and self._pattern.search(value) is not None
        order = compared(value, self.choices[0])
        return order is not None and _fits(self.operator, order)


def pattern(text: str) -> Pattern | str:
    """A regular expression, or why a text is none.

    It takes linear time whatever it is tried on; a stranger's pattern gets little memory and is not kept.
    """
    options = re2.Options()
    options.log_errors = False
    options.max_mem = PATTERN_MEMORY
    try:
        made: Pattern = re2.compile(text, options)
    except re2.error as error:
        reason = error.args[0]
        return reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
    return made


def found(value: Any, path: tuple[str, ...]) -> Iterator[Any]:
    """Every value at `path`, with the elements of lists one by one."""
    if isinstance(value, list):
        for element in value:
            yield from found(element, path)
    elif not path:
        yield value
    elif isinstance(value, dict) and path[0] in value:
        yield from found(value[path[0]], path[1:])


def _fits(operator: Operator, order: int) -> bool:
    match operator:
        case Operator.MORE:
            return order > 0
        case Operator.AT_LEAST:
            return order >= 0
        case Operator.LESS:
            return order < 0
        case Operator.AT_MOST:
            return order <= 0
        case Operator.EQUAL | Operator.UNEQUAL | Operator.PATTERN:
            return False
        case _:
            assert_never(operator)
