"""`tmfkit validate`: everything that is wrong with a catalog, at once."""

from pathlib import Path

import typer

from tmfkit.cli.options import Format, FormatOption, ProjectOption, opened, show


def validate(project: ProjectOption = Path(), form: FormatOption = Format.TEXT) -> None:
    """Check the whole catalog: every problem with file, line, column and a way out.

    Example: tmfkit validate --format json
    """
    from tmfkit import pipeline

    opened_project = opened(project, form)
    outcome = pipeline.validate(opened_project)
    show(opened_project, outcome.diagnostics, len(outcome.value), form)
    raise typer.Exit(1 if outcome.failed else 0)
