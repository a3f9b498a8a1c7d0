"""Finds new amounts for what customers have already that do not say whether these customers pay them."""

from collections.abc import Iterator, Mapping
from typing import Any

from tmfkit.catalog import Catalog
from tmfkit.diagnostics.model import Diagnostic, Severity
from tmfkit.diff.change import Change, Impact, Kind
from tmfkit.diff.gate.passage import Passage
from tmfkit.diff.ordering import is_for_new_ones
from tmfkit.diff.sorts import price_path
from tmfkit.model.base import Key, Lifecycle, Step
from tmfkit.model.prices import PriceTerms, ProductOfferingPrice
from tmfkit.model.products import ProductOffering

CODE = "TK903"
VALUES = ("amount", "percent", "table", "tiers")
SOLD = (Lifecycle.LAUNCHED, Lifecycle.RETIRED)
"""States in which customers have it."""


def check(passage: Passage) -> Iterator[Diagnostic]:
    """Each price of something sold whose value changes without `appliesTo`."""
    seen: set[tuple[Key, str]] = set()
    for change in passage.changes:
        words = price_path(change.path, change.key.kind).split("/")
        if len(words) < 3 or words[0] != "prices" or words[2] not in VALUES or change.impact < Impact.COMMERCIAL:
            continue
        if change.kind is Kind.REMOVED and len(words) > 3:
            continue  # a row or step that goes brings no new amount
        name = "" if change.key.kind == ProductOfferingPrice.KIND else words[1]
        if (change.key, name) not in seen and _has_customers(change.key, passage.before):
            seen.add((change.key, name))
            yield from _price(passage, change, name)


def _has_customers(key: Key, catalog: Catalog) -> bool:
    summary = catalog.summaries.get(key)
    if summary is None or key.kind == ProductOffering.KIND:
        return summary is not None and summary.lifecycle in SOLD
    return any(catalog.summaries[user].lifecycle in SOLD for user in catalog.referrers(key) if user.kind == ProductOffering.KIND)


def _price(passage: Passage, change: Change, name: str) -> Iterator[Diagnostic]:
    old, new = (_terms(catalog, change.key, name) for catalog in (passage.before, passage.after))
    if old is None or new is None or is_for_new_ones(new):
        return
    field = next((one for one in VALUES if getattr(new, one)), "")
    known = [step.is_ for step in getattr(old, field)] if field else []
    for index, step in enumerate(getattr(new, field) if field else ()):
        if step.is_ not in known and "applies_to" not in step.model_fields_set:
            path = ("prices", name, field, index) if name else (field, index)
            called = f"{change.key.id}/{name}" if name else change.key.id
            message = f"`{called}` changes what customers pay, and does not say whether those pay it who have it already"
            yield Diagnostic(CODE, Severity.ERROR, message, passage.after.span(change.key, path), help=_help(field, old, step))
            return


def _terms(catalog: Catalog, key: Key, name: str) -> PriceTerms | None:
    entity: Any = catalog.entity(key)
    prices: Mapping[str, PriceTerms] = getattr(entity, "prices", {})
    return prices.get(name) if name else entity


def _help(field: str, old: PriceTerms, step: Step[Any]) -> str:
    if field in ("amount", "percent") and step.from_ is None and getattr(old, field):
        sign = " %" if field == "percent" else ""
        was, now = getattr(old, field)[-1].is_, step.is_
        new, existing = f"{{from: DATE, is: {now}{sign}, appliesTo: new}}", f"{{from: DATE, is: {was}{sign}, appliesTo: existing}}"
        return f"write `{field}: [{{until: DATE, is: {was}{sign}}}, {new}, {existing}]`, or `appliesTo: all` if everybody pays it"
    return "say it at the new step: `appliesTo: new`, `existing` (with a step for the others) or `all`"
