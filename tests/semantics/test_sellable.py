"""Which combinations can be sold."""

from datetime import UTC, datetime

import pytest

from tests.catalogs import validated
from tmfkit.model.products import ProductOffering
from tmfkit.semantics.sellable import sellable

TEXT = """
kind: ProductSpecification
id: access
name: Access
characteristics:
  speed: {type: quantity, unit: Mbit/s, values: [100, 500]}
  static: {type: boolean}
  users: {type: integer}
constraints: {fast: {when: {speed: 500}, then: {static: true}}}
---
kind: ProductOffering
id: home
name: Home
product: access
lifecycle: Active
terms: {none: {}, year: {commitment: 12 months}}
prices:
  monthly:
    type: recurring
    every: 1 month
    by: [speed, term]
    table: [
      {until: 2027-01-01, is: {100: {none: 1 EUR, year: not-sold}, 500: {else: 2 EUR}}},
      {from: 2027-01-01, is: {else: {else: 2 EUR}}},
    ]
"""


@pytest.mark.parametrize(
    ("names", "year", "expected", "complete"),
    [
        (["speed"], 2026, ["100", "500"], True),
        (["speed", "static"], 2026, ["100 true", "100 false", "500 true"], True),
        (["speed", "term"], 2026, ["100 none", "500 none", "500 year"], True),
        (["speed", "term"], 2027, ["100 none", "100 year", "500 none", "500 year"], True),
        (["speed", "users"], 2026, ["100", "500"], False),
    ],
)
def test_combinations(names: list[str], year: int, expected: list[str], complete: bool) -> None:
    catalog = validated(TEXT).value
    offering = catalog.get(ProductOffering, "home")
    assert offering is not None
    found, is_all = sellable(offering, catalog, names, datetime(year, 6, 1, tzinfo=UTC))
    assert [" ".join(one.values()) for one in found] == expected
    assert is_all is complete
