"""Findings for machines: `{"diagnostics": [{"code", "severity", "message", "file", "line", …}]}`."""

import json
from collections.abc import Iterable
from typing import Any

from tmfkit.check.suppress import Suppressed
from tmfkit.diagnostics.model import Diagnostic
from tmfkit.source.text import Span


def as_json(diagnostics: Iterable[Diagnostic], accepted: Iterable[Suppressed] = ()) -> str:
    """One JSON document; lines and columns count from 1, the end is the first character that no longer belongs.

    Findings that somebody accepted follow under `accepted`, where they are asked for.
    """
    found = {"diagnostics": [_finding(found) for found in diagnostics]}
    beside = [_finding(one.finding) | {"acceptedBy": _acceptance(one)} for one in accepted]
    return json.dumps(found | ({"accepted": beside} if beside else {}), indent=2, ensure_ascii=False)


def _acceptance(one: Suppressed) -> dict[str, Any]:
    until = {"until": str(one.by.until)} if one.by.until else {}
    return {"reason": one.by.reason, **until, **_place(one.by.span)}


def _finding(found: Diagnostic) -> dict[str, Any]:
    related = [{"message": place.message, **_place(place.span)} for place in found.related]
    head = {"code": found.code, "severity": str(found.severity), "message": found.message}
    return {**head, **_place(found.primary), "help": found.help, "related": related}


def _place(span: Span) -> dict[str, Any]:
    start, end = span.start, span.end
    return {"file": span.file, "line": start.line, "column": start.column, "endLine": end.line, "endColumn": end.column}
