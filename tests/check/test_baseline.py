"""A baseline knows old findings wherever they have moved, lets new ones through, and says when it is of no use."""

import json

import pytest

from tests.catalogs import UTC
from tests.check.projects import LOOSE, RFS, shown, verdict
from tmfkit.check.baseline import written
from tmfkit.check.identity import fingerprints, identities
from tmfkit.check.policy import Policy
from tmfkit.check.verdict import Verdict, all_known
from tmfkit.rules.sets import Level
from tmfkit.source.tree import MemoryTree

Files = dict[str, str]


def baseline(files: Files) -> str:
    """The baseline of everything that is found in a catalog."""
    return written(verdict(files).diagnostics, MemoryTree(files))


def beside(text: str, files: Files, **more: object) -> Verdict:
    return verdict(files, Policy(UTC, baseline=text, **more))  # type: ignore[arg-type]


OLD: Files = {"a.yaml": LOOSE}
TWO: Files = {"a.yaml": f"{LOOSE}---\n{RFS.format('other')}"}

MOVED = [
    ("nothing", {"a.yaml": LOOSE}),
    ("lines", {"a.yaml": f"# words\n\n{LOOSE}"}),
    ("keys", {"a.yaml": "name: loose\nid: loose\nkind: ResourceFacingServiceSpecification\n"}),
    ("files", {"moved/b.yaml": LOOSE}),
    ("entities", {"a.yaml": f"kind: Category\nid: home\nname: Home\n---\n{LOOSE}"}),
    ("quotes", {"a.yaml": LOOSE.replace("id: loose", 'id: "loose"')}),
    ("line ends", {"a.yaml": LOOSE.replace("\n", "\r\n")}),
]


@pytest.mark.parametrize(("what", "files"), MOVED, ids=[what for what, _ in MOVED])
def test_old_findings_are_known_after_a_move(what: str, files: Files) -> None:
    made = beside(baseline(OLD), files)
    assert made.diagnostics == ()
    assert [one.code for one in made.known] == ["TK601"]


def test_new_findings_are_shown() -> None:
    made = beside(baseline(OLD), TWO)
    assert shown(made.diagnostics) == ["error TK601 6:5"]
    assert len(made.known) == 1


def test_fixed_findings_are_no_longer_needed() -> None:
    (remark,) = beside(baseline(TWO), OLD).diagnostics
    assert (remark.code, remark.severity, remark.primary.file) == ("TK026", "info", "tmfkit-baseline.json")
    assert remark.message == "1 finding of the baseline no longer needed: TK601 of ResourceFacingServiceSpecification other"


def test_everything_fixed_is_not_another_catalog() -> None:
    clean = {"a.yaml": LOOSE + "controller: {external: nso}\n"}
    assert shown(beside(baseline(OLD), clean).diagnostics) == ["info TK026 1:1"]


def test_a_baseline_of_another_catalog() -> None:
    text = baseline(TWO)
    foreign = {"a.yaml": RFS.format("foreign")}
    found = beside(text, foreign).diagnostics
    assert shown(found) == ["error TK601 2:5", "error TK025 1:1"]
    assert found[1].message == "this baseline is of another catalog: nothing here is what its 2 findings are about"
    assert "--write-baseline" in found[1].help


UNUSABLE = [
    ("", "1:1"),
    ("{", "1:2"),
    ("[]", "1:1"),
    ("{}", "1:1"),
    ("null", "1:1"),
    ('{"tmfkit-baseline": 2, "findings": []}', "1:1"),
    ('{"tmfkit-baseline": 1}', "1:1"),
    ('{"tmfkit-baseline": 1, "findings": {}}', "1:1"),
    ('{"tmfkit-baseline": 1, "findings": [1]}', "1:1"),
    ('{"tmfkit-baseline": 1, "findings": [{"code": "TK601"}]}', "1:1"),
    ('{"tmfkit-baseline": 1, "findings": [{"code": 1, "entity": "", "path": "", "message": ""}]}', "1:1"),
    ('{"tmfkit-baseline": 1, "findings": [{"code": "", "entity": "", "path": "", "message": "", "count": 0}]}', "1:1"),
    ('{"tmfkit-baseline": 1, "findings": [{"code": "", "entity": "", "path": "", "message": "", "count": 1e9}]}', "1:1"),
    ('{"tmfkit-baseline": 1, "findings": [{"code": "", "entity": "", "path": "", "message": "", "count": 1000000000}]}', "1:1"),
    ('{"tmfkit-baseline": 1, "findings": [{"code": "", "entity": "", "path": "", "message": "", "line": 3}]}', "1:1"),
    ("[" * 100_000, "1:1"),
]


@pytest.mark.parametrize(("text", "place"), UNUSABLE, ids=[text[:80] or "empty" for text, _ in UNUSABLE])
def test_a_baseline_that_is_none(text: str, place: str) -> None:
    assert shown(beside(text, OLD).diagnostics) == ["error TK601 2:5", f"error TK025 {place}"]


def test_an_empty_baseline_is_one() -> None:
    clean = {"a.yaml": "kind: Category\nid: home\nname: Home\n"}
    assert json.loads(baseline(clean)) == {"tmfkit-baseline": 1, "findings": []}
    assert shown(beside(baseline(clean), OLD).diagnostics) == ["error TK601 2:5"]


def test_equal_findings_are_counted() -> None:
    """Two prices of nothing in one place of the language: the baseline knows as many as it was written with."""
    row = '{"code": "TK601", "entity": "ResourceFacingServiceSpecification loose", "path": "id", "message": "no system controls `loose`"'
    twice = f'{{"tmfkit-baseline": 1, "findings": [{row}, "count": 2}}]}}'
    assert shown(beside(twice, OLD).diagnostics) == ["info TK026 1:1"]
    listed = f'{{"tmfkit-baseline": 1, "findings": [{row}}}, {row}}}]}}'
    assert shown(beside(listed, OLD).diagnostics) == ["info TK026 1:1"]


def test_nothing_is_called_unneeded_while_something_cannot_be_read() -> None:
    assert shown(beside(baseline(TWO), {**OLD, "b.yaml": "- a\n"}).diagnostics) == ["error TK008 1:1"]


def test_nothing_is_called_unneeded_of_a_rule_that_is_silent() -> None:
    assert beside(baseline(OLD), OLD, levels={"TK601": Level.OFF}).diagnostics == ()


def test_what_cannot_be_read_has_no_place_in_a_baseline() -> None:
    files = {"a.yaml": LOOSE.replace("id: loose", "id: loose # tmfkit: ignore[TK601]"), "b.yaml": "- a\n"}
    assert json.loads(baseline(files))["findings"] == []


def test_a_new_baseline_knows_all_that_can_be_known() -> None:
    made = verdict({"a.yaml": TWO["a.yaml"] + "# tmfkit: ignore[TK601]\n"})
    after = all_known(made)
    assert [one.code for one in after.known] == ["TK601", "TK601"]
    assert {one.code for one in after.diagnostics} == {"TK019", "TK024"}


def test_a_new_baseline_ends_what_was_said_of_the_old_one() -> None:
    assert all_known(beside("{", OLD)).diagnostics == ()


def test_it_is_readable_and_always_the_same() -> None:
    turned = {"z.yaml": f"{RFS.format('other')}---\n{LOOSE}"}
    assert baseline(turned) == baseline(TWO)
    assert baseline(OLD) == (
        '{\n  "tmfkit-baseline": 1,\n  "findings": [\n'
        '    {"code": "TK601", "entity": "ResourceFacingServiceSpecification loose", "path": "id",'
        ' "message": "no system controls `loose`"}\n'
        "  ]\n}\n"
    )


def test_written_then_compared_nothing_is_left() -> None:
    files = {**TWO, "b.yaml": "# nothing\n"}
    made = beside(baseline(files), files)
    assert (made.diagnostics, len(made.known)) == ((), 3)


def test_identities_name_the_entity_the_way_and_the_fact() -> None:
    price = "kind: ProductOffering\nid: o\nname: O\nlifecycle: In study\nproduct: {external: p}\nprices:\n"
    files = {"a.yaml": price + "  p: {type: recurring, every: 1 month, amount: 0 EUR}\n", "b.yaml": "- a\n"}
    found = verdict(files).diagnostics
    made = identities(found, MemoryTree(files))
    assert [(one.code, one.entity, one.path) for one in made] == [
        ("TK210", "ProductOffering o", "prices/p/amount"),
        ("TK008", "b.yaml", ""),
    ]


def test_fingerprints_of_equal_findings_differ() -> None:
    (one,) = identities(verdict(OLD).diagnostics, MemoryTree(OLD))
    first, second = fingerprints([one, one])
    assert first != second
    assert list(fingerprints([one])) == [first]
