"""`tmfkit review`: the whole check of a change, and what reviewers get to see of it."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from tmfkit.check.selection import FailOn
from tmfkit.cli.check_changes import NOT_ACCEPTED
from tmfkit.cli.checking import FailOnOption, OnOption, day
from tmfkit.cli.comparing import Base, TrustOption, states
from tmfkit.cli.options import Format, FormatOption, ProjectOption, opened, present
from tmfkit.cli.presenting import worded

Output = Annotated[Path, typer.Option("--output", help="The folder for the comment and the findings.")]
Request = Annotated[int | None, typer.Option("--request", min=1, help="The number of the pull request, to be noted down.")]


def review(
    base: Base = None,
    project: ProjectOption = Path(),
    output: Output = Path("tmfkit-review"),
    request: Request = None,
    form: FormatOption = Format.TEXT,
    fail_on: FailOnOption = FailOn.ERROR,
    on: OnOption = None,
    trust_project: TrustOption = False,
) -> None:
    """Check the catalog, compare it, and leave a comment for the pull request and findings for the code host in a folder.

    Exits with 1 for findings, and with 6 if all that is left is a breaking change that nobody accepted.

    Example: tmfkit review main --format github
    """
    from tmfkit.check.selection import fails
    from tmfkit.cli.progress import checked
    from tmfkit.diagnostics.model import in_order
    from tmfkit.files import write_all
    from tmfkit.review.comment import comment
    from tmfkit.review.gate import ruling
    from tmfkit.review.handover import handover
    from tmfkit.views.report import Report, beside

    opened_project = opened(project, form)
    verdict = checked(opened_project, day(on))
    history, compared = states(project, base, None)
    ruled = ruling(history, compared, day(on))
    found = in_order((*verdict.diagnostics, *ruled.diagnostics))
    report = Report(found, len(verdict.value), fail_on=fail_on, **beside(verdict))
    text = comment(history, compared, ruled, trusted=trust_project)
    write_all(output, handover(text, found, partial(worded, opened_project, report), request))
    present(opened_project, report, form)
    only_open = ruled.is_open and not fails(verdict.diagnostics, fail_on)
    raise typer.Exit(NOT_ACCEPTED if only_open else 1 if fails(found, fail_on) or ruled.is_open else 0)
