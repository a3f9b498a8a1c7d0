"""`tmfkit diff`: what changes between two states of a catalog, in meaning."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from tmfkit.cli.options import PlainFormat, PlainFormatOption, ProjectOption, coloured
from tmfkit.cli.progress import progress

DIFFERS = 5

Base = Annotated[
    str | None, typer.Argument(metavar="[BASE]", help="A git revision or a project's folder; else where the work left the main branch.")
]
Head = Annotated[str | None, typer.Argument(metavar="[HEAD]", help="A git revision or a project's folder; else the files as they are now.")]
ExitCode = Annotated[bool, typer.Option("--exit-code", help="End with 5 when something changes.")]


def diff(
    base: Base = None,
    head: Head = None,
    project: ProjectOption = Path(),
    form: PlainFormatOption = PlainFormat.TEXT,
    exit_code: ExitCode = False,
) -> None:
    """Show what changes for customers, orders and systems; comments, order and layout are no change.

    Example: tmfkit diff main --exit-code
    """
    from tmfkit.history import compared, two_states
    from tmfkit.views import changes_json, changes_text
    from tmfkit.views.diagnostics_text import printable

    with progress() as tell:
        history = two_states(project, base, head, tell)
        tell("comparing")
        found = compared(history)
    for note in history.notes:
        print(printable(f"note: {note}"), file=sys.stderr)
    parts = (found.changes, found.consequences, found.sales, found.prices)
    print(changes_text.as_text(*parts, colour=coloured()) if form is PlainFormat.TEXT else changes_json.as_json(*parts))
    raise typer.Exit(DIFFERS if exit_code and found.changes else 0)
