"""Prices: which of them hold, and what each comes to."""

from datetime import UTC, datetime
from typing import Literal

import pytest

from tests.catalogs import validated
from tmfkit.catalog import Catalog
from tmfkit.model.products import ProductOffering
from tmfkit.semantics.pricing import Charge, charges, holding, resolved

TEXT = """
kind: Vocabulary
usage: {data: {unit: GB}}
---
kind: ProductSpecification
id: access
name: Access
characteristics:
  speed: {type: quantity, unit: Mbit/s, values: [100, 500]}
  sites: {type: integer, min: 1, max: 500}
---
kind: ProductOfferingPrice
id: line-rental
name: Line rental
type: recurring
every: 1 month
by: speed
table: {100: 10.00 EUR, 500: 12.00 EUR}
when: {term: [no-term, 12-months]}
unless: {channel: retail}
validFor: {from: 2026-01-01}
---
kind: ProductOffering
id: home
name: Home
product: access
lifecycle: Active
terms: {no-term: {}, 12-months: {commitment: 12 months}, 24-months: {commitment: 24 months}}
prices:
  monthly: {type: recurring, every: 1 month, by: [speed, term], table: {100: {else: 30.00 EUR}, 500: {no-term: not-sold, else: 35.00 EUR}}}
  line: {use: line-rental, when: {term: [12-months, 24-months]}, chargeCode: LINE}
  rise: {type: recurring, every: 1 month, amount: [{until: 2027-01-01, is: 15.00 EUR}, {from: 2027-01-01, is: 16.50 EUR, appliesTo: new}]}
  sites: {type: recurring, every: 1 month, count: sites, amount: 5.00 EUR}
  seats: {type: recurring, every: 1 month, count: sites, per: 10, amount: 5.00 EUR}
  steps:
    type: recurring
    every: 1 month
    count: sites
    tiers: [{upTo: 10, amount: 3.00 EUR}, {upTo: 50, amount: 2.00 EUR}, {amount: 1.00 EUR}]
  volume:
    type: recurring
    every: 1 month
    count: sites
    tierMode: volume
    tiers: [{upTo: 10, amount: 3.00 EUR}, {upTo: 50, amount: 2.00 EUR}, {amount: 1.00 EUR, flat: 7.00 EUR}]
  data: {type: usage, usage: data, per: 1 GB, tiers: [{upTo: 10 GB, amount: 0 EUR}, {amount: 2.00 EUR}]}
  welcome: {type: discount, reduces: [monthly], percent: 50, for: 6 months, when: {customer: new}}
"""
BEFORE = datetime(2026, 6, 1, tzinfo=UTC)
AFTER = datetime(2027, 6, 1, tzinfo=UTC)
CHOSEN = {"speed": "500", "term": "12-months", "sites": "1", "channel": "webshop"}


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    outcome = validated(TEXT)
    assert outcome.diagnostics == ()
    return outcome.value


def home(catalog: Catalog) -> ProductOffering:
    found = catalog.get(ProductOffering, "home")
    assert found is not None
    return found


def amount(charge: Charge) -> str:
    return str(charge.amount) if charge.amount is not None else "" if charge.percent is None else f"{charge.percent} %"


def charged(
    catalog: Catalog, name: str, moment: datetime = BEFORE, cohort: Literal["new", "existing"] = "new", **chosen: str
) -> str | None:
    every = {one.name: one for one in charges(home(catalog), catalog, {**CHOSEN, **chosen}, moment, cohort)}
    return amount(every[name]) if name in every else None


@pytest.mark.parametrize(
    ("chosen", "moment", "expected"),
    [
        ({}, BEFORE, "12.00 EUR"),
        ({"speed": "100"}, BEFORE, "10.00 EUR"),
        ({"term": "no-term"}, BEFORE, None),
        ({"term": "24-months"}, BEFORE, None),
        ({"channel": "retail"}, BEFORE, None),
        ({}, datetime(2025, 12, 31, tzinfo=UTC), None),
    ],
)
def test_a_shared_price_holds_where_both_conditions_do(
    catalog: Catalog, chosen: dict[str, str], moment: datetime, expected: str | None
) -> None:
    assert charged(catalog, "line", moment, **chosen) == expected


def test_a_shared_price_keeps_its_terms_and_takes_what_is_written_beside_it(catalog: Catalog) -> None:
    price = resolved(home(catalog).prices["line"], catalog)
    assert price is not None
    assert (price.by, price.charge_code, str(price.every)) == (("speed",), "LINE", "1 month")
    assert price.when.values("term") == ("12-months",)


@pytest.mark.parametrize(
    ("moment", "cohort", "expected"),
    [
        (BEFORE, "new", "15.00 EUR"),
        (BEFORE, "existing", "15.00 EUR"),
        (datetime(2027, 1, 1, tzinfo=UTC), "new", "16.50 EUR"),
        (AFTER, "new", "16.50 EUR"),
        (AFTER, "existing", "15.00 EUR"),
    ],
)
def test_a_rise_for_new_customers_leaves_existing_ones_alone(
    catalog: Catalog, moment: datetime, cohort: Literal["new", "existing"], expected: str
) -> None:
    assert charged(catalog, "rise", moment, cohort) == expected


@pytest.mark.parametrize(
    ("name", "sites", "expected"),
    [
        ("sites", "3", "15.00 EUR"),
        ("seats", "25", "12.500 EUR"),
        ("steps", "10", "30.00 EUR"),
        ("steps", "11", "32.00 EUR"),
        ("steps", "60", "120.00 EUR"),
        ("volume", "10", "30.00 EUR"),
        ("volume", "11", "22.00 EUR"),
        ("volume", "60", "67.00 EUR"),
    ],
)
def test_prices_by_number(catalog: Catalog, name: str, sites: str, expected: str) -> None:
    assert charged(catalog, name, sites=sites) == expected


@pytest.mark.parametrize(
    ("chosen", "expected", "sold"),
    [
        ({}, "35.00 EUR", True),
        ({"speed": "100"}, "30.00 EUR", True),
        ({"term": "no-term"}, "", False),
    ],
)
def test_a_table_gives_one_cell_and_says_what_is_not_sold(catalog: Catalog, chosen: dict[str, str], expected: str, sold: bool) -> None:
    found = next(one for one in charges(home(catalog), catalog, {**CHOSEN, **chosen}, BEFORE) if one.name == "monthly")
    assert (amount(found), found.is_sold) == (expected, sold)


def test_a_usage_price_shows_its_tiers_and_no_amount(catalog: Catalog) -> None:
    found = next(one for one in charges(home(catalog), catalog, CHOSEN, BEFORE) if one.name == "data")
    assert (found.amount, len(found.tiers)) == (None, 2)


@pytest.mark.parametrize(("cohort", "expected"), [("new", "50 %"), ("existing", None)])
def test_a_condition_on_the_customer(catalog: Catalog, cohort: Literal["new", "existing"], expected: str | None) -> None:
    assert charged(catalog, "welcome", cohort=cohort) == expected


def test_prices_hold_in_the_order_written(catalog: Catalog) -> None:
    names = [name for name, _ in holding(home(catalog), catalog, CHOSEN, BEFORE)]
    assert names == list(home(catalog).prices)
