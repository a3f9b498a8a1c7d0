"""What the views of findings are given: the findings, and what was counted beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypedDict
from urllib.parse import quote

from tmfkit.check.baseline import FILE as BASELINE
from tmfkit.check.policy import Suppression
from tmfkit.check.selection import FailOn
from tmfkit.check.suppress import Suppressed
from tmfkit.check.verdict import Verdict
from tmfkit.diagnostics.codes import CODES
from tmfkit.diagnostics.model import Diagnostic
from tmfkit.source.text import whole_file


class Beside(TypedDict):
    """What was counted beside the findings, by the names that a report has for it."""

    hidden: int
    known: int


@dataclass(frozen=True, slots=True)
class Report:
    """The findings of one run.

    `fingerprints` are theirs, in the same order. `accepted` are the suppressed findings that are to be listed; `hidden` is the number
    of all of them, `known` that of the findings in the baseline. `folder` is the project's place in its repository, with a slash at
    the end, or empty. `meanings` are those of the codes of plugins.
    """

    found: Sequence[Diagnostic]
    entities: int = 0
    fingerprints: Sequence[str] = ()
    accepted: Sequence[Suppressed] = ()
    hidden: int = 0
    known: int = 0
    folder: str = ""
    fail_on: FailOn = FailOn.ERROR
    grouped: bool = True
    meanings: Mapping[str, str] = field(default_factory=dict)

    def meaning(self, code: str) -> str:
        """What a code stands for."""
        return CODES.get(code) or self.meanings.get(code, "a finding of a plugin")

    def path(self, file: str) -> str:
        """A file's path in the repository."""
        return self.folder + file

    def uri(self, file: str) -> str:
        """A file's path in the repository as a relative URI (RFC 3986)."""
        return quote(self.path(file), errors="surrogateescape")


def beside(verdict: Verdict | None) -> Beside:
    """How many findings of a verdict do not count."""
    if verdict is None:
        return Beside(hidden=0, known=0)
    return Beside(hidden=len({id(one.finding) for one in verdict.suppressed}), known=len(verdict.known))


def all_accepted(verdict: Verdict) -> list[Suppressed]:
    """Every finding of a verdict that does not count, once, and who accepted it; the baseline gives itself as the reason."""
    first = {id(one.finding): one for one in reversed(verdict.suppressed)}
    known = Suppression((), whole_file(BASELINE), "it stood in the catalog before", pattern="**")
    everything = [*first.values(), *(Suppressed(finding, known) for finding in verdict.known)]
    return sorted(everything, key=lambda one: one.finding.order)
