"""`tmfkit init`: a new project that builds."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tmfkit.cli.checking import day
from tmfkit.cli.options import Format, coloured, show

if TYPE_CHECKING:
    from tmfkit.importer.run import Import
    from tmfkit.project import Project

Folder = Annotated[Path, typer.Argument(help="A folder that is empty or does not exist yet; without it, this one.", metavar="[FOLDER]")]
Empty = Annotated[bool, typer.Option("--empty", help="One small example offering instead of a whole operator.")]
From = Annotated[list[Path] | None, typer.Option("--from", help="A payload or a folder of payloads to import.", metavar="PATH")]
Force = Annotated[bool, typer.Option("--force", help="Add what is missing to a folder that is not empty; nothing there is changed.")]


def init(folder: Folder = Path(), empty: Empty = False, origins: From = None, force: Force = False) -> None:
    """Make a project in an empty folder: settings, a catalog that builds, checks for GitHub and GitLab, editor settings.

    Writes all files or none, and needs no network.

    Example: tmfkit init my-catalog --empty
    """
    from tmfkit.files import write_all
    from tmfkit.starter.place import around, make_sure_it_is_empty, project_in, with_example_operator, with_small_example
    from tmfkit.views.init_text import as_text

    if empty and origins:
        raise typer.BadParameter("--empty brings a catalog, and --from another: choose one")
    if not force:
        make_sure_it_is_empty(folder)
    found = project_in(folder.resolve())
    if found.failed:
        show(found.value, found.diagnostics, 0, Format.TEXT)
        raise typer.Exit(1)
    project, today = found.value, day(None)
    imported = _imported(project, origins) if origins else None
    made = with_small_example if empty else with_example_operator
    files = around(project, today) | dict(imported.files) if imported else made(project, today)
    write_all(project.root, files)
    print(as_text(folder, tuple(files), imported))
    raise typer.Exit(0 if imported is None or imported.is_whole else 1)


def _imported(project: "Project", origins: list[Path]) -> "Import":
    """What importing comes to; ends where nothing gets in."""
    from tmfkit.importer.run import prepare
    from tmfkit.views.init_text import refusal

    result = prepare(project, origins)
    if result.files and not result.faults:
        return result
    print(refusal(result, colour=coloured()))
    raise typer.Exit(1)
