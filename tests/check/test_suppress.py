"""Suppressions hide what they name and nothing else, and owe a reason, a finding that is there and a date that has not come."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from tests.catalogs import UTC
from tests.check.projects import LOOSE, PLAIN, RFS, TODAY, shown, verdict
from tests.rules.test_pages import example
from tmfkit.check.policy import Policy, Suppression, why_not
from tmfkit.check.suppress import comment_for, fits
from tmfkit.rules import RULES
from tmfkit.rules.base import Rule
from tmfkit.rules.sets import Level
from tmfkit.source.text import whole_file

FOUND = "error TK601 2:5"


def loose(comment: str) -> str:
    """The loose service with a comment behind the line of its finding."""
    return LOOSE.replace("id: loose", f"id: loose # tmfkit: {comment}")


BEHIND = [
    ("nothing is said", "", [FOUND], 0),
    ("with a reason", "ignore[TK601]: old network", [], 1),
    ("with a date to come", "ignore[TK601] until 2026-11-24: old network", [], 1),
    ("with blanks everywhere", "ignore [ TK601 ]   until 2026-11-24 :  old", [], 1),
    ("with a time", "ignore[TK601] until 2026-11-24T00:00:00+01:00: old", [], 1),
    ("on its date", "ignore[TK601] until 2026-11-23: old network", ["error TK021 2:11"], 1),
    ("after its date", "ignore[TK601] until 2020-01-01: old network", ["error TK021 2:11"], 1),
    ("without a reason", "ignore[TK601]", ["error TK019 2:11"], 1),
    ("with an empty reason", "ignore[TK601]:  ", ["error TK019 2:11"], 1),
    ("with the reason that was only to be filled in", "ignore[TK601]: <reason>", ["error TK019 2:11"], 1),
    ("without a reason, after its date", "ignore[TK601] until 2020-01-01", ["error TK019 2:11", "error TK021 2:11"], 1),
    ("until no day", "ignore[TK601] until 2026-02-30: x", ["error TK019 2:11"], 1),
    ("of a code that nobody knows", "ignore[TK6O1]: x", [FOUND, "error TK022 2:11"], 0),
    ("of one that cannot be accepted", "ignore[TK601, TK101]: x", ["error TK022 2:11"], 1),
    ("of what is raised later", "ignore[TK601, TK701]: x", ["error TK022 2:11"], 1),
    ("of a stale suppression", "ignore[TK601, TK024]: x", ["error TK022 2:11"], 1),
    ("of a whole family", "ignore[TK6]: x", [FOUND, "error TK022 2:11"], 0),
    ("of nothing", "ignore[]: x", [FOUND, "error TK019 2:11"], 0),
    ("of another finding", "ignore[TK602]: x", [FOUND, "warning TK024 2:11"], 0),
    ("of this one and another", "ignore[TK601, TK602]: x", ["warning TK024 2:11"], 1),
    ("of a finding twice", "ignore[TK601, TK601]: x", [], 1),
    ("in other words", "disable TK601", [FOUND, "error TK019 2:11"], 0),
    ("in the words of others", "noqa", [FOUND, "error TK019 2:11"], 0),
]


@pytest.mark.parametrize(("case", "comment", "expected", "accepted"), BEHIND, ids=[case for case, *_ in BEHIND])
def test_a_comment_behind_the_line(case: str, comment: str, expected: list[str], accepted: int) -> None:
    made = verdict(loose(comment) if comment else LOOSE)
    assert shown(made.diagnostics) == expected
    assert len(made.suppressed) == accepted
    assert all(one.message and (one.help or one.code == "TK601") for one in made.diagnostics)


def test_a_comment_alone_above_counts_for_the_next_line_only() -> None:
    above = LOOSE.replace("id:", "# tmfkit: ignore[TK601]: x\n# more words\nid:")
    assert shown(verdict(above).diagnostics) == []
    far = "# tmfkit: ignore[TK601]: x\n" + LOOSE
    assert shown(verdict(far).diagnostics) == ["warning TK024 1:1", "error TK601 3:5"]


def test_a_comment_in_a_text_hides_nothing() -> None:
    quoted = LOOSE.replace("id: loose", 'id: "loose" \ndescription: "# tmfkit: ignore[TK601]: x"')
    assert shown(verdict(quoted).diagnostics) == [FOUND]


def test_the_way_out_of_a_misspelt_code() -> None:
    (found,) = [one for one in verdict(loose("ignore[TK60l]: x")).diagnostics if one.code == "TK022"]
    assert found.message == "there is no finding `TK60l`"
    assert found.help == "did you mean `TK601`?"


def test_a_comment_that_is_offered_works_once_it_has_a_reason() -> None:
    offered = comment_for("TK601").replace("<reason>", "because")
    assert shown(verdict(LOOSE.replace("id: loose", f"id: loose {offered}")).diagnostics) == []


def test_an_ended_suppression_says_what_it_hides_and_is_as_severe() -> None:
    mild = Policy(UTC, levels={"TK601": Level.WARNING})
    (found,) = verdict(loose("ignore[TK601] until 2026-11-01: x"), mild).diagnostics
    assert (found.severity, found.code) == ("warning", "TK021")
    assert found.message == "this suppression ended on 2026-11-01, and the finding that it hides is still there"
    assert [str(related.span) for related in found.related] == ["catalog.yaml:2:5"]


def test_no_date_is_judged_without_a_day() -> None:
    assert shown(verdict(loose("ignore[TK601] until 2020-01-01: x"), on=None).diagnostics) == []


@pytest.mark.parametrize(("zone", "expected"), [("Pacific/Auckland", []), ("America/Los_Angeles", ["error TK021 2:11"])])
def test_days_begin_where_the_project_is(zone: str, expected: list[str]) -> None:
    noon = loose("ignore[TK601] until 2026-11-22T12:00:00Z: x")
    assert shown(verdict(noon, Policy(ZoneInfo(zone)), date(2026, 11, 23)).diagnostics) == expected


def test_nothing_is_called_stale_while_something_cannot_be_read() -> None:
    stale = loose("ignore[TK602]: x")
    assert shown(verdict({"a.yaml": stale, "b.yaml": "colour: red\n"}).diagnostics) == [FOUND, "error TK010 1:1"]
    assert verdict({"a.yaml": stale, "b.yaml": "colour: red\n"}).whole is False


def test_what_cannot_be_read_is_never_hidden() -> None:
    entry = Suppression(("TK010",), whole_file("tmfkit.yaml"), "x", pattern="**")
    broken = "id: x # tmfkit: ignore[TK010]: x\n"
    codes = {one.code for one in verdict({"a.yaml": broken}).diagnostics}
    assert codes == {"TK010", "TK022"}
    assert why_not(entry.codes[0])


def test_nothing_is_stale_of_a_rule_that_is_silent() -> None:
    silent = Policy(UTC, levels={"TK601": Level.OFF})
    assert shown(verdict(loose("ignore[TK601]: x"), silent).diagnostics) == []


def test_an_empty_file_can_be_accepted() -> None:
    assert shown(verdict({"a.yaml": LOOSE, "b.yaml": "# tmfkit: ignore[TK018]: soon\n"}).diagnostics) == [FOUND]


PATHS = [
    ("catalog/legacy/**", "catalog/legacy/a.yaml", True),
    ("catalog/legacy/**", "catalog/legacy/deep/er/a.yaml", True),
    ("catalog/legacy/**", "catalog/legacy2/a.yaml", False),
    ("catalog/legacy", "catalog/legacy/deep/a.yaml", True),
    ("catalog/legacy/", "catalog/legacy/a.yaml", True),
    ("catalog/legacy", "catalog/legacy2/a.yaml", False),
    ("catalog/*.yaml", "catalog/a.yaml", True),
    ("catalog/*.yaml", "catalog/deep/a.yaml", False),
    ("**/old-*.yaml", "catalog/deep/old-dsl.yaml", True),
    ("**/old-*.yaml", "old-dsl.yaml", True),
    ("**", "catalog/a.yaml", True),
    ("catalog/?.yaml", "catalog/a.yaml", True),
    ("catalog/?.yaml", "catalog/ab.yaml", False),
    ("catalog/a.yaml", "catalog/axyaml", False),
    ("catalog/[a].yaml", "catalog/a.yaml", False),
    ("a.yaml", "catalog/a.yaml", False),
]


@pytest.mark.parametrize(("pattern", "path", "expected"), PATHS)
def test_patterns(pattern: str, path: str, expected: bool) -> None:
    assert fits(pattern, path) is expected


def entries(*entries: Suppression) -> Policy:
    return Policy(UTC, entries=entries)


def test_an_entry_hides_in_the_files_that_it_names() -> None:
    entry = Suppression(("TK601",), whole_file("tmfkit.yaml"), "old", pattern="legacy/**")
    made = verdict({"legacy/a.yaml": RFS.format("a"), "b.yaml": RFS.format("b")}, entries(entry))
    assert [str(one.primary) for one in made.diagnostics] == ["b.yaml:2:5"]
    assert [(str(one.finding.primary), one.by) for one in made.suppressed] == [("legacy/a.yaml:2:5", entry)]


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (Suppression(("TK601",), whole_file("s"), "", pattern="**"), ["TK019"]),
        (Suppression(("TK601",), whole_file("s"), "x", date(2026, 1, 1), pattern="**"), ["TK021"]),
        (Suppression(("TK601", "TK201"), whole_file("s"), "x", pattern="**"), ["TK024"]),
        (Suppression(("TK601",), whole_file("s"), "x", pattern="nowhere/**"), ["TK601", "TK024"]),
    ],
)
def test_an_entry_has_the_same_duties(entry: Suppression, expected: list[str]) -> None:
    assert [one.code for one in verdict(LOOSE, entries(entry)).diagnostics] == expected


@pytest.mark.parametrize("alone", [False, True], ids=["behind", "alone above"])
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule.code))
def test_what_is_offered_works_where_it_is_offered(rule: Rule, alone: bool) -> None:
    """The comment that a finding offers, written where it says, hides the finding and changes nothing else."""
    loud = Policy(UTC, levels={rule.code: Level.ERROR})
    lines = example(rule, "Fails").splitlines()
    places = {one.primary.start.line for one in verdict("\n".join(lines), loud).diagnostics if one.code == rule.code}
    for number in sorted(places, reverse=True):
        said, line = comment_for(rule.code).replace("<reason>", "because"), lines[number - 1]
        indent = line[: len(line) - len(line.lstrip())]
        lines[number - 1 : number] = [indent + said, line] if alone else [f"{line}  {said}"]
    made = verdict("\n".join(lines), loud)
    assert places
    assert shown(made.diagnostics) == []
    assert {one.finding.code for one in made.suppressed} == {rule.code}


def test_every_rule_can_be_accepted() -> None:
    assert [rule.code for rule in RULES if why_not(rule.code)] == []


def test_a_clean_catalog_is_not_looked_at_again() -> None:
    made = verdict("kind: Category\nid: a\nname: A\n", PLAIN, TODAY)
    assert (made.diagnostics, made.suppressed, made.known, made.whole) == ((), (), (), True)
