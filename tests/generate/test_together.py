"""Which prices hold together: tables of a price, of others, and of the combinations that a customer can have."""

from datetime import UTC, datetime
from textwrap import indent

import pytest

from tests.catalogs import validated
from tmfkit.generate import together as module
from tmfkit.generate.prices import SinglePrice, single_prices
from tmfkit.generate.together import together
from tmfkit.model.products import ProductOffering

HEAD = """
kind: Vocabulary
channels: {web: {}, shop: {}, phone: {}}
segments: {home: {}, office: {}}
usage: {voice: {unit: min, dimensions: {zone: [near, far]}}}
---
kind: ProductSpecification
id: thing
name: Thing
characteristics:
  size: {values: [s, m, l]}
  colour: {values: [red, blue], optional: true}
  users: {type: integer, min: 1, max: 100, default: 1}
---
kind: ProductOffering
id: thing
name: Thing
product: thing
lifecycle: Launched
terms: {short: {}, long: {}}
prices:
"""
MAIN = "main: {type: recurring, every: 1 month, amount: 9.00 EUR}\n"
MOMENT = datetime(2026, 6, 1, tzinfo=UTC)

CASES = {
    "nothing else": (MAIN, [("", "web shop phone")]),
    "always": (MAIN + "a: {type: oneTime, amount: 1.00 EUR}", [("a", "web shop phone")]),
    "at the sale": (MAIN + "a: {type: oneTime, amount: 1.00 EUR, when: {action: add}}", [("a", "web shop phone")]),
    "at the end only": (MAIN + "a: {type: penalty, amount: 1.00 EUR, when: {action: delete}}", [("", "web shop phone")]),
    "in a channel": (MAIN + "a: {type: oneTime, amount: 1.00 EUR, when: {channel: web}}", [("", "shop phone"), ("a", "web")]),
    "not in a channel": (MAIN + "a: {type: oneTime, amount: 1.00 EUR, unless: {channel: web}}", [("", "web"), ("a", "shop phone")]),
    "never for this one": (
        "main: {type: recurring, every: 1 month, amount: 9.00 EUR, when: {size: s}}\n"
        "a: {type: oneTime, amount: 1.00 EUR, when: {size: [m, l]}}",
        [("", "web shop phone")],
    ),
    "always for this one": (
        "main: {type: recurring, every: 1 month, amount: 9.00 EUR, when: {size: [s, m]}}\n"
        "a: {type: oneTime, amount: 1.00 EUR, unless: {size: l}}",
        [("a", "web shop phone")],
    ),
    "one subject decides two": (
        MAIN + "a: {type: oneTime, amount: 1.00 EUR, when: {size: s}}\nb: {type: oneTime, amount: 1.00 EUR, when: {size: [s, m]}}",
        [("", "web shop phone"), ("a b", "web shop phone"), ("b", "web shop phone")],
    ),
    "two subjects decide one": (
        MAIN + "a: {type: oneTime, amount: 1.00 EUR, when: {size: s, segment: home}}",
        [("", "web shop phone"), ("a", "web shop phone")],
    ),
    "vouchers, of which there is one at a time": (
        MAIN + "a: {type: oneTime, amount: 1.00 EUR, when: {voucher: A}}\nb: {type: oneTime, amount: 1.00 EUR, when: {voucher: B}}",
        [("", "web shop phone"), ("a", "web shop phone"), ("b", "web shop phone")],
    ),
    "bands": (
        MAIN + "a: {type: oneTime, amount: 1.00 EUR, when: {users: 1..10}}\nb: {type: oneTime, amount: 1.00 EUR, when: {users: 5..20}}",
        [("", "web shop phone"), ("a", "web shop phone"), ("a b", "web shop phone"), ("b", "web shop phone")],
    ),
    "cells of which one holds": (
        MAIN + "a: {type: oneTime, by: [size], table: {s: 1.00 EUR, m: 2.00 EUR, else: 3.00 EUR}}",
        [("a.else", "web shop phone"), ("a.m", "web shop phone"), ("a.s", "web shop phone")],
    ),
    "zones, of which all hold": (
        MAIN + "a: {type: usage, usage: voice, by: [zone], table: {near: 1.00 EUR, far: 2.00 EUR}}",
        [("a.near a.far", "web shop phone")],
    ),
    "what may be missing": (
        MAIN + "a: {type: oneTime, amount: 1.00 EUR, unless: {colour: red}}",
        [("", "web shop phone"), ("a", "web shop phone")],
    ),
    "orders in a time that is over": (
        MAIN + "a: {type: oneTime, amount: 1.00 EUR, when: {ordered: {until: 2026-01-01}}}",
        [("", "web shop phone")],
    ),
    "orders outside of a time that is over": (
        MAIN + "a: {type: oneTime, amount: 1.00 EUR, unless: {ordered: {until: 2026-01-01}}}",
        [("a", "web shop phone")],
    ),
    "orders outside of a time that runs": (
        MAIN + "a: {type: oneTime, amount: 1.00 EUR, unless: {ordered: {from: 2026-01-01}}}",
        [("", "web shop phone")],
    ),
}


def prices_of(text: str) -> tuple[list[SinglePrice], object]:
    outcome = validated(HEAD + indent(text, "  "))
    assert not outcome.failed, [f"{one.code} {one.message}" for one in outcome.diagnostics]
    offering = outcome.value.get(ProductOffering, "thing")
    assert offering is not None
    return list(single_prices(offering, outcome.value)), outcome.value


@pytest.mark.parametrize("case", CASES)
def test_combinations(case: str) -> None:
    text, expected = CASES[case]
    (main, *others), catalog = prices_of(text)
    found = together(main, others, catalog, MOMENT)
    assert found is not None
    said = [(" ".join(other.id.removeprefix("thing.") for other in one.others), " ".join(one.channels)) for one in found]
    assert sorted(said) == sorted(expected)


def test_too_many_are_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    (main, *others), catalog = prices_of(CASES["bands"][0])
    monkeypatch.setattr(module, "MOST_COMBINATIONS", 2)
    assert together(main, others, catalog, MOMENT) is None
