"""`tmfkit generate`: what billing, CRM, order management and provisioning read, made from the catalog."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tmfkit.cli.options import Format, FormatOption, ProjectOption, opened, show
from tmfkit.cli.progress import checked, progress

if TYPE_CHECKING:
    from tmfkit.catalog import Catalog
    from tmfkit.generate.engine import Projections
    from tmfkit.project import Project

PENDING = 5

Check = Annotated[bool, typer.Option("--check", help="Write nothing; show what would change, and exit with 5 if anything would.")]
Output = Annotated[
    Path | None, typer.Option("--output", help="The folder to write, or with --check to compare with: not the build folder.")
]


def generate(project: ProjectOption = Path(), form: FormatOption = Format.TEXT, check: Check = False, output: Output = None) -> None:
    """Check the catalog and generate the configuration of every system that names a generator.

    Example: tmfkit generate --check
    """
    from tmfkit import pipeline
    from tmfkit.release.make import projected
    from tmfkit.views.generated_text import as_text

    opened_project = opened(project, form).writing_to(output)
    verdict = checked(opened_project)
    if verdict.failed:
        show(opened_project, verdict.diagnostics, len(verdict.value), form, verdict)
        raise typer.Exit(1)
    with progress() as tell:
        made = (projected if check else pipeline.generate_release)(opened_project, verdict.value, tell)
    if made.diagnostics or form is not Format.TEXT:
        show(opened_project, (*verdict.diagnostics, *made.diagnostics), len(verdict.value), form, verdict)
    pending = _pending(opened_project, verdict.value, made.value) if check and not made.failed else ""
    if form is Format.TEXT and not made.failed:
        print(pending or as_text(opened_project.output_name, made.value))
    raise typer.Exit(1 if made.failed else PENDING if pending else 0)


def _pending(project: "Project", catalog: "Catalog", made: "Projections") -> str:
    from tmfkit.release.make import texts
    from tmfkit.release.projections import on_disk
    from tmfkit.views.generated_text import as_diff

    return as_diff(on_disk(project.output), texts(project, catalog, made))
