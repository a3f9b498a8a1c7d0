"""Findings as a Code Quality report of GitLab, which shows in a merge request what is new and what is gone."""

import json
from typing import Any

from tmfkit.diagnostics.model import Diagnostic, Severity
from tmfkit.views.report import Report

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.INFO: "info"}


def as_gitlab(report: Report) -> str:
    """One JSON list; a fingerprint stays the same when lines move, so that GitLab tells new findings from old ones."""
    rows = [_row(report, found, fingerprint) for found, fingerprint in zip(report.found, report.fingerprints, strict=True)]
    return json.dumps(rows, indent=2, ensure_ascii=False)


def _row(report: Report, found: Diagnostic, fingerprint: str) -> dict[str, Any]:
    start, end = found.primary.start, found.primary.end
    return {
        "description": f"{found.message}; {found.help}" if found.help else found.message,
        "check_name": found.code,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[found.severity],
        "location": {"path": report.path(found.primary.file), "lines": {"begin": start.line, "end": end.line}},
    }
