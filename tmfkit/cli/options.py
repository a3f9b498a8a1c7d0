"""The options that several commands share, and how findings are shown."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tmfkit.cli.presenting import worded
from tmfkit.views.formats import Format as Format
from tmfkit.views.formats import PlainFormat as PlainFormat

if TYPE_CHECKING:
    from tmfkit.check.verdict import Verdict
    from tmfkit.diagnostics.model import Diagnostic
    from tmfkit.project import Project
    from tmfkit.views.report import Report


ProjectOption = Annotated[Path, typer.Option("--project", "-p", help="The project's folder, or one inside it.")]
FormatOption = Annotated[Format, typer.Option("--format", help="How findings are written.")]
PlainFormatOption = Annotated[PlainFormat, typer.Option("--format", help="How it is written.")]


def coloured() -> bool:
    """Whether standard output shows colours, and nobody asked for none."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def opened(folder: Path, form: Format) -> "Project":
    """The project that `folder` lies in; shows what is wrong with its settings and ends."""
    from tmfkit.project import find, open_project

    outcome = open_project(find(folder))
    if outcome.failed:
        show(outcome.value, outcome.diagnostics, 0, form)
        raise typer.Exit(1)
    return outcome.value


def show(project: "Project", diagnostics: "Sequence[Diagnostic]", entities: int, form: Format, verdict: "Verdict | None" = None) -> None:
    """Writes findings to standard output; `verdict` tells what does not count of those of the checks."""
    from tmfkit.views.report import Report, beside

    present(project, Report(diagnostics, entities, **beside(verdict)), form)


def present(project: "Project", report: "Report", form: Format) -> None:
    """Writes a report to standard output."""
    print(worded(project, report, form, coloured()))
