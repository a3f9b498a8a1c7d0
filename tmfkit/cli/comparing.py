"""The options of the commands that compare two states of a catalog."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from tmfkit.history import Comparison, History

Base = Annotated[
    str | None, typer.Argument(metavar="[BASE]", help="A git revision or a project's folder; else where the work left the main branch.")
]
Head = Annotated[str | None, typer.Argument(metavar="[HEAD]", help="A git revision or a project's folder; else the files as they are now.")]
TrustOption = Annotated[
    bool,
    typer.Option(
        "--trust-project", help="Compare files of systems too: run both states' generators, without your environment's variables."
    ),
]


def states(project: Path, base: str | None, head: str | None) -> "tuple[History, Comparison]":
    """Both states and what differs between them; says on standard error what could not be compared."""
    from tmfkit.cli.progress import progress
    from tmfkit.history import compared, notes, two_states
    from tmfkit.views.diagnostics_text import printable

    with progress() as tell:
        history = two_states(project, base, head, tell)
        tell("comparing")
        found = compared(history)
    for note in notes(history):
        print(printable(f"note: {note}"), file=sys.stderr)
    return history, found
