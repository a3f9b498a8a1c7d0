"""What the commands that plan and publish have in common: the target, its state, and what it ought to have."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tmfkit.cli.options import Format, show
from tmfkit.cli.progress import checked, progress
from tmfkit.cli.targets import root_of, target_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tmfkit.plan.states import Wanted
    from tmfkit.plan.steps import Brake
    from tmfkit.project import Project
    from tmfkit.publish.destination import Destination
    from tmfkit.publish.planning import Planned
    from tmfkit.tmf.addresses import Address

ExitCodeOption = Annotated[bool, typer.Option("--exit-code", help="End with 5 when something is pending or differs.")]
StateOption = Annotated[
    Path | None, typer.Option("--state", file_okay=False, metavar="FOLDER", help="Where it is kept what was published, if not in `state`.")
]
PENDING = 5
"""The exit code for something that is to be done or differs."""


def destination_of(project: "Project", name: str, url: str | None, state: Path | None = None) -> "Destination":
    """A target of a project, with its state; ends at a name that the project does not have."""
    from tmfkit.publish.opening import destination

    return destination(project, name, target_of(project, name), root_of(url), state)


def wanted_of(project: "Project", destination: "Destination", form: Format) -> "Mapping[Address, Wanted]":
    """What a target ought to have; shows what is wrong with the catalog and ends where it has errors."""
    from tmfkit.publish.desired import desired

    verdict = checked(project)
    if verdict.failed:
        show(project, verdict.diagnostics, len(verdict.value), form, verdict)
        raise typer.Exit(1)
    with progress() as tell:
        compiled = desired(verdict.value, destination.dialects, project.settings, tell)
    if compiled.failed:
        show(project, compiled.diagnostics, len(verdict.value), form)
        raise typer.Exit(1)
    return compiled.value


def planning(
    project: "Project", destination: "Destination", wanted: "Mapping[Address, Wanted]", brakes: "frozenset[Brake]" = frozenset()
) -> "Planned":
    """The plan for a target, with its progress on a terminal."""
    from tmfkit.publish.planning import planned

    with progress() as tell:
        return planned(destination, wanted, project.settings.release_name, brakes, tell)
