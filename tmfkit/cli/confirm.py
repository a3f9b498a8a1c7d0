"""`tmfkit confirm`: which system runs which release."""

from pathlib import Path
from typing import Annotated

import typer

from tmfkit.cli.naming import catalog_of, entity_called
from tmfkit.cli.options import Format, ProjectOption, opened

System = Annotated[str | None, typer.Argument(metavar="[SYSTEM]", help="The id of a System of the catalog; without it, all are listed.")]
Release = Annotated[str | None, typer.Option("--release", help="The release that it runs; else that of tmfkit.yaml.")]


def confirm(system: System = None, release: Release = None, project: ProjectOption = Path()) -> None:
    """Record that a system runs a release, or list what each system has confirmed.

    Example: tmfkit confirm billing --release 2026.11
    """
    from tmfkit.model.landscape import System as Consumer
    from tmfkit.publish.confirmations import confirmations, confirmed

    if release and system is None:
        raise typer.BadParameter("name the system that runs this release", param_hint="SYSTEM")
    opened_project = opened(project, Format.TEXT)
    catalog = catalog_of(opened_project)
    current = release or opened_project.configuration.release.name
    if system is None:
        said = confirmations(opened_project.state)
        for consumer in catalog.every(Consumer):
            print(f"{consumer.id}: {said.get(consumer.id) or 'has confirmed no release'}")
        return
    key = entity_called(system, catalog, Consumer.KIND)
    if key.kind != Consumer.KIND:
        raise typer.BadParameter(f"`{system}` is a {key.kind}; systems confirm releases")
    confirmed(opened_project.state, key.id, current)
    print(f"{key.id} runs release {current}")
