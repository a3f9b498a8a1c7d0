"""Puts together findings of one cause: a screen that says one thing forty times says it once, and how often."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from tmfkit.diagnostics.model import Diagnostic
from tmfkit.source.text import Span

MANY = 10
"""So many findings that say the same are shown as one."""


@dataclass(frozen=True, slots=True)
class Group:
    """A finding, and the other places about which the same is said."""

    finding: Diagnostic
    others: tuple[Span, ...] = ()


def groups(found: Sequence[Diagnostic]) -> list[Group]:
    """The findings in their order; those that say the same, if they are many, stand together at the first of them."""
    alike: dict[tuple[str, ...], list[Diagnostic]] = defaultdict(list)
    for finding in found:
        alike[_cause(finding)].append(finding)
    result = []
    for finding in found:
        same = alike[_cause(finding)]
        if len(same) < MANY:
            result.append(Group(finding))
        elif same[0] is finding:
            result.append(Group(finding, tuple(other.primary for other in same[1:])))
    return result


def _cause(finding: Diagnostic) -> tuple[str, ...]:
    return finding.code, finding.severity, finding.message, finding.help
