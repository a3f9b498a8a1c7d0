"""Names as XML allows them for Kill Bill: one space for products, plans, usages, units and price lists, no digit first."""

import re
from collections.abc import Iterable, Mapping

from tmfkit.api import legal_names

from .model import Name, Phase, Plan, Usage, Version

DEFAULT, CLOSED = "DEFAULT", "closed"
"""The price list that everybody sees, and the one of plans that nobody can buy any more."""

_ILLEGAL = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST = 200
"""Kill Bill's tables hold 255 characters, and the name of a phase is that of its plan and its type."""

_BETWEEN = "\x1f"


class Names:
    """The name of everything; the same in all versions, so that a plan keeps its name over a change of its price."""

    def __init__(self, versions: Iterable[Version]) -> None:
        """Every name of every version is told apart from every other."""
        keys = dict.fromkeys(key for version in versions for key in _keys(version))
        self._legal: Mapping[str, str] = legal_names(keys, _spelled, taken=(DEFAULT,))

    def product(self, name: Name) -> str:
        """Of a product."""
        return self._legal[_key("product", name)]

    def plan(self, plan: Plan) -> str:
        """Of a plan."""
        return self._legal[_key("plan", plan.name)]

    def unit(self, name: Name) -> str:
        """Of what is counted."""
        return self._legal[_key("unit", name)]

    def price_list(self, channel: str) -> str:
        """Of the price list of a channel, or of what nobody can buy any more."""
        return self._legal[_key("list", (channel,))]

    def usage(self, plan: Plan, phase: Phase, usage: Usage) -> str:
        """Of a usage: each phase has its own."""
        return self._legal[_key("usage", (*plan.name, *usage.name, phase.type.lower()))]


def _keys(version: Version) -> Iterable[str]:
    yield from (_key("product", product.name) for product in version.products)
    yield from (_key("unit", unit.name) for unit in version.units)
    for plan in version.plans:
        yield _key("plan", plan.name)
        yield from (_key("list", (channel,)) for channel in plan.lists)
        for phase in plan.phases:
            yield from (_key("usage", (*plan.name, *usage.name, phase.type.lower())) for usage in phase.usages)
    yield _key("list", (CLOSED,))


def _key(kind: str, name: Name) -> str:
    return _BETWEEN.join((kind, *name))


def _spelled(key: str) -> str:
    """A key as a legal name (XML, NCName, of which only ASCII)."""
    words = [_ILLEGAL.sub("-", word) for word in key.split(_BETWEEN)[1:]]
    text = ".".join(words)[:_LONGEST]
    return text if text[:1].isalpha() or text[:1] == "_" else f"_{text}"
