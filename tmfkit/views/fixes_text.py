"""Fixes as people read them, one a line."""

from tmfkit.diagnostics.model import Diagnostic
from tmfkit.views.diagnostics_text import printable


def made_line(found: Diagnostic) -> str:
    """A fix that was made, with the place where it was."""
    return printable(f"fixed {found.primary}: {_title(found)}")


def left_line(found: Diagnostic, reason: str) -> str:
    """A fix that was not made, and why."""
    return printable(f"left  {found.primary}: {_title(found)}: {reason}")


def _title(found: Diagnostic) -> str:
    return found.fix.title if found.fix else ""
