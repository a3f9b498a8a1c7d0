"""Findings for machines: `{"diagnostics": [{"code", "severity", "message", "file", "line", …}]}`."""

import json
from collections.abc import Iterable
from typing import Any

from tmfkit.diagnostics.model import Diagnostic
from tmfkit.source.text import Span


def as_json(diagnostics: Iterable[Diagnostic]) -> str:
    """One JSON document; lines and columns count from 1, the end is the first character that no longer belongs."""
    return json.dumps({"diagnostics": [_finding(found) for found in diagnostics]}, indent=2, ensure_ascii=False)


def _finding(found: Diagnostic) -> dict[str, Any]:
    related = [{"message": place.message, **_place(place.span)} for place in found.related]
    head = {"code": found.code, "severity": str(found.severity), "message": found.message}
    return {**head, **_place(found.primary), "help": found.help, "related": related}


def _place(span: Span) -> dict[str, Any]:
    start, end = span.start, span.end
    return {"file": span.file, "line": start.line, "column": start.column, "endLine": end.line, "endColumn": end.column}
