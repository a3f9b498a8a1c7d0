"""`tmfkit validate`: everything that is wrong with a catalog, at once."""

from pathlib import Path

import typer

from tmfkit.check.selection import FailOn
from tmfkit.cli.checking import (
    FailOnOption,
    IgnoreOption,
    OnOption,
    SelectOption,
    SuppressedOption,
    UngroupedOption,
    WriteBaselineOption,
    day,
    write_baseline,
)
from tmfkit.cli.fixing import ROUNDS, DiffOption, FixOption, mended
from tmfkit.cli.house import RulesOption, with_rules
from tmfkit.cli.options import Format, FormatOption, ProjectOption, opened, present
from tmfkit.cli.progress import checked


def validate(
    project: ProjectOption = Path(),
    form: FormatOption = Format.TEXT,
    select: SelectOption = [],  # noqa: B006
    ignore: IgnoreOption = [],  # noqa: B006
    fail_on: FailOnOption = FailOn.ERROR,
    on: OnOption = None,
    rules: RulesOption = [],  # noqa: B006
    show_suppressed: SuppressedOption = False,
    ungrouped: UngroupedOption = False,
    baseline: WriteBaselineOption = False,
    fix: FixOption = False,
    diff: DiffOption = False,
) -> None:
    """Check the whole catalog: every problem with file, line, column and a way out.

    Example: tmfkit validate --format github --fail-on warning
    """
    from tmfkit.check.selection import fails, narrowed
    from tmfkit.views.report import Report, all_accepted, beside

    if baseline and (select or ignore):
        raise typer.BadParameter("--write-baseline takes all findings; --select and --ignore do not go with it")
    opened_project = with_rules(opened(project, form), rules, (*select, *ignore))
    verdict = checked(opened_project, day(on))
    for _ in range(ROUNDS if fix or diff else 0):
        if not mended(opened_project, narrowed(verdict.diagnostics, select, ignore), form, diff=diff):
            break
        verdict = checked(opened_project, day(on))
    if baseline:
        verdict = write_baseline(opened_project, verdict)
    found = narrowed(verdict.diagnostics, select, ignore)
    accepted = all_accepted(verdict) if show_suppressed else ()
    report = Report(found, len(verdict.value), accepted=accepted, fail_on=fail_on, grouped=not ungrouped, **beside(verdict))
    present(opened_project, report, form)
    raise typer.Exit(1 if fails(found, fail_on) else 0)
