"""`tmfkit adopt`: takes over what a server has already."""

from pathlib import Path
from typing import Annotated

import typer

from tmfkit.cli.agreeing import YesOption, somebody_can_be_asked
from tmfkit.cli.options import Format, PlainFormat, PlainFormatOption, ProjectOption, opened
from tmfkit.cli.publishing import StateOption, destination_of, planning, wanted_of
from tmfkit.cli.targets import TargetArgument, UrlOption

Ids = Annotated[list[str] | None, typer.Argument(metavar="[ID...]", help="Ids of the catalog; without any, all that stand in the way.")]


def adopt(
    target: TargetArgument,
    ids: Ids = None,
    url: UrlOption = None,
    state: StateOption = None,
    yes: YesOption = False,
    form: PlainFormatOption = PlainFormat.TEXT,
    project: ProjectOption = Path(),
) -> None:
    """Take over items that the server has and tmfkit did not make: by id, or by name and version. Sends nothing.

    The next plan shows what the catalog wants of them otherwise. Ends with 1 when something could not be taken over.

    Example: tmfkit adopt local fibre-home
    """
    from tmfkit.publish.adopt import adopt as take_over
    from tmfkit.publish.adopt import adoption
    from tmfkit.publish.lease import held
    from tmfkit.views import adoption_text, publish_json

    opened_project = opened(project, Format(form))
    destination = destination_of(opened_project, target, url, state)
    somebody_can_be_asked(form, yes=yes)
    wanted = wanted_of(opened_project, destination, Format(form))
    with held(destination.folder) as lease:
        made = planning(opened_project, destination, wanted)
        found = adoption(made, ids or ())
        if form is PlainFormat.TEXT:
            print(adoption_text.as_text(found, target, destination.hosts))
        adopted = bool(found.steps) and (yes or typer.confirm(f"Take over {len(found.steps):,} of {target}?"))
        if adopted:
            lease.check()
            take_over(destination, made, found.steps)
    if form is PlainFormat.JSON:
        print(publish_json.adoption_json(found, adopted=adopted))
    elif adopted:
        print(f"taken over: {len(found.steps):,}; `tmfkit plan {target}` shows what the catalog wants otherwise")
    raise typer.Exit(1 if found.unclear or found.unknown or found.free else 0)
