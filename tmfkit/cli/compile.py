"""`tmfkit compile`: the catalog as payloads of the TM Forum APIs."""

from pathlib import Path
from typing import Annotated

import typer

from tmfkit.cli.options import Format, FormatOption, ProjectOption, opened, show

BundleOnly = Annotated[bool, typer.Option("--bundle-only", help="Write one bundle file an API, no file for each payload.")]
Quiet = Annotated[bool, typer.Option("--no-hints", help="Do not list what an API version has no field for.")]


def compile_catalog(
    project: ProjectOption = Path(), form: FormatOption = Format.TEXT, bundle_only: BundleOnly = False, no_hints: Quiet = False
) -> None:
    """Check the catalog and write it as TMF620, TMF633 and TMF634 payloads below the build folder.

    Example: tmfkit compile --bundle-only
    """
    from tmfkit import pipeline
    from tmfkit.diagnostics.model import Severity

    opened_project = opened(project, form)
    checked = pipeline.validate(opened_project)
    if checked.failed:
        show(opened_project, checked.diagnostics, len(checked.value), form)
        raise typer.Exit(1)
    compiled = pipeline.compile_release(opened_project, checked.value, files=not bundle_only)
    found = (*checked.diagnostics, *compiled.diagnostics)
    shown = [one for one in found if not (no_hints and one.severity is Severity.INFO)]
    show(opened_project, shown, len(checked.value), form)
    raise typer.Exit(1 if compiled.failed else 0)
