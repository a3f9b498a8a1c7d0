"""The prices that can hold in a situation, and what they still depend on."""

from datetime import UTC, datetime

import pytest

from tests.catalogs import validated
from tmfkit.model.products import ProductOffering
from tmfkit.semantics.quotes import Quote, quotes
from tmfkit.semantics.situation import Situation
from tmfkit.views.wording import depends, nature, quote

TEXT = """
kind: Vocabulary
channels: [webshop, retail]
usage: {data: {unit: GB}}
---
kind: ProductOfferingPrice
id: activation
name: Activation
type: oneTime
amount: [{until: 2026-07-01, is: 39.00 EUR}, {from: 2026-07-01, is: 49.00 EUR}]
when: {action: add}
unless: {voucher: FREE}
---
kind: ProductSpecification
id: access
name: Access
characteristics:
  speed: {type: quantity, unit: Mbit/s, values: [100, 500, 1000]}
  sites: {type: integer, min: 1, max: 10}
---
kind: ProductOffering
id: home
name: Home
product: access
lifecycle: Launched
terms: {none: {}, year: {commitment: 12 months}}
prices:
  setup: {use: activation, when: {term: none}}
  monthly:
    type: recurring
    every: 1 month
    by: [speed, term]
    table: {100: {none: 1 EUR, year: not-sold}, 100..500: {else: 2 EUR}, else: {none: 4 EUR, year: 3 EUR}}
  site: {type: recurring, every: 1 month, charged: inArrears, amount: 5 EUR, count: sites}
  volume: {type: oneTime, count: sites, per: 1, tiers: [{upTo: 3, amount: 3 EUR}, {amount: 2 EUR, flat: 1 EUR}]}
  data: {type: usage, usage: data, per: 1 GB, amount: 0.50 EUR}
  gift: {type: allowance, usage: data, quantity: 10 GB, every: 1 month, validFor: {until: 2026-06-01}}
  online: {type: discount, reduces: [monthly], percent: 10, for: 6 months, when: {channel: webshop}, unless: {customer: existing}}
  spring: {type: discount, reduces: [monthly], percent: 20, when: {ordered: {from: 2026-03-01, until: 2026-06-01}}}
"""


@pytest.mark.parametrize(
    ("known", "month", "expected"),
    [
        ({}, 5, ["setup", "monthly", "site", "volume", "data", "gift", "online", "spring"]),
        ({}, 8, ["setup", "monthly", "site", "volume", "data", "online"]),
        ({"channel": "retail", "term": "year"}, 8, ["monthly", "site", "volume", "data"]),
        ({"channel": "webshop", "customer": "existing", "voucher": "FREE"}, 8, ["monthly", "site", "volume", "data"]),
    ],
)
def test_prices_that_can_hold(known: dict[str, str], month: int, expected: list[str]) -> None:
    assert list(priced(known, month)) == expected


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({}, ["100 none 1 EUR", "100 year None", "100..500 else 2 EUR", "else none 4 EUR", "else year 3 EUR"]),
        ({"speed": "100"}, ["100 none 1 EUR", "100 year None"]),
        ({"speed": "0.5 Gbit/s"}, ["100..500 else 2 EUR"]),
        ({"speed": "1000", "term": "year"}, ["else year 3 EUR"]),
        ({"term": "none"}, ["100 none 1 EUR", "100..500 else 2 EUR", "else none 4 EUR"]),
        ({"speed": "fast"}, ["else none 4 EUR", "else year 3 EUR"]),
    ],
)
def test_rows_of_a_table(known: dict[str, str], expected: list[str]) -> None:
    assert [f"{' '.join(row.keys)} {row.amount}" for row in priced(known)["monthly"].rows] == expected


@pytest.mark.parametrize(
    ("name", "known", "month", "words"),
    [
        ("setup", {}, 5, ("one time", "39.00 EUR", "when action is add and term is none; unless voucher is FREE")),
        ("setup", {"term": "none", "action": "add", "voucher": "OTHER"}, 8, ("one time", "49.00 EUR", "")),
        ("monthly", {}, 5, ("recurring, every 1 month, in advance", "", "")),
        ("site", {}, 5, ("recurring, every 1 month, in arrears", "5 EUR for each of sites", "")),
        ("volume", {}, 5, ("one time", "3 EUR up to 3, 2 EUR and 1 EUR flat above per 1 of sites", "")),
        ("data", {}, 5, ("usage, of data", "0.50 EUR per 1 GB", "")),
        ("gift", {}, 5, ("allowance, every 1 month, of data", "10 GB", "")),
        ("online", {}, 5, ("discount, off monthly, for 6 months", "10 %", "when channel is webshop; unless customer is existing")),
        ("online", {"channel": "webshop", "customer": "new"}, 5, ("discount, off monthly, for 6 months", "10 %", "")),
        ("spring", {}, 5, ("discount, off monthly", "20 %", "")),
    ],
)
def test_what_a_price_is_in_words(name: str, known: dict[str, str], month: int, words: tuple[str, str, str]) -> None:
    found = priced(known, month)[name]
    assert (nature(found.price), quote(found), depends(found)) == words


def priced(known: dict[str, str], month: int = 5) -> dict[str, Quote]:
    catalog = validated(TEXT).value
    offering = catalog.get(ProductOffering, "home")
    assert offering is not None
    found = quotes(offering, catalog, Situation(datetime(2026, month, 15, tzinfo=UTC), known))
    return {one.name: one for one in found}
