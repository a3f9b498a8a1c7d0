"""What counts as a change, and how grave it is: the table of cases, and laws that hold for all of them."""

import pytest

from tests.diff.cases import BASE, Case, base, cases, line, linked
from tmfkit.diff.bundles import canonical_bundle
from tmfkit.diff.change import Kind
from tmfkit.diff.compare import compare
from tmfkit.diff.rows import GROUPS
from tmfkit.model.kinds import KINDS

CASES = cases()
NAMES = [case.name for case in CASES]


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_each_edit_has_its_changes(case: Case) -> None:
    assert [line(change) for change in compare(base(), linked(case.after))] == list(case.changes)


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_nothing_changes_exactly_where_the_same_is_compiled(case: Case) -> None:
    same = canonical_bundle(base()) == canonical_bundle(linked(case.after))
    assert same is (case.changes == ())


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_the_way_back_is_the_same_way(case: Case) -> None:
    """Kinds, before and after swap; a new id does not say on the way back what it was."""
    after = linked(case.after)
    there, back = compare(base(), after), compare(after, base())
    if any(change.kind is Kind.RENAMED for change in there):
        return
    swapped = {Kind.ADDED: Kind.REMOVED, Kind.REMOVED: Kind.ADDED}
    told = [(swapped.get(one.kind, one.kind), one.path, one.after, one.before) for one in there if one.kind is not Kind.SUGGESTED]
    assert sorted(map(repr, told)) == sorted(
        repr((one.kind, one.path, one.before, one.after)) for one in back if one.kind is not Kind.SUGGESTED
    )


def test_a_catalog_is_like_itself() -> None:
    assert compare(base(), linked(BASE)) == ()


def test_the_table_is_large_enough_and_has_its_empty_rows() -> None:
    assert len(CASES) >= 60
    assert len([case for case in CASES if not case.changes]) >= 15
    assert len(set(NAMES)) == len(NAMES)


def test_every_group_of_the_table_of_impacts_names_kinds() -> None:
    assert {kind for kinds in GROUPS.values() for kind in kinds} <= set(KINDS)
