"""Plans that nobody can buy any more but that customers have: what these pay once a discount, or the price itself, has ended for all.

Kill Bill goes on with the plan of an earlier version as it was. So it stays in the later ones, with what the language says of its
price: a discount for those who ordered in some time goes on, one whose own time is over does not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from tmfkit.api import Money, Note, PriceType, SinglePrice

from .folding import said
from .model import Phase, Plan, Tier, Unsayable, Usage
from .phases import phases_of
from .stock import Stock

INCLUDED = "included"
"""The last word of the name of a plan for members of a bundle that cost nothing."""


def carried(before: Sequence[Plan], plans: Sequence[Plan], stock: Stock, moment: datetime, cohort: str) -> Iterator[Plan | Note]:
    """The plans of the version before that are not among those of now, as far as they go on costing something."""
    names = {plan.name for plan in plans}
    for old in before:
        if old.name in names or old.anchor.type not in (PriceType.RECURRING, PriceType.USAGE):
            continue
        usages = next((one.phases[-1].usages for one in plans if _same_cell(one, old)), ())
        try:
            yield replace(old, phases=tuple(_phases(old, usages, stock, moment, cohort)), closed=True, lists=())
        except Unsayable as error:
            yield said(error)


def _same_cell(plan: Plan, other: Plan) -> bool:
    return (plan.anchor.name, plan.anchor.picks) == (other.anchor.name, other.anchor.picks)


def _phases(old: Plan, usages: Sequence[Usage], stock: Stock, moment: datetime, cohort: str) -> Iterator[Phase]:
    if all(phase.recurring is None for phase in old.phases) or old.name[-1] == INCLUDED:
        for phase in old.phases:
            left = tuple(usages) or tuple(_free(one) for one in phase.usages)
            yield replace(phase, usages=left)
        return
    anchor = _still(old.anchor, stock, moment, cohort) or replace(old.anchor, money=_nothing(old.anchor))
    discounts = [_still(one, stock, moment, cohort) or replace(one, percent=Decimal(0), money=None) for one in old.discounts]
    for index, phase in enumerate(phases_of(anchor, discounts)):
        charges = tuple(replace(charge, listed=False) for charge in phase.charges)
        fixed = old.phases[0].fixed if index == 0 else None
        yield replace(phase, fixed=fixed, usages=tuple(usages), charges=charges)


def _still(single: SinglePrice, stock: Stock, moment: datetime, cohort: str) -> SinglePrice | None:
    """The price in force for the same cell, if there still is one."""
    held = stock.in_force(single.offering.id, moment, cohort).get(single.name, ())
    return next((one for one in held if one.picks == single.picks), None)


def _nothing(single: SinglePrice) -> Money | None:
    return Money(Decimal(0), single.money.currency) if single.money is not None else None


def _free(usage: Usage) -> Usage:
    """A usage that is no longer charged."""
    tiers = tuple(Tier(one.most, Decimal(0)) for one in usage.tiers)
    return replace(usage, tiers=tiers, charges=tuple(replace(charge, listed=False) for charge in usage.charges))
