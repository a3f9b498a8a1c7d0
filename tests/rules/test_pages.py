"""The page of every rule: it names itself, and its examples run."""

import re

import pytest

from tests.catalogs import validated
from tmfkit.diagnostics.codes import CODES
from tmfkit.diagnostics.model import Diagnostic
from tmfkit.rules import RULES
from tmfkit.rules.base import CatalogRule, Rule, page
from tmfkit.rules.sets import SILENT

RULE_CODES = [code for code in CODES if (code[2] in "23456" or "TK108" <= code <= "TK115") and code != "TK615"]
"""TK615 is found in generated files."""


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule.code))
def test_the_failing_example_shows_this_finding_alone(rule: Rule) -> None:
    found = findings(example(rule, "Fails"), rule)
    assert {(finding.code, finding.severity) for finding in found} == {(rule.code, rule.severity)}
    assert all(finding.help for finding in found), "every finding names a way out"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule.code))
def test_the_passing_example_is_clean(rule: Rule) -> None:
    assert findings(example(rule, "Passes"), rule) == ()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule.code))
def test_a_page_says_what_and_why(rule: Rule) -> None:
    first, reason, _ = page(rule).split("\n\n", 2)
    assert first.endswith(".")
    assert "\n" not in first
    assert len(reason) > 40


def test_the_table_of_rules_is_the_ledger_in_its_order() -> None:
    assert [rule.code for rule in RULES] == RULE_CODES


def test_names_are_unique() -> None:
    names = [rule.name for rule in RULES]
    assert sorted(set(names)) == sorted(names)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", name) for name in names)


def test_every_rule_that_looks_at_entities_says_at_which() -> None:
    assert all(isinstance(rule, CatalogRule) or rule.models for rule in RULES)


def example(rule: Rule, heading: str) -> str:
    found = re.search(rf"{heading}:\n```yaml\n(.*?)```", page(rule), re.DOTALL)
    assert found, f"the page of {rule.code} has no part `{heading}:`"
    return found[1]


def findings(text: str, rule: Rule) -> tuple[Diagnostic, ...]:
    """What the rules of the usual set find, and this one."""
    return validated(text, SILENT - {rule.code}).diagnostics
