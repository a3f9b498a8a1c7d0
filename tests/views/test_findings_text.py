"""Findings as people read them: how to accept one, many of one cause as one, and what does not count."""

import json
import re
from dataclasses import replace

import pytest

from tests.catalogs import UTC, validated
from tests.views.reports import ACCEPTED, CLEAN, ERROR, REPORT, span
from tmfkit.catalog import Catalog
from tmfkit.check.verdict import Verdict
from tmfkit.diagnostics.model import Diagnostic, Severity
from tmfkit.source.tree import MemoryTree
from tmfkit.views.diagnostics_text import as_text
from tmfkit.views.findings import written
from tmfkit.views.formats import Format
from tmfkit.views.groups import MANY, groups
from tmfkit.views.report import Report, all_accepted


def no_lines(file: str) -> list[str]:
    return []


def same(number: int, code: str = "TK601") -> list[Diagnostic]:
    return [Diagnostic(code, Severity.ERROR, "x", span(f"{line:02}.yaml", line, 1, line, 2), help="y") for line in range(1, number + 1)]


def test_the_first_finding_of_a_code_says_how_to_accept_it() -> None:
    text = as_text([*same(2), ERROR, *same(1, "TK602")], no_lines)
    assert re.findall(r"on purpose\? (.*)", text) == [
        "behind line 1, or alone above it: # tmfkit: ignore[TK601]: <reason>",
        "behind line 1, or alone above it: # tmfkit: ignore[TK602]: <reason>",
    ]


@pytest.mark.parametrize(("number", "shown"), [(0, 0), (1, 1), (MANY - 1, MANY - 1), (MANY, 1), (40, 1)])
def test_many_findings_that_say_the_same_are_one(number: int, shown: int) -> None:
    assert len(groups(same(number))) == shown
    assert sum(1 + len(group.others) for group in groups(same(number))) == number


def test_a_group_names_its_first_places_and_counts_the_rest() -> None:
    assert as_text(same(12), no_lines) == (
        "error[TK601]: x (12 places)\n  --> 01.yaml:1:1\n  --> 02.yaml:2:1\n  --> 03.yaml:3:1\n  --> 04.yaml:4:1\n  --> 05.yaml:5:1\n"
        "  --> and 7 more; `validate --ungrouped` shows each of them\nhelp: y\n"
        "on purpose? behind line 1, or alone above it: # tmfkit: ignore[TK601]: <reason>\n"
    )
    assert as_text(same(12), no_lines, grouped=False).count("error[TK601]") == 12


def test_a_group_stands_where_its_first_finding_stands() -> None:
    mixed = [*same(6), ERROR, *same(12)[6:]]
    assert [group.finding.code for group in groups(mixed)] == ["TK601", "TK101"]


@pytest.mark.parametrize("other", [{"code": "TK602"}, {"message": "z"}, {"help": "z"}, {"severity": Severity.WARNING}])
def test_what_differs_is_no_group(other: dict[str, str]) -> None:
    mixed = [*same(9), replace(same(10)[9], **other)]  # type: ignore[arg-type]
    assert len(groups(mixed)) == 10


def test_ten_references_to_one_missing_id_are_one_finding_in_text() -> None:
    offering = "kind: ProductOffering\nid: o{0}\nname: O{0}\nlifecycle: In study\nproduct: lost\n"
    found = validated("---\n".join(offering.format(number) for number in range(12))).diagnostics
    assert len(found) == 12
    assert as_text(found, no_lines).count("error[TK101]") == 1
    assert len(json.loads(written(Format.JSON, Report(found), no_lines))["diagnostics"]) == 12


def test_accepted_findings_are_listed_with_their_reasons() -> None:
    assert as_text([], no_lines, accepted=[ACCEPTED]) == (
        "accepted[TK601]: no system controls `x`\n  --> catalog/d.yaml:2:5\nreason: old network (catalog/d.yaml:2:8 until 2027-03-01)\n"
    )


def test_whatever_does_not_count_is_listed_once() -> None:
    twice = (ACCEPTED, replace(ACCEPTED, by=replace(ACCEPTED.by, reason="again")))
    made = all_accepted(Verdict(Catalog((), MemoryTree({}), UTC), (), twice, (ERROR,)))
    assert [(one.finding.code, one.by.reason) for one in made] == [("TK101", "it stood in the catalog before"), ("TK601", "old network")]


def test_the_last_line_counts_what_does_not_count() -> None:
    assert written(Format.TEXT, CLEAN, no_lines) == "4 entities: nothing to complain about"
    last = written(Format.TEXT, REPORT, no_lines).splitlines()[-1]
    assert last == "4 entities: 1 error, 1 warning, 1 hint; 1 accepted, 2 known from tmfkit-baseline.json"


def test_json_lists_accepted_findings_apart() -> None:
    data = json.loads(written(Format.JSON, REPORT, no_lines))
    assert len(data["diagnostics"]) == 3
    (accepted,) = data["accepted"]
    assert accepted["code"] == "TK601"
    assert (accepted["acceptedBy"]["reason"], accepted["acceptedBy"]["until"], accepted["acceptedBy"]["line"]) == (
        "old network",
        "2027-03-01",
        2,
    )
    assert set(json.loads(written(Format.JSON, CLEAN, no_lines))) == {"diagnostics"}


@pytest.mark.parametrize("form", list(Format))
def test_every_form_can_be_written_to_a_stream(form: Format) -> None:
    foreign = Diagnostic("TK001", Severity.ERROR, "no \udcff", span("catalog/\udcff.yaml", 1, 1, 1, 1))
    assert written(form, Report([foreign], fingerprints=["f"]), no_lines).encode("utf-8")


def test_a_text_never_moves_the_cursor() -> None:
    assert "\x1b" not in written(Format.TEXT, REPORT, no_lines)
    assert "\x1b[1;31m" in written(Format.TEXT, REPORT, no_lines, colour=True)
