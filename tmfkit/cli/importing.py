"""Where `tmfkit import` takes its payloads from: files, or the catalog APIs of a target."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from tmfkit.cli.progress import progress
from tmfkit.cli.targets import reached

if TYPE_CHECKING:
    from tmfkit.importer.run import Import
    from tmfkit.project import Project


def prepared(project: "Project", paths: list[Path], source: str | None, url: str | None, *, force: bool) -> "Import":
    """What the import comes to, of files or of a live catalog; ends where neither or both are named."""
    from tmfkit.importer.run import prepare, prepare_sources

    if bool(paths) is (source is not None):
        raise typer.BadParameter("name payload files, or a target with --from: one of them", param_hint="import")
    if source is None:
        return prepare(project, paths, force=force)
    from tmfkit.importer.live import live_sources

    with progress() as tell:
        return prepare_sources(project, live_sources(reached(project, source, url), tell), force=force)
