"""Which findings somebody wants to see, and which of them make a check fail."""

import re
from collections.abc import Collection, Iterable, Sequence
from enum import StrEnum

from tmfkit.diagnostics.codes import CODES
from tmfkit.diagnostics.model import Diagnostic, Severity

LAST_UNREAD = "TK017"
"""The last of the findings that say that something could not be read, and therefore was not checked: nobody leaves these out."""

UNUSABLE = "TK099"
"""A rule of a plugin could not be asked, which is as bad."""


class FailOn(StrEnum):
    """The mildest finding that makes a check fail."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    NEVER = "never"


def unknown(prefixes: Iterable[str], others: Collection[str] | None = None) -> str | None:
    """The first of some beginnings of codes with which no code begins; without `others`, the codes of plugins, what may be one passes."""
    return next((prefix for prefix in prefixes if not _is_known(prefix, others)), None)


def _is_known(prefix: str, others: Collection[str] | None) -> bool:
    if others is None and re.fullmatch(r"(?!TK)[A-Z]{1,8}[0-9]{0,3}", prefix):
        return True
    return any(code.startswith(prefix) for code in (*CODES, *(others or ())))


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
    is_of_reading = "TK000" < finding.code <= LAST_UNREAD or finding.code == UNUSABLE
    return is_of_reading and finding.severity is Severity.ERROR
