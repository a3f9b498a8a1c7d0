"""`tmfkit fmt`: the catalog's files in one layout."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tmfkit.cli.options import Format, ProjectOption, opened

if TYPE_CHECKING:
    from tmfkit.edit.fmt import Change

Paths = Annotated[list[Path] | None, typer.Argument(help="Files and folders; without any, the whole catalog.", metavar="[PATH...]")]
Check = Annotated[bool, typer.Option("--check", help="Write nothing; end with 5 when a file is not in the layout.")]
Diff = Annotated[bool, typer.Option("--diff", help="Write nothing; show what would change.")]


def fmt(paths: Paths = None, project: ProjectOption = Path(), check: Check = False, diff: Diff = False) -> None:
    """Put the keys of every entity in one order and the files in one layout; comments stay with what they are about.

    A file is written only when its data and comments are proven equal. Others are named and left as they are.

    Example: tmfkit fmt --check
    """
    from tmfkit.edit.fmt import format_files
    from tmfkit.files import below, write_file

    opened_project = opened(project, Format.TEXT)
    files = below(opened_project.root, list(opened_project.tree.files()), paths or [])
    done = list(format_files(opened_project.tree, files))
    pending = [change for change in done if not change.reason]
    written = not (check or diff)
    for change in pending if written else ():
        write_file((opened_project.root / change.file).resolve(), change.after)
    for change in done:
        print(_line(change, "formatted" if written else "to be formatted", diff=diff))
    print(_summary(len(files), len(pending), len(done) - len(pending), written=written))
    faulty = any(change.faulty for change in done)
    raise typer.Exit(1 if faulty else 5 if check and pending else 0)


def _line(change: "Change", what: str, *, diff: bool) -> str:
    from tmfkit.views.difference import difference

    if change.reason:
        return f"{change.file}: left as it is: {change.reason}"
    if diff:
        return difference(change.file, change.before.decode(), change.after.decode())
    return f"{change.file}: {what}"


def _summary(files: int, pending: int, left: int, *, written: bool) -> str:
    what = "formatted" if written else "to be formatted"
    rest = f", {left} left as {'it is' if left == 1 else 'they are'}" if left else ""
    return f"{files} {'file' if files == 1 else 'files'}: {pending} {what}, {files - pending - left} in order already{rest}"
