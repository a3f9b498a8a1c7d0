"""Findings as SARIF 2.1.0, the exchange format of static analysis that code scanning services and editors read."""

import json
from collections.abc import Iterator
from typing import Any

from tmfkit import __version__
from tmfkit.check.suppress import Suppressed
from tmfkit.diagnostics.model import Diagnostic, Severity
from tmfkit.source.text import Span
from tmfkit.views.report import Report

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_ROOT = "SRCROOT"


def as_sarif(report: Report) -> str:
    """One log with one run; columns count characters, as SARIF's `unicodeCodePoints` does, and an end is not part of its region."""
    codes = sorted({found.code for found in report.found} | {one.finding.code for one in report.accepted})
    results = [*_results(report, codes), *(_accepted(report, codes, one) for one in report.accepted)]
    driver = {"name": "tmfkit", "version": __version__, "rules": [_rule(report, code) for code in codes]}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "originalUriBaseIds": _base(), "results": results}
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False)


def _results(report: Report, codes: list[str]) -> Iterator[dict[str, Any]]:
    for found, fingerprint in zip(report.found, report.fingerprints, strict=True):
        yield _result(report, codes, found) | {"partialFingerprints": {"tmfkitIdentity/1": fingerprint}}


def _result(report: Report, codes: list[str], found: Diagnostic) -> dict[str, Any]:
    related = [
        {"id": number, "message": {"text": place.message}, **_location(report, place.span)} for number, place in enumerate(found.related, 1)
    ]
    return {
        "ruleId": found.code,
        "ruleIndex": codes.index(found.code),
        "level": _LEVELS[found.severity],
        "message": {"text": f"{found.message}\n{found.help}" if found.help else found.message},
        "locations": [_location(report, found.primary)],
        **({"relatedLocations": related} if related else {}),
    }


def _accepted(report: Report, codes: list[str], one: Suppressed) -> dict[str, Any]:
    kind = "external" if one.by.pattern else "inSource"
    location = _location(report, one.by.span)
    suppression = {"kind": kind, "status": "accepted", "justification": one.by.reason, "location": location}
    return _result(report, codes, one.finding) | {"suppressions": [suppression]}


def _rule(report: Report, code: str) -> dict[str, Any]:
    return {"id": code, "shortDescription": {"text": report.meaning(code)}, "help": {"text": f"tmfkit explain {code}"}}


def _base() -> dict[str, Any]:
    return {_ROOT: {"description": {"text": "the top of the repository"}}}


def _location(report: Report, span: Span) -> dict[str, Any]:
    (first, column), (last, end) = span.start, span.end
    region = {"startLine": first, "startColumn": column, "endLine": last, "endColumn": end}
    return {"physicalLocation": {"artifactLocation": {"uri": report.uri(span.file), "uriBaseId": _ROOT}, "region": region}}
