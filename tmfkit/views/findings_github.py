"""Findings as workflow commands of GitHub Actions, which become notes at the lines of a pull request."""

from collections.abc import Iterator

from tmfkit.diagnostics.model import Diagnostic, Severity
from tmfkit.source.text import Span
from tmfkit.views.report import Report

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_IN_MESSAGE = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTY = {**_IN_MESSAGE, ":": "%3A", ",": "%2C"}


def as_github(report: Report) -> str:
    """One command a line, as GitHub's "Workflow commands" describes them."""
    return "\n".join(_commands(report))


def _commands(report: Report) -> Iterator[str]:
    for found in report.found:
        title = f"{found.code}: {report.meaning(found.code)}"
        properties = {"file": report.path(found.primary.file), **_lines(found.primary), "title": title}
        written = ",".join(f"{name}={_escaped(value, _IN_PROPERTY)}" for name, value in properties.items())
        yield f"::{_COMMANDS[found.severity]} {written}::{_escaped(_message(found), _IN_MESSAGE)}"


def _message(found: Diagnostic) -> str:
    places = (f"{related.message}: {related.span}" for related in found.related)
    return "\n".join(filter(None, (found.message, *places, f"help: {found.help}" if found.help else "")))


def _lines(span: Span) -> dict[str, str]:
    """GitHub takes columns only where the first line is the last one too."""
    lines = {"line": str(span.start.line), "endLine": str(span.end.line)}
    columns = {"col": str(span.start.column), "endColumn": str(span.end.column)}
    return lines | columns if span.start.line == span.end.line else lines


def _escaped(text: str, table: dict[str, str]) -> str:
    return "".join(table.get(character, character) for character in text)
