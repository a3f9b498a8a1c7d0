"""A finding: what is wrong, where, and what to do about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from tmfkit.source.text import Span

T = TypeVar("T")


class Severity(StrEnum):
    """How much a finding matters; only an error stops a build."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that a finding is about."""

    message: str
    span: Span


@dataclass(frozen=True, slots=True)
class Edit:
    """What is to be written in place of the text at `span`."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A repair that needs no thought; `title` says in a few words what it does."""

    title: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. `message` states the fact, `note` labels the place, `help` names the way out."""

    code: str
    severity: Severity
    message: str
    primary: Span
    note: str = ""
    help: str = ""
    related: tuple[Related, ...] = ()
    fix: Fix | None = None

    @property
    def order(self) -> tuple[Span, str, str]:
        """Findings are shown in the order of the source."""
        return (self.primary, self.code, self.message)


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What a stage made, and all that it found on the way."""

    value: T
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether anything found stops a build."""
        return has_errors(self.diagnostics)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any finding stops a build."""
    return any(found.severity is Severity.ERROR for found in diagnostics)


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Findings in the order of the source, each once."""
    return tuple(sorted(dict.fromkeys(diagnostics), key=lambda found: found.order))
