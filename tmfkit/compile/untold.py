"""Finds what a price says that TMF620 has no field for in any version; the pricing file of the release holds it."""

from collections.abc import Iterator, Sequence

from tmfkit.compile.bundle import Untold
from tmfkit.compile.issues import Issue
from tmfkit.compile.scope import Scope, others
from tmfkit.model.prices import Price, ProductOfferingPrice
from tmfkit.model.tables import ELSE
from tmfkit.source.document import Path

_FIELDLESS = {
    "tiers": "tiers",
    "tier_mode": "tierMode",
    "first": "first",
    "increment": "increment",
    "minimum": "minimum",
    "for_": "for",
    "after": "after",
    "count": "count",
    "charged": "charged",
    "rollover": "rollover",
    "shared": "shared",
    "usage": "usage",
    "gl_account": "glAccount",
    "unless": "unless",
}
"""The keys of a price that have no field, by the attribute that holds them."""


def untold(terms: Price | ProductOfferingPrice, base: Path, scope: Scope, issues: Sequence[Issue]) -> Iterator[Untold]:
    """The words of a price that have no field; `base` is the price's own path in its entity."""
    for name, word in _FIELDLESS.items():
        if name in terms.model_fields_set and getattr(terms, name):
            yield Untold(word, (*base, word))
    for subject, _ in terms.when.clauses:
        if not scope.says(subject):
            yield Untold(subject, (*base, "when", subject))
    for subject in terms.by:
        if not scope.says(subject):
            yield Untold(subject, (*base, "by"))
    yield from _in_steps(base, issues, scope)
    yield from _in_words(base, terms)
    if terms.tax and len(scope.catalog.vocabulary.taxes.get(terms.tax, ())) > 1:
        yield Untold("tax", (*base, "tax"), "its rate changes with time")


def _in_steps(base: Path, issues: Sequence[Issue], scope: Scope) -> Iterator[Untold]:
    if any(issue.variant.applies_to != "all" for issue in issues):
        yield Untold("appliesTo", (*base, *next(issue.variant.path[:2] for issue in issues if issue.variant.applies_to != "all")))
    rest = {pick for issue in issues for pick in issue.variant.picks if pick.key == ELSE and scope.says(pick.subject)}
    if any(others(scope, pick) is None for pick in rest):
        yield Untold(ELSE, (*base, "table"), "what it covers is no closed set")


def _in_words(base: Path, terms: Price | ProductOfferingPrice) -> Iterator[Untold]:
    """Texts in other languages: the name of a published price is put together from several, so it has only one."""
    for word, said in (("name", terms.name), ("description", terms.description)):
        if said is not None and len(said.texts) > 1:
            yield Untold("other languages", (*base, word))
