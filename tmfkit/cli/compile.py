"""`tmfkit compile`: the catalog as payloads of the TM Forum APIs."""

from pathlib import Path
from typing import Annotated

import typer

from tmfkit.cli.options import Format, FormatOption, ProjectOption, opened, show
from tmfkit.cli.progress import checked, progress

BundleOnly = Annotated[bool, typer.Option("--bundle-only", help="Write one bundle file an API, no file for each payload.")]
Hints = Annotated[bool, typer.Option("--hints", help="List what an API version has no field for; it travels in documented extensions.")]


def compile_catalog(
    project: ProjectOption = Path(), form: FormatOption = Format.TEXT, bundle_only: BundleOnly = False, hints: Hints = False
) -> None:
    """Check the catalog and write it as TMF620, TMF633 and TMF634 payloads below the build folder.

    Example: tmfkit compile --bundle-only
    """
    from tmfkit import pipeline

    opened_project = opened(project, form)
    verdict = checked(opened_project)
    if verdict.failed:
        show(opened_project, verdict.diagnostics, len(verdict.value), form, verdict)
        raise typer.Exit(1)
    listed = hints or form is not Format.TEXT
    with progress() as tell:
        compiled = pipeline.compile_release(opened_project, verdict.value, files=not bundle_only, hints=listed, tell=tell)
    show(opened_project, (*verdict.diagnostics, *compiled.diagnostics), len(verdict.value), form, verdict)
    if not listed and compiled.value.hints:
        print(f"details that an API has no field for: {compiled.value.hints:,}; they travel in extensions, --hints lists them")
    raise typer.Exit(1 if compiled.failed else 0)
