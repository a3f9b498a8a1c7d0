"""What a project decides about findings: which rules speak, how loud, and what is accepted for now."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from tmfkit.diagnostics.codes import CODES, is_foreign
from tmfkit.diagnostics.model import Diagnostic, Severity
from tmfkit.diagnostics.suggest import did_you_mean
from tmfkit.rules.plugins import NONE, Plugins
from tmfkit.rules.sets import SETS, Level, RuleSet
from tmfkit.source.text import Span

STALE = frozenset(("TK024", "TK026"))
"""What is said of suppressions and baselines that nothing needs any more."""

SOFT = STALE | {"TK018"}
"""Findings of reading that leave nothing of the catalog unknown."""

HISTORY = frozenset(code for code in CODES if code.startswith("TK9"))
"""Findings about changes: how grave they are is for the project to say, but not at one line, for they are about two states of it."""


@dataclass(frozen=True, slots=True)
class Suppression:
    """Findings that are accepted, for a reason and perhaps for a time. `lines` of its own file, or the files that `pattern` fits."""

    codes: tuple[str, ...]
    span: Span
    reason: str = ""
    until: datetime | date | None = None
    lines: tuple[int, ...] = ()
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class Policy:
    """The decisions of one project; `baseline` is the text of its baseline, `zone` is where its days begin."""

    zone: ZoneInfo
    rules: RuleSet = RuleSet.DEFAULT
    levels: Mapping[str, Level] = field(default_factory=dict)
    entries: tuple[Suppression, ...] = ()
    baseline: str | None = None
    plugins: Plugins = NONE

    def severity(self, code: str, usual: Severity) -> Severity | None:
        """How severe findings of a code are here; None where they do not count at all."""
        if code in self.levels:
            level = self.levels[code]
            return None if level is Level.OFF else Severity(level)
        if row := SETS.get(code) or self.plugins.sets.get(code):
            return row[self.rules]
        stricter = self.rules is RuleSet.STRICT and usual is Severity.WARNING
        return Severity.ERROR if stricter else usual

    def speaks(self, code: str) -> bool:
        """Whether the checks raise this code here; the others are raised later, by what is made of a catalog."""
        return (code in SETS or code in SOFT or code in self.plugins.sets) and self.severity(code, Severity.WARNING) is not None

    @property
    def silent(self) -> frozenset[str]:
        """The codes of the rules that need not run, as nothing that they find would count."""
        return frozenset(code for code in (*SETS, *self.plugins.sets) if not self.speaks(code))

    def graded(self, finding: Diagnostic) -> Diagnostic | None:
        """A finding as severe as the project wants it; None where it does not count."""
        severity = self.severity(finding.code, finding.severity)
        if severity is finding.severity or severity is None:
            return finding if severity else None
        return replace(finding, severity=severity)


def is_fixed(code: str) -> bool:
    """Whether findings of this code stay what they are: what is not read or not linked is not known, and nothing is made of it."""
    return code[:3] in ("TK0", "TK1") and code not in SOFT and code not in SETS


def why_not(code: str) -> str:
    """Why nobody can accept findings of a code at their place; empty where it can be done."""
    if is_foreign(code):
        return ""
    if code not in CODES:
        return f"there is no finding `{code}`"
    if is_fixed(code) or code in STALE:
        return f"`{code}` cannot be accepted: {CODES[code]}"
    return "" if code in SETS or code in SOFT else f"`{code}` is not accepted at one place"


def way_out(code: str) -> str:
    """What to do instead of accepting findings of a code."""
    if code not in CODES:
        return did_you_mean(code, CODES)
    return "mend what it is about" if is_fixed(code) or code in STALE else "only what the checks find can be accepted"
