"""Makes the reference of the findings: every code, and for those of rules what the rule says of itself."""

from collections.abc import Iterator

from tmfkit.diagnostics.codes import CODES
from tmfkit.rules import RULES
from tmfkit.rules.base import CatalogRule, EntityRule, Rule, page

HEAD = """# Findings

This page is made from the code. A finding states a fact, the place concerned and the way out; its code stands for one kind of
finding for ever. Only an error makes a command fail. Findings of reading and linking (TK0xx, TK1xx) are errors but for TK018,
a warning; TK701 is a hint. The severity of a rule stands at its code below.
"""

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
    for family, title in FAMILIES.items():
        codes = {code: meaning for code, meaning in CODES.items() if code.startswith(family)}
        if codes:
            yield f"## {title}\n"
            yield "| code | what it stands for |"
            yield "| --- | --- |"
            yield from (f"| {f'[{code}](#{code.lower()})' if code in rules else code} | {meaning} |" for code, meaning in codes.items())
            yield ""
            for code in codes:
                yield from _rule(rules[code]) if code in rules else ()


def _rule(rule: Rule) -> Iterator[str]:
    yield f"### {rule.code}\n"
    yield f"*{str(rule.severity).capitalize()}; the rule looks at {_scope(rule)}.*\n"
    yield page(rule).strip().replace("\n```yaml", "\n\n```yaml") + "\n"


def _scope(rule: Rule) -> str:
    if isinstance(rule, CatalogRule):
        return "the whole catalog"
    return "one entity" if isinstance(rule, EntityRule) else "one entity and its neighbours"
