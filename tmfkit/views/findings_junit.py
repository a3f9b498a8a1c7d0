"""Findings as a JUnit report, which nearly every CI server shows: a finding that makes the check fail is a failed test."""

import re
from xml.etree import ElementTree

from tmfkit.check.selection import severe
from tmfkit.diagnostics.model import Diagnostic
from tmfkit.views.report import Report

_ILLEGAL = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no place for (section 2.2), not even as a character reference."""


def as_junit(report: Report) -> str:
    """One XML document with one suite; a clean catalog is one test that passed, because no test at all reads as a run that failed."""
    failed = sum(severe(found, report.fail_on) for found in report.found)
    counts = {"tests": str(len(report.found) or 1), "failures": str(failed), "errors": "0"}
    top = ElementTree.Element("testsuites", {"name": "tmfkit", **counts})
    suite = ElementTree.SubElement(top, "testsuite", {"name": "tmfkit validate", **counts, "skipped": "0", "time": "0"})
    for found in report.found:
        _case(suite, report, found)
    if not report.found:
        ElementTree.SubElement(suite, "testcase", {"classname": "catalog", "name": "nothing to complain about", "time": "0"})
    ElementTree.indent(top)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(top, encoding="unicode")


def _case(suite: ElementTree.Element, report: Report, found: Diagnostic) -> None:
    file, line = report.path(found.primary.file), found.primary.start.line
    name = f"{found.code} line {line}: {found.message}"
    attributes = {"classname": file, "name": name, "file": file, "line": str(line), "time": "0"}
    case = ElementTree.SubElement(suite, "testcase", {key: _legal(value) for key, value in attributes.items()})
    text = _legal("\n".join(_details(report, found)))
    if severe(found, report.fail_on):
        ElementTree.SubElement(case, "failure", {"type": found.code, "message": _legal(found.message)}).text = text
    else:
        ElementTree.SubElement(case, "system-out").text = text


def _details(report: Report, found: Diagnostic) -> list[str]:
    places = [f"{related.message}: {report.folder}{related.span}" for related in found.related]
    return [
        f"{found.severity}[{found.code}]: {found.message}",
        report.path(str(found.primary)),
        *places,
        *([found.help] if found.help else []),
    ]


def _legal(text: str) -> str:
    return _ILLEGAL.sub("\ufffd", text)
