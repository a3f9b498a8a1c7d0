"""Which prices of an offering hold for a configuration at a moment, and how much each of them is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal, TypeAlias, TypeVar

from tmfkit.catalog import Catalog
from tmfkit.model.base import ALWAYS, Step, Validity, instant
from tmfkit.model.conditions import Condition
from tmfkit.model.prices import Price, PriceTerms, PriceType, ProductOfferingPrice, Tier
from tmfkit.model.products import ProductOffering
from tmfkit.model.tables import Cell, Table
from tmfkit.model.values import Money, Quantity
from tmfkit.semantics.conditions import applies
from tmfkit.semantics.configuration import Configuration, variables
from tmfkit.semantics.domains import number_of
from tmfkit.semantics.tables import lookup

T = TypeVar("T")

Cohort: TypeAlias = Literal["new", "existing"]
"""Whether a customer bought before a price changed."""

_SHARED_FIELDS = frozenset((*PriceTerms.model_fields, "name", "description", "code", "extra"))


@dataclass(frozen=True, slots=True)
class Charge:
    """One price that holds: its amount (of the whole quantity), or its percentage, or its table's gaps and doubles as several cells."""

    name: str
    price: Price
    amount: Money | None = None
    percent: Decimal | None = None
    tiers: tuple[Tier, ...] = ()
    cells: tuple[Cell[Money | None], ...] = ()

    @property
    def is_sold(self) -> bool:
        """Whether the table does not close this combination."""
        return not (len(self.cells) == 1 and self.cells[0].value is None)


def resolved(price: Price, catalog: Catalog) -> Price | None:
    """A price with the terms of the shared one that it uses: conditions add up, whatever else it writes itself wins.

    None where the shared price is broken or outside the repository.
    """
    if price.use is None:
        return price
    shared = catalog.get(ProductOfferingPrice, price.use)
    if shared is None:
        return None
    fields = {name: getattr(shared, name) for name in shared.model_fields_set & _SHARED_FIELDS}
    fields |= {name: getattr(price, name) for name in price.model_fields_set}
    fields["when"] = _both(shared.when, price.when)
    fields["unless"] = _either(shared.unless, price.unless)
    fields["valid_for"] = _overlap(shared.valid_for, price.valid_for or ALWAYS, catalog)
    return price.model_copy(update=fields)


def refusals(price: Price, catalog: Catalog) -> tuple[Condition, ...]:
    """The conditions under which a price does not hold: its own `unless`, and that of the shared price that it uses."""
    shared = catalog.get(ProductOfferingPrice, price.use)
    return tuple(found for found in (price.unless, shared.unless if shared else None) if found)


def holding(
    offering: ProductOffering, catalog: Catalog, configuration: Configuration, moment: datetime, cohort: Cohort = "new"
) -> Iterator[tuple[str, Price]]:
    """The prices of an offering that hold, by name, in the order written; shared ones with the terms that they use."""
    for name, written in offering.prices.items():
        price = resolved(written, catalog)
        if price is None or not (price.valid_for or ALWAYS).holds(moment, catalog.zone):
            continue
        subjects = (*price.when.subjects, *(subject for found in refusals(written, catalog) for subject in found.subjects))
        asked = variables(subjects, offering, catalog, price.usage)
        facts = {"customer": cohort, **configuration}
        refused = (applies(found, Condition(), facts, asked, catalog.zone) for found in refusals(written, catalog))
        if applies(price.when, Condition(), facts, asked, catalog.zone) and not any(refused):
            yield name, price


def charges(
    offering: ProductOffering, catalog: Catalog, configuration: Configuration, moment: datetime, cohort: Cohort = "new"
) -> Iterator[Charge]:
    """What each price that holds comes to. Usage prices show what one `per` costs; their quantity is known to billing alone."""
    for name, price in holding(offering, catalog, configuration, moment, cohort):
        yield charge(name, price, offering, catalog, configuration, moment, cohort)


def charge(
    name: str,
    price: Price,
    offering: ProductOffering,
    catalog: Catalog,
    configuration: Configuration,
    moment: datetime,
    cohort: Cohort = "new",
) -> Charge:
    """What one price comes to for a configuration."""
    number = counted(price, configuration)
    tiers = at(price.tiers, moment, cohort, catalog) or ()
    if tiers:
        return Charge(name, price, None if price.type is PriceType.USAGE else tiered(price, tiers, number), tiers=tiers)
    if (percent := at(price.percent, moment, cohort, catalog)) is not None:
        return Charge(name, price, percent=percent)
    table: Table[Money | None] | None = at(price.table, moment, cohort, catalog)
    if table is not None:
        cells = lookup(table, price.by, {"customer": cohort, **configuration}, variables(price.by, offering, catalog, price.usage))
        return Charge(name, price, _times(cells[0].value, number) if len(cells) == 1 else None, cells=cells)
    return Charge(name, price, _times(at(price.amount, moment, cohort, catalog), number))


def at(steps: tuple[Step[T], ...], moment: datetime, cohort: Cohort, catalog: Catalog) -> T | None:
    """The value of a dated list at a moment for new or existing customers, None in a gap.

    A change that is meant for the others leaves a customer with the value of before.
    """
    own = [step for step in steps if step.applies_to in ("all", cohort)]
    for step in own:
        if step.validity.holds(moment, catalog.zone):
            return step.is_
    if not any(step.validity.holds(moment, catalog.zone) for step in steps):
        return None
    over = [(ended, step.is_) for step in own if step.until is not None and (ended := instant(step.until, catalog.zone)) <= moment]
    return max(over, key=lambda pair: pair[0])[1] if over else None


def counted(price: PriceTerms, configuration: Configuration) -> Decimal:
    """How many times a price is charged: the number that `count` names, in units of `per`, else once."""
    if price.type is PriceType.USAGE or price.count is None:
        return Decimal(1)
    chosen = configuration.get(price.count)
    if isinstance(chosen, tuple):
        return Decimal(len(chosen))
    number = number_of(chosen) if isinstance(chosen, str) else None
    if number is None:
        return Decimal(0)
    return number if price.per is None or price.tiers else number / _bare(price.per)


def tiered(price: PriceTerms, tiers: tuple[Tier, ...], number: Decimal) -> Money | None:
    """What `number` units cost: each tier its own part (graduated), or all of them at the price of the last one reached (volume)."""
    per = _bare(price.per) if price.per is not None else Decimal(1)
    if price.tier_mode == "volume":
        reached = next((tier for tier in tiers if tier.up_to is None or number <= _in(tier.up_to, price.per)), None)
        return None if reached is None else _sum(_parts(reached, number, per))
    parts: list[Money] = []
    begin = Decimal(0)
    for tier in tiers:
        end = number if tier.up_to is None else min(number, _in(tier.up_to, price.per))
        if end > begin or (begin == 0 and number == 0):
            parts += _parts(tier, end - begin, per)
            begin = end
        if end == number:
            break
    return _sum(parts)


def _parts(tier: Tier, number: Decimal, per: Decimal) -> list[Money]:
    amount = [] if tier.amount is None else [Money(tier.amount.amount * number / per, tier.amount.currency)]
    return amount + ([tier.flat] if tier.flat is not None and number else [])


def _sum(parts: list[Money]) -> Money | None:
    return Money(sum((part.amount for part in parts), Decimal(0)), parts[0].currency) if parts else None


def _times(amount: Money | None, number: Decimal) -> Money | None:
    return amount if amount is None or number == 1 else Money(amount.amount * number, amount.currency)


def _bare(measure: Quantity | Decimal) -> Decimal:
    return measure.amount if isinstance(measure, Quantity) else measure


def _in(bound: Quantity | Decimal, per: Quantity | Decimal | None) -> Decimal:
    """A tier's bound as a number of the units in which `per` counts."""
    if isinstance(bound, Quantity) and isinstance(per, Quantity) and bound.dimension == per.dimension:
        return bound.to(per.unit).amount
    return _bare(bound)


def _both(first: Condition, second: Condition) -> Condition:
    """Both conditions in one; values of the same subject are those that both allow."""
    if not (first and second):
        return first or second
    clauses: dict[str, Any] = dict(first.clauses)
    for subject, wanted in second.clauses:
        before = clauses.get(subject)
        if isinstance(before, tuple) and isinstance(wanted, tuple):
            shared = tuple(text for text in wanted if text in before)
            clauses[subject] = shared if shared or not any(".." in text for text in before) else wanted
        else:
            clauses[subject] = wanted
    return Condition(tuple(clauses.items()))


def _either(first: Condition, second: Condition) -> Condition:
    """One of two `unless`; over one and the same subject, the values of both (`refusals` tells them apart)."""
    if first and second and first.subjects == second.subjects and len(first.subjects) == 1:
        subject = first.subjects[0]
        return Condition(((subject, (*first.values(subject), *second.values(subject))),))
    return second or first


def _overlap(first: Validity, second: Validity, catalog: Catalog) -> Validity | None:
    """When both intervals hold; None where that is always."""
    begins = [moment for moment in (first.from_, second.from_) if moment is not None]
    ends = [moment for moment in (first.until, second.until) if moment is not None]
    if not (begins or ends):
        return None
    return Validity.model_construct(
        from_=max(begins, key=lambda moment: instant(moment, catalog.zone), default=None),
        until=min(ends, key=lambda moment: instant(moment, catalog.zone), default=None),
    )
