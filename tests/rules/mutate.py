"""Takes the body out of each rule, one after the other, and says which of them no page misses.

`python -m tests.rules.mutate` ends with the codes of the rules that survive; there should be none.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from tests.rules.test_pages import test_the_failing_example_shows_this_finding_alone as shows_this_finding
from tmfkit.check import engine
from tmfkit.rules import RULES
from tmfkit.rules.base import Finding, Rule


def survivors() -> list[str]:
    """The codes of the rules that can find nothing without a page that fails."""
    return [rule.code for rule in RULES if _passes_without(rule)]


def _passes_without(rule: Rule) -> bool:
    with without_body(rule):
        try:
            shows_this_finding(rule)
        except AssertionError:
            return False
        return True


@contextmanager
def without_body(rule: Rule) -> Iterator[None]:
    """The engine with a rule that finds nothing in place of this one."""
    whole = engine.RULES
    _install(tuple(replace(other, check=_nothing) if other is rule else other for other in whole))
    try:
        yield
    finally:
        _install(whole)


def _install(rules: tuple[Rule, ...]) -> None:
    engine.RULES = rules  # type: ignore[misc]
    engine._entity_rules.cache_clear()
    engine._neighbour_rules.cache_clear()


def _nothing(*_: Any) -> Iterator[Finding]:
    yield from ()


if __name__ == "__main__":
    left = survivors()
    sys.exit(f"no page misses the body of {', '.join(left)}" if left else 0)
