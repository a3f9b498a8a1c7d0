"""The rules about history, in the order of their codes."""

from tmfkit.diagnostics.model import Diagnostic, in_order
from tmfkit.diff.gate import acceptances, cohorts, reuse, steps, versions
from tmfkit.diff.gate.passage import HistoryRule, Passage

RULES: tuple[HistoryRule, ...] = (
    steps.check,
    reuse.check,
    cohorts.check,
    versions.check,
    acceptances.idle,
    acceptances.unaccepted,
)
"""Every rule; each looks at the whole way from one state to the other."""


def inspect(passage: Passage) -> tuple[Diagnostic, ...]:
    """All that the rules find."""
    return in_order(found for rule in RULES for found in rule(passage))
