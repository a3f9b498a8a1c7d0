"""Which findings somebody wants to see, and which of them make a check fail."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from tmfkit.diagnostics.codes import CODES
from tmfkit.diagnostics.model import Diagnostic, Severity

LAST_UNREAD = "TK017"
"""The last of the findings that say that something could not be read, and therefore was not checked: nobody leaves these out."""


class FailOn(StrEnum):
    """The mildest finding that makes a check fail."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    NEVER = "never"


def unknown(prefixes: Iterable[str]) -> str | None:
    """The first of some beginnings of codes with which no code begins."""
    return next((prefix for prefix in prefixes if not any(code.startswith(prefix) for code in CODES)), None)


def narrowed(found: Iterable[Diagnostic], select: Sequence[str], ignore: Sequence[str]) -> tuple[Diagnostic, ...]:
    """The findings whose codes begin with one of `select` (with anything, if it is empty) and with none of `ignore`."""
    wanted, unwanted = tuple(select) or ("",), tuple(ignore)
    return tuple(
        finding
        for finding in found
        if _is_unread(finding) or (finding.code.startswith(wanted) and not (unwanted and finding.code.startswith(unwanted)))
    )


def fails(found: Iterable[Diagnostic], level: FailOn) -> bool:
    """Whether any finding is at least as severe as a level."""
    return any(severe(finding, level) for finding in found)


def severe(finding: Diagnostic, level: FailOn) -> bool:
    """Whether one finding is at least as severe as a level."""
    order = tuple(Severity)
    return level is not FailOn.NEVER and order.index(finding.severity) <= order.index(Severity(level))


def _is_unread(finding: Diagnostic) -> bool:
    return finding.code <= LAST_UNREAD and finding.severity is Severity.ERROR
