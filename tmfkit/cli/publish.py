"""`tmfkit publish`: brings the catalog APIs of a target to what the catalog says."""

from pathlib import Path
from typing import Annotated

import typer

from tmfkit.cli.agreeing import YesOption, ask, make_sure, show_plan, somebody_can_be_asked
from tmfkit.cli.brakes import AllowOption, SavedOption, lifted, saved_plan
from tmfkit.cli.options import Format, PlainFormat, PlainFormatOption, ProjectOption, opened
from tmfkit.cli.progress import progress
from tmfkit.cli.publishing import destination_of, planning, wanted_of
from tmfkit.cli.reporting import ended
from tmfkit.cli.targets import TargetArgument, UrlOption

StopOnError = Annotated[bool, typer.Option("--stop-on-error", help="Begin nothing more after the first failure.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would be done, and do nothing.")]


def publish(
    target: TargetArgument,
    plan: SavedOption = None,
    allow: AllowOption = [],  # noqa: B006
    url: UrlOption = None,
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
    from tmfkit.publish.lease import held
    from tmfkit.publish.publish import Manner, carry

    somebody_can_be_asked(yes or dry_run or plan is not None)
    opened_project, saved = opened(project, Format(form)), saved_plan(plan)
    brakes = lifted(allow) | (saved.allowed if saved else frozenset())
    destination = destination_of(opened_project, target, url)
    wanted = wanted_of(opened_project, destination)
    if dry_run:
        plan_of_today = planning(opened_project, destination, wanted, brakes).plan
        show_plan(plan_of_today, form)
        make_sure(plan_of_today, saved)
        return
    with held(destination.folder) as lease:
        made = planning(opened_project, destination, wanted, brakes)
        if form is PlainFormat.TEXT and (made.plan.pending or made.plan.held):
            show_plan(made.plan, form)
        make_sure(made.plan, saved)
        if not (yes or saved):
            ask(made.plan)
        with progress() as tell:
            report = carry(destination, made, lease, tell, Manner(stop_on_error))
    ended(report, form)
