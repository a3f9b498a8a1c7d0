"""Writes the findings of a run in any of the forms that there are."""

from typing import assert_never

from tmfkit.views.diagnostics_json import as_json
from tmfkit.views.diagnostics_text import Lines, as_text, ending
from tmfkit.views.findings_github import as_github
from tmfkit.views.findings_gitlab import as_gitlab
from tmfkit.views.findings_junit import as_junit
from tmfkit.views.findings_sarif import as_sarif
from tmfkit.views.formats import Format
from tmfkit.views.report import Report

FINGERPRINTED = frozenset((Format.SARIF, Format.GITLAB))
"""The forms that say of each finding what it is apart from its place."""


def written(form: Format, report: Report, lines: Lines, *, colour: bool = False) -> str:
    """The findings in one form, ready for a UTF-8 stream; texts that people read end with a line that counts."""
    return _written(form, report, lines, colour).encode("utf-8", "replace").decode()


def _written(form: Format, report: Report, lines: Lines, colour: bool) -> str:
    match form:
        case Format.TEXT:
            found = as_text(report.found, lines, colour=colour, grouped=report.grouped, accepted=report.accepted)
            return "\n".join(filter(None, (found, ending(report))))
        case Format.JSON:
            return as_json(report.found, report.accepted)
        case Format.SARIF:
            return as_sarif(report)
        case Format.GITHUB:
            return "\n".join(filter(None, (as_github(report), ending(report))))
        case Format.GITLAB:
            return as_gitlab(report)
        case Format.JUNIT:
            return as_junit(report)
        case _:
            assert_never(form)
