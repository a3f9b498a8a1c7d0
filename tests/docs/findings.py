"""Makes the reference of the findings: every code, and for those of rules what the rule says of itself."""

import re
from collections.abc import Iterator

from tests.architecture.sources import ROOT, project_files
from tmfkit.diagnostics.codes import CODES
from tmfkit.diagnostics.model import Severity
from tmfkit.rules import RULES
from tmfkit.rules.base import CatalogRule, EntityRule, Rule, page
from tmfkit.rules.sets import asked_for

HEAD = """# Findings

This page is made from the code. A finding states a fact, the place concerned and the way out; its code stands for one kind of
finding for ever. Unless a command is told otherwise, only errors make it fail. A finding is an error unless it is marked otherwise here.
"""

MADE = re.compile(r'(?:Diagnostic|Found)\(\s*(?:"(?P<code>TK\d+)"|CODE), Severity\.(?P<severity>[A-Z]+)')
"""How the code makes a finding that is no rule's; where the code is a constant, it is that of the file."""

CONSTANT = re.compile(r'^CODE = "(TK\d+)"', re.MULTILINE)

_LEVELS = {Severity.ERROR: "Error", Severity.WARNING: "Warning", Severity.INFO: "Hint"}

FAMILIES = {
    "TK0": "Reading",
    "TK1": "Linking",
    "TK2": "Prices",
    "TK3": "Characteristics and decomposition",
    "TK4": "Lifecycle and dates",
    "TK5": "Bundles",
    "TK6": "Layers and ownership",
    "TK7": "What TM Forum cannot say",
    "TK8": "Projections",
    "TK9": "History and publishing",
}


def findings_page() -> str:
    """The whole page."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield HEAD
    rules = {rule.code: rule for rule in RULES}
    mild = milder()
    for family, title in FAMILIES.items():
        codes = {code: meaning for code, meaning in CODES.items() if code.startswith(family)}
        if codes:
            yield f"## {title}\n"
            yield "| code | what it stands for |"
            yield "| --- | --- |"
            for code, meaning in codes.items():
                yield f"| {f'[{code}](#{code.lower()})' if code in rules else code} | {meaning}{mild.get(code, '')} |"
            yield ""
            for code in codes:
                yield from _rule(rules[code]) if code in rules else ()


def _rule(rule: Rule) -> Iterator[str]:
    yield f"### {rule.code}\n"
    when = asked_for(rule.code)
    yield f"*{_LEVELS[rule.severity]}; the rule looks at {_scope(rule)}.{f' {when}' if when else ''}*\n"
    yield page(rule).strip().replace("\n```yaml", "\n\n```yaml") + "\n"


def _scope(rule: Rule) -> str:
    if isinstance(rule, CatalogRule):
        return "the whole catalog"
    return "one entity" if isinstance(rule, EntityRule) else "one entity and its neighbours"


def milder() -> dict[str, str]:
    """The codes of findings that are no errors, with the words that mark them."""
    marks = {Severity.WARNING: " (a warning)", Severity.INFO: " (a hint)"}
    severities = {rule.code: rule.severity for rule in RULES} | dict(_made())
    return {code: marks[severity] for code, severity in severities.items() if severity in marks}


def _made() -> Iterator[tuple[str, Severity]]:
    for path in project_files():
        if path.suffix == ".py" and path.is_relative_to(ROOT / "tmfkit"):
            text = path.read_text(encoding="utf-8")
            constant = CONSTANT.search(text)
            for found in MADE.finditer(text):
                code = found["code"] or (constant[1] if constant else "")
                yield code, Severity[found["severity"]]
