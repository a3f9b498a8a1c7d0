"""How a run of publishing ends: its report, and the exit code."""

from typing import TYPE_CHECKING

import typer

from tmfkit.cli.options import PlainFormat

if TYPE_CHECKING:
    from tmfkit.publish.report import Report


def ended(report: "Report", form: PlainFormat) -> None:
    """Shows what was done and ends: with 1 when something was not, with 4 when the run was broken off, and as a signal ends it."""
    from tmfkit.views import publish_json, publish_text

    print(publish_json.as_json(report) if form is PlainFormat.JSON else publish_text.as_text(report))
    if report.broken is not None:
        raise report.broken
    raise typer.Exit(0 if report.whole else 1)
