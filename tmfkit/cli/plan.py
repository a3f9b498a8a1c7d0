"""`tmfkit plan`: what publishing would do."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from tmfkit.cli.brakes import AllowOption, lifted, saved_as
from tmfkit.cli.options import Format, ProjectOption, coloured, opened
from tmfkit.cli.publishing import PENDING, ExitCodeOption, StateOption, destination_of, planning, wanted_of
from tmfkit.cli.targets import TargetArgument, UrlOption
from tmfkit.views.formats import PlanFormat

Out = Annotated[Path | None, typer.Option("--out", "-o", metavar="FILE", help="Save the plan, for `tmfkit publish --plan`.")]
FormatOption = Annotated[PlanFormat, typer.Option("--format", help="How it is written.")]


def plan(
    target: TargetArgument,
    out: Out = None,
    allow: AllowOption = [],  # noqa: B006
    url: UrlOption = None,
    state: StateOption = None,
    form: FormatOption = PlanFormat.TEXT,
    exit_code: ExitCodeOption = False,
    project: ProjectOption = Path(),
) -> None:
    """Show what publishing to a target would do, item by item, and what holds it back; changes nothing.

    Example: tmfkit plan local --out plan.json
    """
    from tmfkit.files import write_file
    from tmfkit.plan.file import as_file
    from tmfkit.views.plan import shown

    findings = Format.JSON if form is PlanFormat.JSON else Format.TEXT
    opened_project = opened(project, findings)
    destination = destination_of(opened_project, target, url, state)
    wanted = wanted_of(opened_project, destination, findings)
    made = planning(opened_project, destination, wanted, lifted(allow)).plan
    print(shown(made, form, colour=coloured()))
    if out is not None:
        write_file(out, as_file(made).encode())
        print(saved_as(made, out, url, state), file=sys.stdout if form is PlanFormat.TEXT else sys.stderr)
    raise typer.Exit(PENDING if exit_code and (made.pending or made.held) else 0)
