"""What became sellable or ceased to be, and when: whole offerings, and combinations of their choices."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from tmfkit.catalog import Catalog
from tmfkit.diff.change import Change, Impact
from tmfkit.diff.consequences import reached
from tmfkit.diff.moments import turning_points
from tmfkit.diff.timeline import BEGINNING
from tmfkit.model.base import Key, Lifecycle
from tmfkit.model.landscape import Vocabulary
from tmfkit.model.products import ProductOffering, ProductSpecification
from tmfkit.semantics.configuration import variables
from tmfkit.semantics.pricing import resolved
from tmfkit.semantics.sellable import sellable

AUDIENCES = ("channels", "segments", "places")
"""Parts of a vocabulary that decide where something is sold."""

MOST = 500
"""Combinations of one offering that are told apart; of one with more, only the offering as a whole is looked at."""

Choice: TypeAlias = tuple[tuple[str, str], ...]
State: TypeAlias = tuple[ProductOffering | None, Catalog]


@dataclass(frozen=True, slots=True)
class SaleChange:
    """An offering, or a combination of its choices, that becomes sellable or ceases to be in a stretch of time; an open end is None."""

    key: Key
    chosen: Choice
    sellable: bool
    since: datetime | None
    until: datetime | None


def sale_changes(changes: Iterable[Change], before: Catalog, after: Catalog) -> tuple[SaleChange, ...]:
    """What customers can buy now and could not before, and the reverse, by offering; only of what the changes reach."""
    told = [one for one in changes if one.key.kind != Vocabulary.KIND or one.path.split("/")[0] in AUDIENCES]
    return tuple(row for key in offerings_reached(told, before, after) for row in _of(key, before, after))


def offerings_reached(changes: Iterable[Change], before: Catalog, after: Catalog) -> list[Key]:
    """The offerings that changes of more than words reach in either state, sorted."""
    keys = dict.fromkeys(change.key for change in changes if change.impact is not Impact.COSMETIC or not change.path)
    found = {one for key in keys for catalog in (before, after) if key in catalog.summaries for one in reached(key, catalog)}
    return sorted(one for one in found if one.kind == ProductOffering.KIND)


def _of(key: Key, before: Catalog, after: Catalog) -> Iterator[SaleChange]:
    states = [(catalog.get(ProductOffering, key.id), catalog) for catalog in (before, after)]
    points = turning_points(states)
    rows: dict[tuple[Choice, bool], list[list[datetime | None]]] = {}
    for since, until in zip(points, [*points[1:], None], strict=True):
        for choice, is_sold in _differing(states, since):
            stretches = rows.setdefault((choice, is_sold), [])
            if stretches and stretches[-1][1] == since:
                stretches[-1][1] = until
            else:
                stretches.append([None if since == BEGINNING else since, until])
    for (choice, is_sold), stretches in rows.items():
        yield from (SaleChange(key, choice, is_sold, since, until) for since, until in stretches)


def _differing(states: list[State], moment: datetime) -> Iterator[tuple[Choice, bool]]:
    """Combinations that only one of two states sells, in the fewest words; the offering as a whole where one sells nothing at all."""
    was, is_now = (_is_on_sale(offering, catalog, moment) for offering, catalog in states)
    if was != is_now:
        yield (), is_now
    if not (was and is_now):
        return
    told: list[tuple[Choice, bool]] = []
    for names in _groups(states):
        old, new = (_combinations(names, offering, catalog, moment) for offering, catalog in states)
        if old is None or new is None:
            continue
        for choice in sorted(old ^ new):
            is_sold = choice in new
            if not any(is_sold == other and set(said) <= set(choice) for said, other in told):
                told.append((choice, is_sold))
                yield choice, is_sold


def _is_on_sale(offering: ProductOffering | None, catalog: Catalog, moment: datetime) -> bool:
    """Whether new customers can buy an offering at all."""
    if offering is None or offering.lifecycle is not Lifecycle.LAUNCHED or not offering.sellable:
        return False
    product = catalog.get(ProductSpecification, offering.product)
    validities = (offering.valid_for, *([product.valid_for] if product is not None else []))
    return all(one.holds(moment, catalog.zone) for one in validities)


def _combinations(names: tuple[str, ...], offering: ProductOffering | None, catalog: Catalog, moment: datetime) -> frozenset[Choice] | None:
    """The sellable combinations of some variables; None where they are open or too many."""
    if offering is None:
        return None
    asked = variables(names, offering, catalog)
    if not asked or not all(one.domain.is_listed for one in asked.values()):
        return None
    found, complete = sellable(offering, catalog, list(asked), moment, most=MOST)
    return frozenset(tuple(one.items()) for one in found) if complete else None


def _groups(states: list[State]) -> list[tuple[str, ...]]:
    """What may be looked at together: each variable alone first, then what one price table or one constraint asks about."""
    together = dict.fromkeys(group for offering, catalog in states if offering is not None for group in _together(offering, catalog))
    single = dict.fromkeys(name for group in together for name in group)
    return [("channel",), ("segment",), ("place",), *((name,) for name in single), *(group for group in together if len(group) > 1)]


def _together(offering: ProductOffering, catalog: Catalog) -> Iterator[tuple[str, ...]]:
    yield ("term",)
    product = catalog.get(ProductSpecification, offering.product)
    yield from ((name,) for name, one in (product.characteristics if product else {}).items() if one.set_by == "customer")
    for written in offering.prices.values():
        price = resolved(written, catalog)
        if price is not None and price.table and price.usage is None:
            yield price.by
    for constraint in product.constraints.values() if product else ():
        yield tuple(dict.fromkeys((*constraint.when.subjects, *constraint.then.subjects)))
