"""A report as text, with all that a form needs beside the findings."""

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from tmfkit.cli.house import meanings
from tmfkit.views.formats import Format

if TYPE_CHECKING:
    from tmfkit.project import Project
    from tmfkit.views.report import Report


def worded(project: "Project", report: "Report", form: Format, colour: bool = False) -> str:
    """A report in one form."""
    from tmfkit.check.identity import fingerprints, identities
    from tmfkit.views.findings import FINGERPRINTED, written

    told_apart = tuple(fingerprints(identities(report.found, project.tree))) if form in FINGERPRINTED else ()
    whole = replace(report, fingerprints=told_apart, folder=project.folder, meanings=meanings(project, report))
    return written(form, whole, lru_cache(maxsize=8)(project.lines), colour=colour)
