"""`tmfkit check-changes`: whether a change of the catalog may go in."""

import sys
from pathlib import Path

import typer

from tmfkit.check.selection import FailOn
from tmfkit.cli.checking import FailOnOption, OnOption, day
from tmfkit.cli.comparing import Base, Head, states
from tmfkit.cli.options import Format, FormatOption, ProjectOption, present

NOT_ACCEPTED = 6


def check_changes(
    base: Base = None,
    head: Head = None,
    project: ProjectOption = Path(),
    form: FormatOption = Format.TEXT,
    fail_on: FailOnOption = FailOn.ERROR,
    on: OnOption = None,
) -> None:
    """Hold a change against the rules about history, and breaking changes against what was accepted.

    Exits with 6 if a breaking change is accepted by nobody, and shows the acceptance that is missing.

    Example: tmfkit check-changes main --format github
    """
    from tmfkit.check.selection import fails
    from tmfkit.review.gate import ruling
    from tmfkit.views.report import Report

    history, found = states(project, base, head)
    ruled = ruling(history, found, day(on))
    present(history.after.project.value, Report(ruled.diagnostics, len(history.after.catalog.value), fail_on=fail_on), form)
    if ruled.is_open:
        told = sys.stdout if form is Format.TEXT else sys.stderr
        print(f"\nIf this is meant, add this file, with the reason and the owner filled in:\n\n{ruled.proposal}", end="", file=told)
        raise typer.Exit(NOT_ACCEPTED)
    raise typer.Exit(1 if fails(ruled.diagnostics, fail_on) else 0)
