"""Finds steps of the lifecycle that go back, or past one that customers rely on."""

from collections.abc import Iterator
from types import MappingProxyType

from tmfkit.diagnostics.model import Diagnostic, Severity
from tmfkit.diff.gate.passage import Passage
from tmfkit.model.base import Lifecycle

CODE = "TK901"
_STUDY, _DESIGN, _TEST = Lifecycle.IN_STUDY, Lifecycle.IN_DESIGN, Lifecycle.IN_TEST
_ACTIVE, _LAUNCHED, _RETIRED = Lifecycle.ACTIVE, Lifecycle.LAUNCHED, Lifecycle.RETIRED
_OBSOLETE, _REJECTED = Lifecycle.OBSOLETE, Lifecycle.REJECTED

STEPS = MappingProxyType(
    {
        _STUDY: (_DESIGN, _TEST, _ACTIVE, _LAUNCHED, _REJECTED),
        _DESIGN: (_STUDY, _TEST, _ACTIVE, _LAUNCHED, _REJECTED),
        _TEST: (_STUDY, _DESIGN, _ACTIVE, _LAUNCHED, _REJECTED),
        _ACTIVE: (_DESIGN, _TEST, _LAUNCHED, _RETIRED, _REJECTED),
        _LAUNCHED: (_RETIRED,),
        _RETIRED: (_OBSOLETE,),
        _OBSOLETE: (),
        _REJECTED: (_STUDY, _DESIGN),
    }
)
"""Where each state may lead; drafts may skip states, what was sold only goes on to its end."""


def check(passage: Passage) -> Iterator[Diagnostic]:
    """Every step that the table does not have."""
    for old, new in passage.both():
        before, after = passage.before.summaries[old].lifecycle, passage.after.summaries[new].lifecycle
        if before is after or after in STEPS[before]:
            continue
        ways = " or ".join(f"`{state}`" for state in STEPS[before])
        message = f"`{new.id}` goes from {before} to {after}: {_why(before)}"
        help = f"from {before} it goes on to {ways}" if ways else "give what is sold now an id of its own, and say what it `replaces`"
        if before is _RETIRED:
            help = "leave it retired; what is sold again is a new offering with an id of its own that `replaces` it"
        yield Diagnostic(CODE, Severity.ERROR, message, passage.after.span(new, ("lifecycle",)), help=help)


def _why(before: Lifecycle) -> str:
    if before in (_RETIRED, _OBSOLETE):
        return "its life is over, and systems have closed it"
    if before is _LAUNCHED:
        return "customers have it, and it can only be retired"
    return "this step is not in the lifecycle"
