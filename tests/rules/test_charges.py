"""Rules about what is charged when: nothing left out, nothing twice, nothing above what there is."""

import pytest

from tests.catalogs import validated
from tests.rules.pointing import messages, pointed
from tmfkit.rules.sets import SILENT

HEAD = """kind: Vocabulary
taxes: {vat: 20 %}
usage: {data: {unit: GB}, voice: {unit: min, dimensions: {zone: [national, world]}}}
---
kind: ProductSpecification
id: access
name: Access
characteristics:
  speed: {type: quantity, unit: Mbit/s, values: [100, 500], default: 100}
  visit: {values: [self, technician], default: self}
constraints: {fast: {when: {speed: 500}, then: {visit: technician}}}
---
kind: ProductOffering
id: home
name: Home
product: access
lifecycle: Active
terms: {no-term: {}, 12-months: {commitment: 12 months}, 24-months: {commitment: 24 months}}
prices:
"""
MONTHLY = "  monthly: {type: recurring, every: 1 month, amount: 30.00 EUR}\n"


def prices(**written: str) -> str:
    return HEAD + "".join(f"  {name}: {{{terms}}}\n" for name, terms in written.items())


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ("for: 6 months", []),
        ("for: 36 months", []),
        ("for: 36 months, when: {term: 24-months}", ["TK213 36 months"]),
        ("for: 2 years, when: {term: [12-months, 24-months]}", []),
        ("for: 3 years, unless: {term: no-term}", ["TK213 3 years"]),
        ("for: 24 months, when: {term: 12-months}", ["TK213 24 months"]),
        ("when: {term: 12-months}", []),
    ],
)
def test_discounts_end_with_the_contract(terms: str, expected: list[str]) -> None:
    assert pointed(f"{HEAD}{MONTHLY}  off: {{type: discount, reduces: [monthly], percent: 10, {terms}}}\n") == expected


RECURRING = "type: recurring, every: 1 month, amount: 30.00 EUR"


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        (["when: {term: no-term}"], ["nothing is charged for term `12-months`"]),
        (["when: {term: no-term}", "unless: {term: no-term}"], []),
        (["when: {term: [no-term, 12-months]}", "when: {term: 24-months}"], []),
        (["when: {speed: 500}"], ["nothing is charged for speed `100`"]),
        (["when: {speed: 100}", "when: {visit: technician}"], []),
        (["when: {visit: technician}", "when: {visit: self, speed: 100}"], []),
        (["when: {voucher: GOLD}"], ["none of these prices is charged without a voucher or an agreement"]),
        (["unless: {voucher: GOLD}"], []),
        (["when: {customer: new}"], ["nothing is charged for customer `existing`"]),
        (["when: {action: add}"], []),
        (["when: {ordered: {from: 2026-01-01}}"], []),
        (["when: {agreement: A}", "unless: {agreement: A}"], []),
    ],
)
def test_what_can_be_ordered_is_charged(conditions: list[str], expected: list[str]) -> None:
    written = {f"p{index}": f"{RECURRING}, {one}" for index, one in enumerate(conditions)}
    assert messages(prices(**written)) == expected


def test_single_fees_may_be_free_in_some_cases() -> None:
    assert pointed(prices(setup="type: oneTime, amount: 10.00 EUR, when: {term: no-term}")) == []


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("", "", ["TK216 second"]),
        ("when: {term: no-term}", "when: {term: 24-months}", []),
        ("when: {term: no-term}", "unless: {term: no-term}", []),
        ("when: {term: [no-term, 12-months]}", "when: {term: [12-months, 24-months]}", ["TK216 second"]),
        ("when: {customer: new}", "when: {customer: existing}", []),
        ("when: {voucher: A}", "when: {voucher: B}", []),
        ("when: {ordered: {until: 2026-01-01}}", "when: {ordered: {from: 2026-01-01}}", []),
        ("validFor: {until: 2026-01-01}", "validFor: {from: 2026-01-01}", []),
        ("validFor: {until: 2026-02-01}", "validFor: {from: 2026-01-01}", ["TK216 second"]),
        ("for: 12 months", "after: 12 months", []),
        ("for: 12 months", "after: 6 months", ["TK216 second"]),
        ("when: {speed: 100}", "unless: {speed: 100, term: no-term}", ["TK216 second"]),
    ],
)
def test_nobody_pays_twice(first: str, second: str, expected: list[str]) -> None:
    charge = "type: recurring, every: 1 month, amount: 1.00 EUR, chargeCode: REC"
    text = prices(
        base="type: oneTime, amount: 1.00 EUR", first=f"{charge}, {first}".rstrip(", "), second=f"{charge}, {second}".rstrip(", ")
    )
    assert pointed(text) == expected


def test_two_uses_of_one_shared_price_are_told() -> None:
    shared = "---\nkind: ProductOfferingPrice\nid: line\nname: Line\ntype: recurring\nevery: 1 month\namount: 1.00 EUR\nchargeCode: X\n"
    assert pointed(prices(one="use: line", two="use: line") + shared) == ["TK216 two"]
    parted = prices(base=RECURRING, one="use: line, when: {term: no-term}", two="use: line, unless: {term: no-term}")
    assert pointed(parted + shared) == []


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("percent: 60", "percent: 50", ["TK219 second"]),
        ("percent: 50", "percent: 50", []),
        ("percent: 100", "percent: 50", []),
        ("percent: 60, when: {term: no-term}", "percent: 50, when: {term: 24-months}", []),
        ("percent: 60, for: 3 months", "percent: 50, after: 3 months", []),
        ("amount: 29.00 EUR", "percent: 50", []),
        ("amount: 31.00 EUR", "percent: 50", ["TK220 31.00 EUR"]),
    ],
)
def test_discounts_take_off_what_there_is(first: str, second: str, expected: list[str]) -> None:
    discount = "  {name}: {{type: discount, reduces: [monthly], {terms}}}\n"
    text = HEAD + MONTHLY + discount.format(name="first", terms=first) + discount.format(name="second", terms=second)
    assert pointed(text) == expected


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ("by: speed, table: {100: 10.00 EUR, 500: 50.00 EUR}", []),
        ("by: speed, table: {100: 10.00 EUR, 500: 15.00 EUR}", ["TK220 20.00 EUR"]),
        ("tiers: [{upTo: 2, amount: 1.00 EUR}, {amount: 2.00 EUR}], count: speed", []),
    ],
)
def test_the_highest_amount_counts(terms: str, expected: list[str]) -> None:
    text = prices(monthly=f"type: recurring, every: 1 month, {terms}", off="type: discount, reduces: [home/monthly], amount: 20.00 EUR")
    assert pointed(text) == expected


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ("usage: data, per: 100 MB, amount: 1.00 EUR", []),
        ("usage: data, per: 1, amount: 1.00 EUR", []),
        ("usage: data, per: 1 min, amount: 1.00 EUR", ["TK222 1 min"]),
        ("usage: voice, per: 1 min, first: 60 s, increment: 1 MB, amount: 1.00 EUR", ["TK222 1 MB"]),
        ("usage: voice, tiers: [{upTo: 5 GB, amount: 1.00 EUR}, {amount: 2.00 EUR}]", ["TK222 5 GB"]),
        ("usage: lost, per: 1 min, amount: 1.00 EUR", ["TK211 lost"]),
    ],
)
def test_usage_is_priced_in_its_unit(terms: str, expected: list[str]) -> None:
    assert pointed(prices(data=f"type: usage, {terms}")) == expected


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ("type: recurring, every: 1 month, amount: 39.900 EUR", []),
        ("type: recurring, every: 1 month, amount: 39.905 EUR", ["TK224 39.905 EUR"]),
        ("type: recurring, every: 1 month, amount: 3990.5 JPY", ["TK224 3990.5 JPY"]),
        ("type: recurring, every: 1 month, amount: 3.905 KWD", []),
        ("type: recurring, every: 1 month, by: speed, table: {100: 1.00 EUR, 500: 1.005 EUR}", ["TK224 1.005 EUR"]),
        ("type: recurring, every: 1 month, amount: 0.005 EUR, count: speed", []),
        ("type: usage, usage: data, per: 1 MB, amount: 0.0005 EUR", []),
        ("type: recurring, every: 1 year, for: 6 months, amount: 10.00 EUR", ["TK223 1 year"]),
        ("type: recurring, every: 6 months, for: 6 months, amount: 10.00 EUR", []),
    ],
)
def test_amounts_and_periods(terms: str, expected: list[str]) -> None:
    assert pointed(prices(monthly=terms)) == expected


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ("amount: 1.00 EUR, when: {action: delete}", ["TK225 exit"]),
        ("amount: 1.00 EUR, when: {action: delete, term: 24-months}", []),
        ("amount: 1.00 EUR, when: {action: delete, term: [no-term, 24-months]}", ["TK225 exit"]),
        ("amount: 1.00 EUR, when: {action: delete}, unless: {term: no-term}", []),
        ("by: term, table: {no-term: not-sold, else: 1.00 EUR}, when: {action: delete}", []),
        ("amount: 1.00 EUR, when: {action: [modify, delete]}", []),
        ("amount: 1.00 EUR, when: {action: delete, term: 24-months}, for: 36 months", ["TK213 36 months"]),
    ],
)
def test_penalties(terms: str, expected: list[str]) -> None:
    assert pointed(f"{HEAD}{MONTHLY}  exit: {{type: penalty, {terms}}}\n") == expected


@pytest.mark.parametrize(("code", "missing"), [("TK217", "chargeCode: X"), ("TK221", "tax: vat")])
def test_care_asks_launched_offerings_for_more(code: str, missing: str) -> None:
    complete = prices(monthly=f"{RECURRING}, chargeCode: X, tax: vat", data="type: allowance, usage: data, quantity: 1 GB, every: 1 month")
    launched = complete.replace("lifecycle: Active", "lifecycle: Launched")
    silent = SILENT - {code}
    assert validated(launched, silent).diagnostics == ()
    assert [found.code for found in validated(launched.replace(f", {missing}", ""), silent).diagnostics] == [code]
    assert validated(complete.replace(f", {missing}", ""), silent).diagnostics == ()


def test_accounts_are_compared_across_offerings() -> None:
    text = prices(one=f"{RECURRING}, chargeCode: X, glAccount: '1'", two=f"{RECURRING}, chargeCode: Y, glAccount: '1'")
    shared = "---\nkind: ProductOfferingPrice\nid: line\nname: Line\ntype: oneTime\namount: 1.00 EUR\nchargeCode: X\nglAccount: '2'\n"
    assert [found.message for found in validated(text + shared, SILENT - {"TK218"}).diagnostics] == [
        "`X` is booked on 2 here and on 1 elsewhere"
    ]


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        (["when: {zone: national}"], ["`voice` has no price for zone `world`"]),
        (["when: {zone: national}", "when: {zone: world}"], []),
        (["when: {zone: national}", "unless: {zone: national}"], []),
        (["unless: {zone: world}"], ["`voice` has no price for zone `world`"]),
        (["when: {zone: national}", "when: {term: no-term}"], []),
        (["when: {voucher: GOLD}"], []),
        (["when: {zone: moon}"], None),
    ],
)
def test_what_is_metered_is_priced_everywhere(conditions: list[str], expected: list[str] | None) -> None:
    usage = {f"u{index}": f"type: usage, usage: voice, per: 1 min, amount: 1.00 EUR, {one}" for index, one in enumerate(conditions)}
    found = validated(prices(monthly=RECURRING, **usage)).diagnostics
    if expected is None:
        assert [one.code for one in found] == ["TK211"]
    else:
        assert [one.message for one in found] == expected
