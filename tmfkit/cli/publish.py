"""`tmfkit publish`: brings the catalog APIs of a target to what the catalog says."""

from pathlib import Path
from typing import Annotated

import typer

from tmfkit.cli.agreeing import YesOption, somebody_can_be_asked
from tmfkit.cli.brakes import AllowOption, SavedOption, lifted, saved_plan
from tmfkit.cli.carrying import Orders, carried_out
from tmfkit.cli.options import Format, PlainFormat, PlainFormatOption, ProjectOption, opened
from tmfkit.cli.publishing import StateOption, destination_of, wanted_of
from tmfkit.cli.targets import TargetArgument, UrlOption

StopOnError = Annotated[bool, typer.Option("--stop-on-error", help="Begin nothing more after the first failure.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would be done, and do nothing.")]


def publish(
    target: TargetArgument,
    plan: SavedOption = None,
    allow: AllowOption = [],  # noqa: B006
    url: UrlOption = None,
    state: StateOption = None,
    yes: YesOption = False,
    dry_run: DryRun = False,
    stop_on_error: StopOnError = False,
    form: PlainFormatOption = PlainFormat.TEXT,
    project: ProjectOption = Path(),
) -> None:
    """Publish to a target: show the plan, ask, write what differs, and read it back. Ends with 1 when something was not published.

    A saved plan is carried out as it is, or refused where the catalog, the state or the server moved since.

    Example: tmfkit publish local --yes
    """
    somebody_can_be_asked(form, yes=yes or dry_run or plan is not None)
    opened_project, saved = opened(project, Format(form)), saved_plan(plan)
    brakes = lifted(allow) | (saved.allowed if saved else frozenset())
    destination = destination_of(opened_project, target, url, state)
    wanted = wanted_of(opened_project, destination, Format(form))
    carried_out(opened_project, destination, wanted, Orders(brakes, saved, yes, dry_run, stop_on_error, form))
