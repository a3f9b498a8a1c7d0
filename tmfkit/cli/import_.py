"""`tmfkit import`: YAML of the language from payloads that exist."""

from pathlib import Path
from typing import Annotated

import typer

from tmfkit.cli.importing import prepared
from tmfkit.cli.options import Format, PlainFormat, PlainFormatOption, ProjectOption, coloured, opened
from tmfkit.cli.targets import UrlOption

Paths = Annotated[list[Path] | None, typer.Argument(help="Payload files, or folders of `.json` files.", metavar="[PATH...]")]
From = Annotated[str | None, typer.Option("--from", metavar="TARGET", help="Take everything that the catalog APIs of a target have.")]
Force = Annotated[bool, typer.Option("--force", help="Write over files that are there already.")]


def import_(
    paths: Paths = None,
    source: From = None,
    url: UrlOption = None,
    project: ProjectOption = Path(),
    force: Force = False,
    form: PlainFormatOption = PlainFormat.TEXT,
) -> None:
    """Make YAML of TMF620, TMF633 and TMF634 payloads, and report what was repaired, doubted, or kept beside the language.

    Writes all files or none. Ends with 1 when a payload did not get in.

    Example: tmfkit import exports/ --project .
    """
    from tmfkit.files import write_all
    from tmfkit.importer.read import lines_of
    from tmfkit.importer.report import as_json, as_text
    from tmfkit.views.diagnostics_text import as_text as findings

    opened_project = opened(project, Format(form))
    result = prepared(opened_project, paths or [], source, url, force=force)
    written = not result.faults and bool(result.files)
    if written:
        write_all(opened_project.root, result.files, "nothing was imported")
    if form is PlainFormat.JSON:
        print(as_json(result, written=written))
    elif result.faults:
        print(findings(result.faults, lambda file: opened_project.lines(file) or lines_of(file), colour=coloured()))
        print("nothing was imported")
    else:
        print(as_text(result, written=written))
    raise typer.Exit(0 if result.is_whole else 1)
