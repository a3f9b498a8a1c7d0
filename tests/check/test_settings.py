"""The part of `tmfkit.yaml` that is about findings: sets, severities and paths."""

from datetime import date
from pathlib import Path

import pytest

from tests.catalogs import UTC, written
from tests.check.projects import LOOSE, shown, verdict
from tmfkit.check.policy import Policy
from tmfkit.diagnostics.model import Severity
from tmfkit.pipeline import validate
from tmfkit.project import open_project
from tmfkit.rules import RULES
from tmfkit.rules.sets import SETS, Level, RuleSet, levels

EMPTY = "# nothing\n"


def found(folder: Path, settings: str, files: dict[str, str] | None = None) -> list[str]:
    """What counts in a project with these settings, those of the settings themselves too."""
    outcome = open_project(written(folder, files or {"a.yaml": LOOSE, "b.yaml": EMPTY}, settings))
    if outcome.failed:
        return shown(outcome.diagnostics)
    return shown(validate(outcome.value).diagnostics)


EVERYTHING = ["error TK601 2:5", "warning TK018 1:1"]
CHOICES = [
    ("nothing", "", EVERYTHING),
    ("the default", "rules: {set: default}", EVERYTHING),
    ("strict", "rules: {set: strict}", ["error TK108 2:5", "error TK601 2:5", "error TK018 1:1"]),
    ("style", "rules: {set: style}", EVERYTHING),
    ("warning", "rules: {severity: {TK601: warning}}", ["warning TK601 2:5", "warning TK018 1:1"]),
    ("info", "rules: {severity: {TK601: info}}", ["info TK601 2:5", "warning TK018 1:1"]),
    ("off", "rules: {severity: {TK601: off}}", ["warning TK018 1:1"]),
    ("more severe", "rules: {severity: {TK018: error}}", ["error TK601 2:5", "error TK018 1:1"]),
    ("strict but for one", "rules: {set: strict, severity: {TK018: info, TK108: off}}", ["error TK601 2:5", "info TK018 1:1"]),
    ("a list of none", "ignore: []", EVERYTHING),
    ("by path", "ignore: [{path: catalog/a.yaml, codes: [TK601], reason: x}]", EVERYTHING[1:]),
    ("one path without a list", "ignore: {path: catalog/a.yaml, codes: TK601, reason: x}", EVERYTHING[1:]),
    ("several codes", "ignore: [{path: catalog, codes: [TK601, TK018], reason: x}]", []),
    ("no reason", "ignore: [{path: catalog, codes: [TK601]}]", ["warning TK018 1:1", "error TK019 1:10"]),
    ("nowhere", "ignore:\n  - {path: lost, codes: [TK601], reason: x}", [*EVERYTHING, "warning TK024 2:5"]),
    ("stale ones are not told", "rules: {severity: {TK024: off}}\nignore: {path: lost, codes: TK601, reason: x}", EVERYTHING),
    ("no such set", "rules: {set: strickt}", ["error TK014 1:14"]),
    ("no such code", "rules: {severity: {TK6O1: off}}", ["error TK022 1:20"]),
    ("always the same", "rules: {severity: {TK101: off}}", ["error TK022 1:20"]),
    ("raised later", "rules: {severity: {TK701: off}}", ["error TK022 1:20"]),
    ("no such severity", "rules: {severity: {TK601: warn}}", ["error TK014 1:27"]),
    ("severities as a list", "rules: {severity: [TK601]}", ["error TK013 1:19"]),
    ("two at once", "rules: {severity: {TK6O1: off, TK601: of}}", ["error TK022 1:20", "error TK014 1:39"]),
    ("a path without codes", "ignore: [{path: catalog, reason: x}]", ["error TK012 1:10"]),
    ("a code that nobody knows by path", "ignore: [{path: catalog, codes: [TK6O1], reason: x}]", ["error TK022 1:34"]),
    ("a code that cannot be accepted", "ignore: [{path: catalog, codes: [TK101], reason: x}]", ["error TK022 1:34"]),
    ("no day", "ignore: [{path: catalog, codes: [TK601], until: soon, reason: x}]", ["error TK014 1:49"]),
    ("another key", "ignore: [{path: catalog, code: [TK601], reason: x}]", ["error TK012 1:10", "error TK011 1:26"]),
]


@pytest.mark.parametrize(("case", "settings", "expected"), CHOICES, ids=[case for case, *_ in CHOICES])
def test_settings(case: str, settings: str, expected: list[str], tmp_path: Path) -> None:
    assert found(tmp_path, settings) == expected


@pytest.mark.parametrize(
    ("settings", "help"),
    [
        ("rules: {severity: {TK6O1: off}}", "did you mean `TK601`?"),
        ("rules: {severity: {TK601: warn}}", "did you mean `warning`?"),
        ("rules: {set: strickt}", "did you mean `strict`?"),
        ("rules: {severity: {TK601: 7}}", "write one of `error`, `warning`, `info`, `off`"),
    ],
)
def test_settings_that_are_misspelt_name_the_nearest(settings: str, help: str, tmp_path: Path) -> None:
    (problem,) = open_project(written(tmp_path, {}, settings)).diagnostics
    assert problem.help == help


def test_an_entry_falls_due(tmp_path: Path) -> None:
    settings = "ignore: [{path: catalog, codes: [TK601], until: 2026-12-01, reason: x}]"
    project = open_project(written(tmp_path, {"a.yaml": LOOSE}, settings)).value
    assert shown(validate(project, date(2026, 11, 30)).diagnostics) == []
    assert shown(validate(project, date(2026, 12, 1)).diagnostics) == ["error TK021 1:10"]


def test_every_rule_has_a_row_in_the_table_of_sets() -> None:
    assert list(SETS) == [rule.code for rule in RULES]
    assert all(set(row) == set(RuleSet) for row in SETS.values())


def test_a_rule_keeps_its_severity_in_the_default_set_unless_the_table_says_otherwise() -> None:
    assert levels("TK999", Severity.WARNING, {}) == (Severity.WARNING, Severity.ERROR, Severity.WARNING)
    assert levels("TK999", Severity.ERROR, {}) == (Severity.ERROR, Severity.ERROR, Severity.ERROR)
    assert levels("TK999", Severity.INFO, {}) == (Severity.INFO, Severity.INFO, Severity.INFO)
    row = (None, Severity.WARNING, None)
    assert levels("TK999", Severity.ERROR, {"TK999": row}) == row


@pytest.mark.parametrize(("rules", "expected"), [(RuleSet.DEFAULT, []), (RuleSet.STRICT, ["warning TK601 2:5"]), (RuleSet.STYLE, [])])
def test_a_rule_may_be_silent_in_a_set(rules: RuleSet, expected: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    row = dict(zip(RuleSet, (None, Severity.WARNING, None), strict=True))
    silent = dict.fromkeys(RuleSet)
    monkeypatch.setattr("tmfkit.check.policy.SETS", {**SETS, "TK601": row, "TK108": silent})
    assert shown(verdict(LOOSE, Policy(UTC, rules)).diagnostics) == expected
    assert shown(verdict(LOOSE, Policy(UTC, RuleSet.DEFAULT, {"TK601": Level.INFO})).diagnostics) == ["info TK601 2:5"]
