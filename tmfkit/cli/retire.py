"""`tmfkit retire`: an offering leaves sale, everywhere on one day."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from tmfkit.cli.options import Format, ProjectOption, opened, show
from tmfkit.cli.progress import checked
from tmfkit.cli.retiring import new_errors, retirement_of, told

Offering = Annotated[str, typer.Argument(help="The id of the offering.", metavar="OFFERING")]
On = Annotated[str, typer.Option("--on", help="The first day on which nobody can buy it any more, as in 2027-03-01.", metavar="DATE")]
By = Annotated[str | None, typer.Option("--replaced-by", help="The offering that takes its place.", metavar="OFFERING")]
Diff = Annotated[bool, typer.Option("--diff", help="Write nothing; show what would change.")]


def retire(offering: Offering, on: On, replaced_by: By = None, project: ProjectOption = Path(), diff: Diff = False) -> None:
    """Write the end of an offering into the catalog, unless something on sale still needs it, and tell which systems learn of it.

    Nothing is published: the change goes through review like every other, and `tmfkit publish` carries it out.

    Example: tmfkit retire dsl-basic --on 2027-12-31 --replaced-by fibre-home
    """
    from tmfkit.files import write_file
    from tmfkit.plan.retirement import remarks
    from tmfkit.plan.retirement_edits import edits, much_later
    from tmfkit.publish.confirmations import confirmations
    from tmfkit.views.difference import difference
    from tmfkit.views.retirement import blocked, handed_on, noted

    before = opened(project, Format.TEXT)
    verdict = checked(before)
    if verdict.failed:
        show(before, verdict.diagnostics, len(verdict.value), Format.TEXT, verdict)
        raise typer.Exit(1)
    retirement = retirement_of(offering, on, replaced_by, before, verdict)
    found = remarks(retirement, verdict.value)
    if any(one.blocks for one in found):
        print(blocked(retirement, found, verdict.value))
        raise typer.Exit(1)
    changed = edits(retirement, verdict.value)
    after = replace(before, edits=changed)
    then = checked(after) if changed else verdict
    if errors := new_errors(verdict, then):
        show(after, errors, len(then.value), Format.TEXT)
        print("nothing was changed")
        raise typer.Exit(1)
    for file, content in changed.items():
        print(difference(file, before.tree.read(file).decode(), content.decode()))
        if not diff:
            write_file((before.root / file).resolve(), content)
    key, release = retirement.offering.key, before.configuration.release.name
    other = after if changed else replace(before, edits=much_later(retirement, verdict.value))
    files = told((before, verdict), (other, then if changed else checked(other)), key, kept=not changed)
    systems = handed_on(files, confirmations(before.state), release)
    head = f"{key.id} is sold until {retirement.day}" + ("" if changed else ": the catalog says so already")
    print("\n".join(part for part in (head, noted(found, verdict.value), systems) if part))
