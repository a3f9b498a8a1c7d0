"""What the views of findings are given: the findings, and what was counted beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict
from urllib.parse import quote

from tmfkit.check.selection import FailOn
from tmfkit.check.suppress import Suppressed
from tmfkit.check.verdict import Verdict
from tmfkit.diagnostics.model import Diagnostic


class Beside(TypedDict):
    """What was counted beside the findings, by the names that a report has for it."""

    hidden: int
    known: int


@dataclass(frozen=True, slots=True)
class Report:
    """The findings of one run.

    `fingerprints` are theirs, in the same order. `accepted` are the suppressed findings that are to be listed; `hidden` is the number
    of all of them, `known` that of the findings in the baseline. `folder` is the project's place in its repository, with a slash at
    the end, or empty.
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
