"""`tmfkit import`: YAML of the language from payloads that exist."""

from pathlib import Path
from typing import Annotated

import typer

from tmfkit.cli.options import Format, FormatOption, ProjectOption, opened, show

Paths = Annotated[list[Path], typer.Argument(help="Payload files, or folders of `.json` files.", metavar="PATH...")]
Force = Annotated[bool, typer.Option("--force", help="Write over files that are there already.")]


def import_(paths: Paths, project: ProjectOption = Path(), force: Force = False, form: FormatOption = Format.TEXT) -> None:
    """Make YAML of TMF620, TMF633 and TMF634 payloads, and report what was repaired, doubted, or kept beside the language.

    Writes all files or none. Ends with 1 when a payload did not get in.

    Example: tmfkit import exports/ --project .
    """
    from tmfkit.importer.report import as_json, as_text
    from tmfkit.importer.run import prepare
    from tmfkit.importer.write import write_all

    opened_project = opened(project, form)
    result = prepare(opened_project, paths, force=force)
    written = not result.faults and bool(result.files)
    if written:
        write_all(opened_project.root, result.files)
    if form is Format.JSON:
        print(as_json(result, written=written))
    elif result.faults:
        show(opened_project, result.faults, result.entities, form)
    else:
        print(as_text(result, written=written))
    raise typer.Exit(0 if result.is_whole else 1)
