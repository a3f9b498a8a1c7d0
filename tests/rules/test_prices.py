"""Rules about prices: what they see, and what they leave alone."""

import pytest

from tests.rules.pointing import helps, messages, pointed

PRODUCT = """
kind: Vocabulary
languages: [en, fr]
channels: {webshop: {}, retail: {}}
segments: {residential: {}}
taxes: {vat: 20 %}
usage: {data: {unit: GB}, voice: {unit: min, dimensions: {zone: [national, world]}}}
---
kind: ProductSpecification
id: access
name: Access
characteristics:
  speed: {type: quantity, unit: Mbit/s, values: [100, 500, 1000]}
  sites: {type: integer, min: 1, max: 100}
  static: {type: boolean}
  note: {optional: true}
constraints:
  fast: {when: {speed: 1000}, then: {static: true}}
---
kind: ProductOffering
id: home
name: Home
product: access
lifecycle: Active
channels: [webshop]
terms: {no-term: {}, 24-months: {commitment: 24 months}}
choices: {speed: [500, 1000]}
prices:
  base: {type: recurring, every: 1 month, amount: 1 EUR}
"""
RECURRING = "{type: recurring, every: 1 month, "


def monthly(rest: str) -> str:
    return f"{PRODUCT}  monthly: {RECURRING}{rest}}}\n"


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("by: speed, table: {500: 1 EUR, 1000: 2 EUR}", []),
        ("by: speed, table: {500: 1 EUR, 1 Gbit/s: 2 EUR}", []),
        ("by: speed, table: {500: 1 EUR}", ["TK201 table"]),
        ("by: speed, table: {500: 1 EUR, 100: 2 EUR, else: 3 EUR}", ["TK202 100"]),
        ("by: speed, table: {500: 1 EUR}, when: {speed: 500}", []),
        ("by: speed, table: {500: 1 EUR}, unless: {speed: 1000}", []),
        ("by: [term, speed], table: {no-term: {500: 1 EUR}, else: {else: 2 EUR}}", ["TK201 no-term"]),
        ("by: [speed, static], table: {500: {else: 1 EUR}, 1000: {true: 2 EUR}}", []),
        ("by: [speed, static], table: {500: {true: 1 EUR}, 1000: {true: 2 EUR}}", ["TK201 500"]),
        ("by: sites, table: {1..10: 1 EUR, 11..100: 2 EUR}", []),
        ("by: sites, table: {1..10: 1 EUR, 12..100: 2 EUR}", ["TK201 table"]),
        ("by: sites, table: {1..10: 1 EUR, 10..100: 2 EUR}", []),
        ("by: sites, table: {1..10: 1 EUR, 9..100: 2 EUR}", ["TK201 9..100"]),
        ("by: note, table: {red: 1 EUR}", ["TK201 table"]),
        ("by: channel, table: {webshop: 1 EUR}", []),
        ("by: channel, table: {webshop: 1 EUR, retail: 2 EUR}", ["TK202 retail"]),
        ("by: sped, table: {500: 1 EUR}", ["TK208 sped"]),
        ("by: speed, table: {500: {no-term: 1 EUR}, 1000: 2 EUR}", ["TK212 no-term"]),
        ("by: speed, table: [{until: 2027-01-01, is: {else: 1 EUR}}, {from: 2027-01-01, is: {500: 1 EUR}}]", ["TK201 is"]),
        ("by: customer, table: {new: 1 EUR, existing: 2 EUR}", []),
        ("by: voucher, table: {GOLD: 1 EUR, else: 2 EUR}", []),
    ],
)
def test_tables(rest: str, expected: list[str]) -> None:
    assert pointed(monthly(rest)) == expected


def test_a_gap_is_named_by_its_combination_once() -> None:
    assert messages(monthly("by: [speed, term], table: {500: {no-term: 1 EUR}}")) == [
        "the table has no price for speed `1000`",
        "the table has no price for speed `500`, term `24-months`",
    ]


def test_a_shared_table_is_seen_from_each_offering_that_uses_it() -> None:
    shared = "---\nkind: ProductOfferingPrice\nid: line\nname: Line\ntype: recurring\nevery: 1 month\n"
    shared += "by: speed\ntable: {100: 1 EUR, 500: 2 EUR}\n"
    assert pointed(f"{PRODUCT}  line: {{use: line}}\n{shared}") == ["TK201 line"]
    assert pointed(f"{PRODUCT}  line: {{use: line, when: {{speed: 500}}}}\n{shared}") == []


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("when: {term: 24-months}", []),
        ("when: {tern: 24-months}", ["TK208 line"]),
        ("when: {term: 12-months}", ["TK209 line"]),
        ("unless: {voucher: FREE}", []),
        ("unless: {vouchr: FREE}", ["TK208 vouchr"]),
    ],
)
def test_conditions_of_a_shared_price(condition: str, expected: list[str]) -> None:
    shared = f"---\nkind: ProductOfferingPrice\nid: line\nname: Line\ntype: oneTime\namount: 1 EUR\n{condition}\n"
    assert pointed(f"{PRODUCT}  line: {{use: line}}\n{shared}") == expected


def test_a_condition_that_narrows_a_shared_one_is_told_once() -> None:
    shared = "---\nkind: ProductOfferingPrice\nid: line\nname: Line\ntype: oneTime\namount: 1 EUR\nwhen: {term: no-term}\n"
    assert pointed(f"{PRODUCT}  line: {{use: line, when: {{term: 12-months}}}}\n{shared}") == ["TK209 12-months"]
    assert pointed(f"{PRODUCT}  line: {{use: line, when: {{term: 24-months}}}}\n{shared}") == ["TK209 line"]
    assert pointed(f"{PRODUCT}  line: {{use: line, when: {{term: no-term, speed: 500}}}}\n{shared}") == []


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("amount: 1 EUR, when: {term: 24-months}", []),
        ("amount: 1 EUR, when: {term: 12-months}", ["TK209 12-months"]),
        ("amount: 1 EUR, when: {term: [12-months, 24-months]}", []),
        ("amount: 1 EUR, when: {speed: 100}", ["TK209 100"]),
        ("amount: 1 EUR, when: {speed: 0.5 Gbit/s}", []),
        ("amount: 1 EUR, unless: {speed: fast}", ["TK209 fast"]),
        ("amount: 1 EUR, when: {sites: 101..}", ["TK209 101.."]),
        ("amount: 1 EUR, when: {channel: retail}", ["TK209 retail"]),
        ("amount: 1 EUR, when: {channel: shop}", ["TK211 shop"]),
        ("amount: 1 EUR, when: {voucher: GOLD, agreement: A1, segment: residential}", []),
        ("amount: 1 EUR, when: {place: north}", []),
        ("amount: 1 EUR, when: {zone: world}", ["TK208 zone"]),
        ("amount: 1 EUR, when: {ordered: {from: 2026-02-01, until: 2026-01-01}}", ["TK402 2026-01-01"]),
        ("amount: 1 EUR, tax: vta", ["TK211 vta"]),
        ("amount: 1 EUR, count: sites", []),
        ("amount: 1 EUR, count: term", ["TK208 term"]),
        ("amount: 1 EUR, name: {en: A, de: B}", ["TK211 de"]),
        ("amount: -1 EUR", ["TK210 -1 EUR"]),
        ("amount: [{until: 2027-01-01, is: 1 EUR}, {from: 2027-01-01, is: 0 EUR}]", ["TK210 0 EUR"]),
        ("tiers: [{upTo: 10, amount: 1 EUR}], count: sites", ["TK206 {upTo: 10, amount: 1 EUR}"]),
        ("tiers: [{amount: 1 EUR}, {upTo: 10, amount: 1 EUR}, {amount: 1 EUR}], count: sites", ["TK206 {amount: 1 EUR}"]),
        ("tiers: [{upTo: 10}, {flat: 1 EUR}], count: sites", ["TK206 {upTo: 10}"]),
        ("amount: [{until: 2027-01-01, is: 1 EUR}, {from: 2026-12-01, is: 2 EUR}]", ["TK205 {from: 2026-12-01, is: 2 EUR}"]),
        ("amount: [{is: 1 EUR, until: 2027-01-01}, {is: 2 EUR, from: 2027-01-01, appliesTo: new}]", []),
        ("amount: [{is: 1 EUR, appliesTo: new}, {is: 2 EUR, appliesTo: existing}]", []),
        ("amount: [{is: 1 EUR, appliesTo: new}]", ["TK205 [{is: 1 EUR, appliesTo: new}]"]),
        ("amount: [{is: 1 EUR}, {is: 2 EUR, appliesTo: existing}]", ["TK205 {is: 2 EUR, appliesTo: existing}"]),
        ("amount: [{from: 2027-01-01, until: 2026-01-01, is: 1 EUR}]", ["TK402 2026-01-01"]),
        ("amount: [{from: 2026-01-01, until: 2027-01-01, is: 1 EUR}]", []),
    ],
)
def test_single_prices(rest: str, expected: list[str]) -> None:
    assert pointed(monthly(rest)) == expected


@pytest.mark.parametrize(
    ("price", "expected"),
    [
        ("{type: usage, usage: data, per: 1 GB, amount: 1 EUR}", []),
        ("{type: usage, usage: daat, per: 1 GB, amount: 1 EUR}", ["TK211 daat"]),
        ("{type: usage, usage: voice, per: 1 min, by: zone, table: {national: 0.1 EUR, world: 1 EUR}}", []),
        ("{type: usage, usage: voice, per: 1 min, by: zone, table: {national: 0.1 EUR}}", ["TK201 table"]),
        ("{type: usage, usage: voice, per: 1 min, amount: 1 EUR, when: {zone: moon}}", ["TK211 moon"]),
        ("{type: usage, usage: data, per: 1 GB, tiers: [{upTo: 10 GB, amount: 1 EUR}, {amount: 2 CHF}]}", ["TK207 2 CHF"]),
        (
            "{type: usage, usage: data, per: 1 GB, tiers: [{upTo: 10 GB, amount: 1 EUR}, {upTo: 20, amount: 1 EUR}, {amount: 1 EUR}]}",
            ["TK206 20"],
        ),
        ("{type: discount, reduces: [monthly], percent: 0}", ["TK204 0"]),
        ("{type: discount, reduces: [other], percent: 10}", ["TK203 other"]),
        ("{type: discount, reduces: [home/monthly], percent: 10}", []),
        ("{type: discount, reduces: [home/monthl], percent: 10}", ["TK203 home/monthl"]),
        ("{type: discount, reduces: [away/monthly], percent: 10}", ["TK203 away/monthly"]),
        ("{type: allowance, usage: data, quantity: 10 GB, every: 1 month}", []),
        ("{type: allowance, usage: data, quantity: 10 GB, every: 1 month, shared: [lines]}", ["TK208 lines"]),
    ],
)
def test_other_prices(price: str, expected: list[str]) -> None:
    assert pointed(monthly("amount: 5 EUR") + f"  other: {price}\n") == expected


MEMBERS = """
---
kind: ProductOffering
id: duo
name: Duo
lifecycle: Active
channels: [webshop]
bundle: {home: {}, extra: {of: [home, other], min: 0, max: 2}}
prices:
"""
OTHER = """---
kind: ProductOffering
id: other
name: Other
product: access
lifecycle: Active
prices: {weekly: {type: recurring, every: 1 week, amount: 1 CHF}}
"""


@pytest.mark.parametrize(
    ("price", "expected"),
    [
        ("{type: discount, reduces: [home/monthly], percent: 10, when: {extra: 1..}}", []),
        ("{type: discount, reduces: [extra/monthly], percent: 10, when: {extra: 1}}", []),
        ("{type: discount, reduces: [extra/yearly], percent: 10}", ["TK203 extra/yearly"]),
        ("{type: discount, reduces: [home/monthly], percent: 10, when: {extra: 3}}", ["TK209 3"]),
        ("{type: discount, reduces: [home/monthly], percent: 10, when: {phone: 1}}", ["TK208 phone"]),
        ("{type: discount, reduces: [home/monthly], percent: 10, when: {term: no-term}}", ["TK208 term"]),
        ("{type: oneTime, by: extra, table: {0: not-sold, 1: 1 EUR}}", ["TK201 table"]),
        ("{type: oneTime, amount: 1 EUR, count: extra}", []),
        ("{type: allowance, usage: data, quantity: 10 GB, every: 1 month, shared: [home, extra]}", []),
        ("{type: allowance, usage: data, quantity: 10 GB, every: 1 month, shared: [extr]}", ["TK208 extr"]),
    ],
)
def test_bundles(price: str, expected: list[str]) -> None:
    text = monthly("amount: 5 EUR") + MEMBERS.lstrip("\n") + f"  mix: {price}\n" + OTHER.replace("CHF", "EUR")
    assert pointed(text) == expected


def test_members_of_another_currency() -> None:
    assert pointed(monthly("amount: 5 EUR") + MEMBERS.lstrip("\n") + "  fee: {type: oneTime, amount: 1 EUR}\n" + OTHER) == [
        "TK207 extra",
    ]


@pytest.mark.parametrize(
    ("rest", "help"),
    [
        ("amount: 1 EUR, when: {tern: no-term}", "did you mean `term`?"),
        ("amount: 1 EUR, when: {term: 24-month}", "did you mean `24-months`?"),
        ("amount: 1 EUR, when: {speed: 100}", "it can be `500`, `1000`"),
        ("amount: 1 EUR, when: {channel: webshp}", "did you mean `webshop`?"),
        ("by: speed, table: {500: 1 EUR, 1000: 2 EUR, 100: 3 EUR}", "delete the row, or offer the value"),
    ],
)
def test_the_way_out(rest: str, help: str) -> None:
    assert helps(monthly(rest)) == [help]


@pytest.mark.parametrize("product", ["{external: P-1}", "missing", "broken"])
def test_nothing_is_said_about_a_product_that_is_not_known_here(product: str) -> None:
    text = monthly("by: speed, table: {1: 1 EUR}, when: {colour: red}").replace("product: access", f"product: {product}")
    broken = "---\nkind: ProductSpecification\nid: broken\nname: Broken\ncolour: red\n"
    assert [found[:5] for found in pointed(text + broken)] in (["TK011"], ["TK101", "TK011"])
