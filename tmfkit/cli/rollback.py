"""`tmfkit rollback`: brings a target back to an earlier release."""

from pathlib import Path
from typing import Annotated

import typer

from tmfkit.cli.agreeing import YesOption, somebody_can_be_asked
from tmfkit.cli.brakes import AllowOption, lifted
from tmfkit.cli.carrying import Orders, carried_out
from tmfkit.cli.naming import catalog_of
from tmfkit.cli.options import Format, PlainFormat, PlainFormatOption, ProjectOption, opened, show
from tmfkit.cli.publish import DryRun, StopOnError
from tmfkit.cli.publishing import destination_of, wanted_of
from tmfkit.cli.targets import TargetArgument, UrlOption

Release = Annotated[str, typer.Argument(help="The git tag, or any revision, that the target goes back to.", metavar="RELEASE")]


def rollback(
    target: TargetArgument,
    release: Release,
    allow: AllowOption = [],  # noqa: B006
    url: UrlOption = None,
    yes: YesOption = False,
    dry_run: DryRun = False,
    stop_on_error: StopOnError = False,
    form: PlainFormatOption = PlainFormat.TEXT,
    project: ProjectOption = Path(),
) -> None:
    """Publish the catalog as it stood in an earlier release: a plan like any other, with the same brakes. Files stay as they are.

    The next `tmfkit publish` would go forward again: revert the change in git too.

    Example: tmfkit rollback local v2026.10 --dry-run
    """
    from tmfkit.history.past import project_at
    from tmfkit.publish.desired import called_as_before

    somebody_can_be_asked(form, yes=yes or dry_run)
    findings = Format(form)
    here = opened(project, findings)
    destination = destination_of(here, target, url)
    past = project_at(here, release, "name a tag or another revision: `git tag` lists the tags")
    if past.failed:
        show(past.value, past.diagnostics, 0, findings)
        raise typer.Exit(1)
    wanted = called_as_before(wanted_of(past.value, destination, findings), catalog_of(here))
    carried_out(past.value, destination, wanted, Orders(lifted(allow), None, yes, dry_run, stop_on_error, form))
