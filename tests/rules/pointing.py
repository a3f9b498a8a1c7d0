"""What a catalog's findings point at: their code and the text under the place."""

from tests.catalogs import validated
from tmfkit.diagnostics.model import Diagnostic


def pointed(text: str) -> list[str]:
    """The findings as `CODE text`, only the first line of what is longer."""
    return [f"{found.code} {under(text, found)}" for found in validated(text).diagnostics]


def messages(text: str) -> list[str]:
    """What the findings say."""
    return [found.message for found in validated(text).diagnostics]


def helps(text: str) -> list[str]:
    """The ways out of the findings."""
    return [found.help for found in validated(text).diagnostics]


def under(text: str, found: Diagnostic) -> str:
    """The source that a finding points at."""
    start, end = found.primary.start, found.primary.end
    line = text.splitlines()[start.line - 1]
    return line[start.column - 1 : end.column - 1 if start.line == end.line else None]
