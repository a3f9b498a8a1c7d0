"""The options that several commands share, and how findings are shown."""

import sys
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from tmfkit.diagnostics.model import Diagnostic
    from tmfkit.project import Project


class Format(StrEnum):
    """How findings are written."""

    TEXT = "text"
    JSON = "json"


ProjectOption = Annotated[Path, typer.Option("--project", "-p", help="The project's folder, or one inside it.")]
FormatOption = Annotated[Format, typer.Option("--format", help="How findings are written.")]


def opened(folder: Path, form: Format) -> "Project":
    """The project that `folder` lies in; shows what is wrong with its settings and ends."""
    from tmfkit.project import find, open_project

    outcome = open_project(find(folder))
    if outcome.failed:
        show(outcome.value, outcome.diagnostics, 0, form)
        raise typer.Exit(1)
    return outcome.value


def show(project: "Project", diagnostics: "Sequence[Diagnostic]", entities: int, form: Format) -> None:
    """Writes findings to standard output: JSON as one document, text with a last line that counts."""
    if form is Format.JSON:
        from tmfkit.views.diagnostics_json import as_json

        print(as_json(diagnostics))
        return
    from tmfkit.views.diagnostics_text import as_text, summary

    if diagnostics:
        print(as_text(diagnostics, lru_cache(maxsize=8)(project.lines), colour=sys.stdout.isatty()))
    print(summary(diagnostics, entities))
