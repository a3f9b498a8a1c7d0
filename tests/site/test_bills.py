"""Bills of sample configurations: the first one, the monthly one, and all until a commitment ends."""

from decimal import Decimal

import pytest

from tests.site.entity_pages import edition, example
from tmfkit.diff.bill import bill
from tmfkit.model.characteristics import text_of
from tmfkit.model.products import ProductOffering
from tmfkit.semantics.configuration import characteristics_of
from tmfkit.site.edition import Edition
from tmfkit.site.offering.bills import Owed, sums
from tmfkit.site.offering.samples import costed, samples

HEAD = """
kind: ProductSpecification
id: p
name: p
---
kind: ProductOffering
id: o
name: o
product: p
lifecycle: Launched
prices:
"""
MONTHLY = "  fee: {type: recurring, every: 1 month, amount: 10.00 EUR}\n"


def owed(prices: str) -> list[Owed]:
    of = edition(HEAD + prices)
    offering = of.catalog.get(ProductOffering, "o")
    assert offering is not None
    return list(next(samples(offering, of.catalog, of.on)).owed)


@pytest.mark.parametrize(
    ("prices", "months", "expected"),
    [
        (MONTHLY, 12, ("10.00", "10.00", "120.00")),
        (MONTHLY, None, ("10.00", "10.00", None)),
        (MONTHLY + "  setup: {type: oneTime, amount: 49.00 EUR}\n", 12, ("59.00", "10.00", "169.00")),
        (MONTHLY + "  guard: {type: deposit, amount: 50.00 EUR}\n", 12, ("60.00", "10.00", "120.00")),
        (MONTHLY + "  exit: {type: penalty, amount: 99.00 EUR, when: {action: delete}}\n", 12, ("10.00", "10.00", "120.00")),
        (MONTHLY + "  half: {type: discount, reduces: [fee], percent: 50, for: 6 months}\n", 12, ("5.00", "10.00", "90.00")),
        (MONTHLY + "  late: {type: discount, reduces: [fee], percent: 50, after: 6 months}\n", 12, ("10.00", "5.00", "90.00")),
        (MONTHLY + "  off: {type: discount, reduces: [fee], amount: 3.00 EUR}\n", 12, ("7.00", "7.00", "84.00")),
        ("  fee: {type: recurring, every: 3 months, amount: 30.00 EUR}\n", 12, ("30.00", "10.00", "120.00")),
        ("  fee: {type: recurring, every: 1 year, amount: 120.00 EUR}\n", 24, ("120.00", "10.00", "240.00")),
        ("  fee: {type: recurring, every: 1 month, charged: inArrears, amount: 10.00 EUR}\n", 12, ("0.00", "10.00", "120.00")),
        (MONTHLY + "  extra: {type: recurring, every: 1 month, amount: 5.00 EUR, for: 3 months}\n", 12, ("15.00", "15.00", "135.00")),
        (MONTHLY + "  later: {type: recurring, every: 1 month, amount: 5.00 EUR, after: 6 months}\n", 12, ("10.00", "15.00", "150.00")),
    ],
)
def test_sums(prices: str, months: int | None, expected: tuple[str, str, str | None]) -> None:
    found = sums(owed(prices), months)
    assert found is not None
    amounts = (found.first.amount, found.monthly.amount, found.total.amount if found.total is not None else None)
    assert amounts == tuple(None if text is None else Decimal(text) for text in expected)


def test_nothing_is_summed_where_nothing_is_charged() -> None:
    assert sums([], 12) is None


def test_the_first_and_the_monthly_bill_are_those_of_the_change_report() -> None:
    of = example("en")
    compared = 0
    for summary in of.of(ProductOffering.KIND):
        offering = of.catalog.get(ProductOffering, summary.key.id)
        assert offering is not None
        if offering.is_bundle:
            continue
        for sample in samples(offering, of.catalog, of.on):
            found = sums(sample.owed, None)
            charges = {one.charge.name: one.charge for one in sample.owed}
            assert len(charges) == len(sample.owed)
            if found is None or any(not one.is_sold for one in charges.values()) or not offering.prices:
                continue
            chosen = {**_settled(offering, of), **sample.chosen}
            told = bill(offering, of.catalog, chosen, of.on, "new")
            assert told is not None
            assert Decimal(found.monthly.amount) == (told.monthly.amount if told.monthly is not None else 0)
            assert Decimal(found.first.amount) == (told.first.amount if told.first is not None else 0)
            compared += 1
    assert compared > 50


def _settled(offering: ProductOffering, of: Edition) -> dict[str, str]:
    parts = characteristics_of(offering, of.catalog)
    defaults = {name: text_of(one.standard) for name, one in parts.items() if one.standard is not None}
    only = {fact: own[0] for fact in ("channel", "segment", "place") if len(own := getattr(offering, f"{fact}s")) == 1}
    return {"customer": "new", "action": "add", **only, **defaults}


BUNDLE = """
kind: ProductSpecification
id: p
name: p
---
kind: ProductOffering
id: line
name: line
product: p
lifecycle: Launched
terms: {none: {}, year: {commitment: 12 months}}
prices:
  fee: {type: recurring, every: 1 month, by: [term], table: {none: 20.00 EUR, year: 10.00 EUR}}
---
kind: ProductOffering
id: extra
name: extra
product: p
lifecycle: Active
sellable: false
prices:
  fee: {type: recurring, every: 1 month, amount: 4.00 EUR}
---
kind: ProductOffering
id: both
name: both
lifecycle: Launched
bundle:
  line: {}
  extras: {of: [extra], min: 0, max: 3, included: 1}
prices:
  less: {type: discount, reduces: [line/fee], percent: 50}
"""


def test_a_bundle_costs_what_its_members_cost_less_its_discounts() -> None:
    of = edition(BUNDLE)
    offering = of.catalog.get(ProductOffering, "both")
    assert offering is not None
    found = costed(offering, of.catalog, of.on)
    shown = [(one.chosen["extras"], one.chosen["term"], str(one.sums.monthly), str(one.sums.total)) for one in found]
    assert shown == [
        ("0", "none", "10.00 EUR", "None"),
        ("0", "year", "5.00 EUR", "60.00 EUR"),
        ("1", "none", "10.00 EUR", "None"),
        ("1", "year", "5.00 EUR", "60.00 EUR"),
    ]
