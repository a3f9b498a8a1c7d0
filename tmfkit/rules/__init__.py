"""Every rule, in the order of the codes."""

from tmfkit.rules.base import Rule
from tmfkit.rules.bundles import contradiction, numbers
from tmfkit.rules.characteristics import choices, defaults, fed, idle, mandatory, sources, types, values
from tmfkit.rules.characteristics import rows as arriving
from tmfkit.rules.layers import controlled, controllers, masters
from tmfkit.rules.lifecycle import intervals, launched
from tmfkit.rules.prices import asked, coverage, currency, dated, free, never, percent, reduces, rows, tiers, unreachable, words

RULES: tuple[Rule, ...] = (
    coverage.RULE,
    unreachable.RULE,
    reduces.RULE,
    percent.RULE,
    dated.RULE,
    tiers.RULE,
    currency.RULE,
    asked.RULE,
    never.RULE,
    free.RULE,
    words.RULE,
    rows.RULE,
    defaults.RULE,
    choices.RULE,
    fed.RULE,
    sources.RULE,
    mandatory.RULE,
    arriving.RULE,
    types.RULE,
    values.RULE,
    idle.RULE,
    launched.RULE,
    intervals.RULE,
    numbers.RULE,
    contradiction.RULE,
    controlled.RULE,
    controllers.RULE,
    masters.RULE,
)
