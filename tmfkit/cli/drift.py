"""`tmfkit drift`: what somebody changed on the server."""

from pathlib import Path

import typer

from tmfkit.cli.options import Format, PlainFormat, PlainFormatOption, ProjectOption, opened
from tmfkit.cli.progress import progress
from tmfkit.cli.publishing import PENDING, ExitCodeOption, StateOption, destination_of
from tmfkit.cli.targets import TargetArgument, UrlOption


def drift(
    target: TargetArgument,
    url: UrlOption = None,
    state: StateOption = None,
    form: PlainFormatOption = PlainFormat.TEXT,
    exit_code: ExitCodeOption = False,
    project: ProjectOption = Path(),
) -> None:
    """Show what changed on the servers of a target since tmfkit last published there: fields, items that are gone, items that are new.

    Example: tmfkit drift local --exit-code
    """
    from tmfkit.publish.drift import drift as drifted
    from tmfkit.views import drift_text, publish_json

    destination = destination_of(opened(project, Format(form)), target, url, state)
    with progress() as tell:
        found = drifted(destination, tell)
    print(publish_json.drift_json(found) if form is PlainFormat.JSON else drift_text.as_text(found))
    raise typer.Exit(PENDING if exit_code and not found.is_none else 0)
