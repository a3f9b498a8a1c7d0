"""`tmfkit probe`: which row of the table of servers fits a server."""

import sys
from pathlib import Path
from secrets import token_hex
from typing import Annotated

import typer

from tmfkit.cli.options import Format, PlainFormat, PlainFormatOption, ProjectOption, opened
from tmfkit.cli.targets import TargetArgument, UrlOption, reached

Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask: the servers may be written to.")]
ExitCode = Annotated[bool, typer.Option("--exit-code", help="End with 5 where a server differs from the profile that it has.")]


def probe(
    target: TargetArgument,
    url: UrlOption = None,
    yes: Yes = False,
    project: ProjectOption = Path(),
    form: PlainFormatOption = PlainFormat.TEXT,
    exit_code: ExitCode = False,
) -> None:
    """Find out by experiment how the catalog servers of a target behave, and which profile fits each of them.

    Makes about ten drafts on each of them, called `tmfkit-probe-…`, and removes them again; nothing else is touched. Ends with 1 when
    something could not be removed.

    Example: tmfkit probe local --yes
    """
    from tmfkit.remote.http import HttpApi
    from tmfkit.remote.probe import probe as probed
    from tmfkit.views import probe as views

    apis = [api for api in reached(opened(project, Format(form)), target, url).values() if isinstance(api, HttpApi)]
    if not yes:
        _ask(", ".join(api.title for api in apis))
    token = token_hex(4)
    found = [probed(api, token) for api in apis]
    print(views.as_json(found) if form is PlainFormat.JSON else views.as_text(found))
    if any(one.leftovers for one in found):
        raise typer.Exit(1)
    if exit_code and any(one.expected.differs for one in found):
        raise typer.Exit(5)


def _ask(servers: str) -> None:
    if not sys.stdin.isatty():
        raise typer.BadParameter("a probe makes and removes drafts on the servers: say --yes", param_hint="probe")
    typer.confirm(f"{servers}: make drafts there, and remove them again?", abort=True, err=True)
