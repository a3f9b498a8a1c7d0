"""The example operator is what a catalog should look like, by every set of rules."""

from pathlib import Path

import pytest

from tests.catalogs import UTC, validated
from tmfkit.check.policy import Policy
from tmfkit.rules.sets import RuleSet

ROOT = Path(__file__).resolve().parents[2]
TASTE = {"TK111", "TK508"}
"""What the example leaves to taste: some of its offerings go without a description, one exclusion stands on one side."""


@pytest.mark.parametrize("rules", RuleSet)
def test_the_example_is_clean(rules: RuleSet) -> None:
    folder = ROOT / "catalog"
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    policy = Policy(UTC, rules)
    found = [graded for one in validated(files, policy.silent).diagnostics if (graded := policy.graded(one))]
    assert {one.code for one in found} <= (TASTE if rules is RuleSet.STYLE else set())
