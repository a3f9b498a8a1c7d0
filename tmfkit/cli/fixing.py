"""`tmfkit validate --fix` and `--diff`: repairs that need no thought, made or shown."""

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from tmfkit.cli.options import Format

if TYPE_CHECKING:
    from tmfkit.diagnostics.model import Diagnostic
    from tmfkit.edit.apply import Fixed
    from tmfkit.project import Project

ROUNDS = 10
"""How often the catalog is checked again: what was repaired may bring to light what else can be."""

FixOption = Annotated[bool, typer.Option("--fix", help="Repair what needs no thought, then check again.")]
DiffOption = Annotated[bool, typer.Option("--diff", help="Show what --fix would change, and write nothing.")]


def mended(project: "Project", findings: "Sequence[Diagnostic]", form: Format, *, diff: bool) -> bool:
    """Makes the fixes of findings, or shows them with `diff`; says whether files were written. Reports beside a format for machines."""
    from tmfkit.edit.apply import fixed_files
    from tmfkit.files import write_file

    done = list(fixed_files(findings, project.tree))
    changed = [file for file in done if file.after != file.before]
    for file in changed if not diff else ():
        write_file((project.root / file.file).resolve(), file.after)
    for line in _diffs(changed) if diff else _lines(done):
        print(line, file=sys.stdout if form is Format.TEXT else sys.stderr)
    return bool(changed) and not diff


def _diffs(changed: "Sequence[Fixed]") -> Iterator[str]:
    from tmfkit.views.difference import difference

    for file in changed:
        yield difference(file.file, file.before.decode(), file.after.decode())
    yield "" if changed else "there is nothing to fix without thought\n"


def _lines(done: "Sequence[Fixed]") -> Iterator[str]:
    from tmfkit.views.fixes_text import left_line, made_line

    for file in done:
        yield from map(made_line, file.made)
        yield from (left_line(found, "it touches another fix: run again") for found in file.waiting)
        yield from (left_line(found, "it would change more than that") for found in file.refused)
    made = sum(len(file.made) for file in done)
    if made:
        yield f"{made} {'fix' if made == 1 else 'fixes'} made\n"
