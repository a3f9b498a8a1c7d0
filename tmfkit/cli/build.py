"""`tmfkit build`: everything that is made of a catalog, in order."""

from pathlib import Path

import typer

from tmfkit.cli.options import Format, ProjectOption, opened, show
from tmfkit.cli.progress import checked, progress


def build(project: ProjectOption = Path()) -> None:
    """Check the catalog, make everything that is made of it, and say what was made and where.

    Example: tmfkit build --project .
    """
    from tmfkit import pipeline
    from tmfkit.views.build_text import as_text

    opened_project = opened(project, Format.TEXT)
    verdict = checked(opened_project)
    if verdict.failed:
        show(opened_project, verdict.diagnostics, len(verdict.value), Format.TEXT, verdict)
        raise typer.Exit(1)
    with progress() as tell:
        compiled, generated = pipeline.build_release(opened_project, verdict.value, tell)
    if compiled.failed or generated.failed:
        show(opened_project, (*compiled.diagnostics, *generated.diagnostics), len(verdict.value), Format.TEXT)
        raise typer.Exit(1)
    print(as_text(opened_project, verdict, compiled, generated))
