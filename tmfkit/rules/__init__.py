"""Every rule, in the order of the codes."""

from tmfkit.rules.base import Rule

RULES: tuple[Rule, ...] = ()
