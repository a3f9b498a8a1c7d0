"""The page of a code: what it stands for, why that matters, and an example that fails."""

from tmfkit.diagnostics.codes import CODES
from tmfkit.diagnostics.pages import PAGES
from tmfkit.rules import RULES
from tmfkit.rules.base import Rule, page
from tmfkit.rules.sets import asked_for


def page_of(code: str) -> str:
    """What is written about a code: by its rule, else in the table of pages; empty for one that has no page."""
    rule = next((rule for rule in RULES if rule.code == code), None)
    return (page(rule) if rule is not None else PAGES.get(code, "")).strip()


def as_text(code: str) -> str:
    """The whole page as people read it, with the code and what it stands for above."""
    text = page_of(code).replace("\n```yaml", "\n\n```yaml")
    when = asked_for(code)
    return f"{code}: {CODES[code]}\n\n{text}".strip() + (f"\n\n{when}" if when else "")


def of_plugin(rule: Rule, origin: str) -> str:
    """The page of a plugin's rule, which is the docstring of its file, and the plugin that it is from."""
    return "\n\n".join(filter(None, (f"{rule.code}: {rule.name}", page(rule).strip(), f"A rule of {origin}.")))
