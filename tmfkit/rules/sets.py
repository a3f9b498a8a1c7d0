"""The sets of rules, one column each: how severe what a rule finds is in a set, and whether the rule speaks there at all.

`default` is what is wrong. `strict` is the same with warnings as errors, and asks for more care: for a catalog that is to stay
without a finding. `style` is `default` and, as warnings, the rules about taste. A rule that is treated alike everywhere needs no
row of its own.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from tmfkit.diagnostics.model import Severity
from tmfkit.rules import RULES

_STRICTER = {Severity.WARNING: Severity.ERROR}


class RuleSet(StrEnum):
    """Which of the rules speak, and how loud."""

    DEFAULT = "default"
    STRICT = "strict"
    STYLE = "style"


class Level(StrEnum):
    """What a project may say of one rule."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    OFF = "off"


Row = tuple[Severity | None, Severity | None, Severity | None]
"""The severity in `default`, `strict` and `style`; None where the rule is silent."""

_CARE: Row = (None, Severity.ERROR, None)
_TASTE: Row = (None, None, Severity.WARNING)

_OWN: Mapping[str, Row] = MappingProxyType(
    {
        "TK108": _CARE,
        "TK110": _TASTE,
        "TK111": _TASTE,
        "TK112": _TASTE,
        "TK113": _TASTE,
        "TK115": _CARE,
        "TK215": _CARE,
        "TK217": _CARE,
        "TK218": _CARE,
        "TK221": _CARE,
        "TK310": _CARE,
        "TK409": _CARE,
        "TK508": _TASTE,
        "TK611": _CARE,
        "TK612": _CARE,
        "TK614": _CARE,
    }
)
"""The rules that are not treated alike everywhere, in the order of their codes."""


def levels(code: str, severity: Severity, own: Mapping[str, Row] = _OWN) -> Row:
    """A rule's row in the table, from the rule's own severity where it has none."""
    return own.get(code, (severity, _STRICTER.get(severity, severity), severity))


SETS: Mapping[str, Mapping[RuleSet, Severity | None]] = MappingProxyType(
    {rule.code: MappingProxyType(dict(zip(RuleSet, levels(rule.code, rule.severity), strict=True))) for rule in RULES}
)
"""Every rule's severity in every set."""

SILENT = frozenset(code for code, row in SETS.items() if row[RuleSet.DEFAULT] is None)
"""The rules that do not speak unless a project asks for them."""


def asked_for(code: str) -> str:
    """How a rule that is silent by default is made to speak, in a sentence; empty for all others."""
    sets = [f"`{rules}`" for rules, severity in SETS[code].items() if severity is not None] if code in SILENT else []
    return f"It speaks in the set {' and '.join(sets)}, or where `severity` names it in `tmfkit.yaml`." if sets else ""
