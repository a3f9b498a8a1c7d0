"""What a price of the language becomes: which resources, under which ids and names, and what each of them says."""

from typing import Any

import pytest

from tests.compile.catalogs import SETTINGS, by_id, catalog
from tmfkit.compile.compile import compile_catalog
from tmfkit.compile.pricing_file import pricing_json
from tmfkit.tmf.dialects import Dialect

FRAME = """
kind: Vocabulary
channels: {web: {name: Web shop}, shop: {}}
places: {north: {name: North}, south: {}}
taxes: {vat: [{until: 2027-01-01, is: 20 %}, {from: 2027-01-01, is: 21 %}]}
usage: {data: {unit: GB}}
---
kind: ProductSpecification
id: line
name: Line
characteristics:
  speed: {type: quantity, unit: Mbit/s, values: [100, 500, 1000]}
  colour: {values: {r: Red, g: Green}}
  static: {type: boolean, default: false}
  sites: {type: integer, min: 1, max: 500}
---
kind: ProductOfferingPrice
id: rental
name: Rental
type: recurring
every: 1 month
amount: 9 EUR
---
kind: ProductOffering
id: a
name: A
product: line
lifecycle: Active
terms: {none: {}, 2-years: {commitment: 24 months}}
places: [north, south]
prices:
"""


def compiled(prices: str, dialect: Dialect = Dialect.TMF620_V4) -> dict[str, dict[str, Any]]:
    """The bodies of the prices of an offering, by id."""
    text = FRAME + "".join(f"  {line}\n" for line in prices.splitlines())
    bodies = by_id(compile_catalog(catalog(text), dialect, SETTINGS)[0].payloads)
    return {place.partition("/")[2]: body for place, body in bodies.items() if place.startswith("productOfferingPrice/")}


SPLITS = [
    ("fee: {type: oneTime, amount: 5 EUR}", {"a.fee": "A – fee"}),
    (
        "fee: {name: Fee, type: oneTime, by: [speed, term], table: {100: {none: 1 EUR, 2-years: 2 EUR}, else: 3 EUR}}",
        {
            "a.fee.100.2-years": "A – Fee, 100 Mbit/s, 2 years",
            "a.fee.100.none": "A – Fee, 100 Mbit/s, none",
            "a.fee.else": "A – Fee, other speed",
        },
    ),
    ("fee: {type: oneTime, by: [colour], table: {r: 1 EUR, g: not-sold}}", {"a.fee.r": "A – fee, Red"}),
    (
        "fee: {type: oneTime, by: [static], table: {true: 1 EUR, false: 2 EUR}}",
        {"a.fee.false": "A – fee, static false", "a.fee.true": "A – fee, static true"},
    ),
    (
        "fee: {type: oneTime, by: [channel], table: {web: 1 EUR, else: 2 EUR}}",
        {"a.fee.else": "A – fee, other channel", "a.fee.web": "A – fee, Web shop"},
    ),
    (
        'fee: {type: oneTime, by: [sites], table: {"..10": 1 EUR, "10..50": 2 EUR, "50..": 3 EUR}}',
        {
            "a.fee.10-to-50": "A – fee, 10 to 50 sites",
            "a.fee.from-50": "A – fee, from 50 sites",
            "a.fee.up-to-10": "A – fee, up to 10 sites",
        },
    ),
    (
        "fee: {type: usage, usage: data, tiers: [{upTo: 10 GB, amount: 1 EUR}, {amount: 2 EUR}]}",
        {"a.fee.above-10-GB": "A – fee, above 10 GB", "a.fee.up-to-10-GB": "A – fee, up to 10 GB"},
    ),
    ("fee: {type: usage, usage: data, tiers: [{amount: 2 EUR}]}", {"a.fee": "A – fee"}),
    (
        "fee: {type: oneTime, amount: [{until: 2027-01-01, is: 1 EUR}, {from: 2027-01-01, is: 2 EUR}]}",
        {"a.fee.2027-01-01": "A – fee, from 2027-01-01", "a.fee.until-2027-01-01": "A – fee, until 2027-01-01"},
    ),
    (
        "fee: {type: oneTime, amount: [{is: 1 EUR, appliesTo: new}, {is: 2 EUR, appliesTo: existing}]}",
        {"a.fee.existing": "A – fee, existing customers", "a.fee.new": "A – fee, new customers"},
    ),
    ("fee: {type: oneTime, amount: [{from: 2026-05-01, is: 1 EUR, appliesTo: new}]}", {"a.fee": "A – fee"}),
    (
        "fee: {type: oneTime, by: [speed], table: [{until: 2027-01-01, is: {100: 1 EUR}}, {from: 2027-01-01, is: {100: 2 EUR}}]}",
        {
            "a.fee.100.2027-01-01": "A – fee, 100 Mbit/s, from 2027-01-01",
            "a.fee.100.until-2027-01-01": "A – fee, 100 Mbit/s, until 2027-01-01",
        },
    ),
    ("fee: {type: discount, reduces: [other], percent: 10}\nother: {use: rental}", {"a.fee": "A – fee"}),
    ("fee: {use: rental}", {}),
    ("fee: {use: rental, when: {term: none}}", {"a.fee": "A – Rental"}),
]


@pytest.mark.parametrize(("prices", "expected"), SPLITS, ids=[case[0][:60] for case in SPLITS])
def test_a_price_becomes_these_resources(prices: str, expected: dict[str, str]) -> None:
    names = {id: body["name"] for id, body in compiled(prices).items() if id != "rental"}
    assert names == expected


SAID = [
    (
        "fee: {type: recurring, every: 3 months, amount: 5 EUR}",
        "a.fee",
        {"recurringChargePeriodType": "month", "recurringChargePeriodLength": 3},
    ),
    ("fee: {type: discount, reduces: [x], percent: 12.5}\nx: {type: oneTime, amount: 5 EUR}", "a.fee", {"percentage": 12.5, "price": None}),
    ("fee: {type: allowance, usage: data, quantity: 5 GB}", "a.fee", {"unitOfMeasure": {"amount": 5, "units": "GB"}}),
    ("fee: {type: usage, usage: data, amount: 5 EUR}", "a.fee", {"unitOfMeasure": {"amount": 1, "units": "GB"}}),
    (
        "fee: {type: recurring, every: 1 month, count: sites, per: 5, amount: 5 EUR}",
        "a.fee",
        {"unitOfMeasure": {"amount": 5, "units": "sites"}},
    ),
    ("fee: {type: oneTime, amount: 5 EUR, tax: vat}", "a.fee", {"tax": [{"taxCategory": "vat"}]}),
    (
        "fee: {type: oneTime, amount: 5 EUR, tax: vat, validFor: {from: 2027-01-01}}",
        "a.fee",
        {"tax": [{"taxCategory": "vat", "taxRate": 21.0}]},
    ),
    (
        "fee: {type: oneTime, amount: 5 EUR, tax: vat, validFor: {until: 2027-01-01}}",
        "a.fee",
        {"tax": [{"taxCategory": "vat", "taxRate": 20.0}]},
    ),
    (
        "fee: {type: oneTime, validFor: {until: 2028-01-01}, amount: [{until: 2027-01-01, is: 1 EUR}, {from: 2027-01-01, is: 2 EUR}]}",
        "a.fee.2027-01-01",
        {"validFor": {"startDateTime": "2027-01-01T00:00:00+01:00", "endDateTime": "2028-01-01T00:00:00+01:00"}},
    ),
    (
        "fee: {type: oneTime, amount: 5 EUR, when: {place: [north]}}",
        "a.fee",
        {"place": [{"id": "north", "name": "North", "@referredType": "GeographicLocation"}], "pricingLogicAlgorithm": None},
    ),
    (
        "fee: {type: oneTime, by: [term], table: {none: 1 EUR, else: 2 EUR}}",
        "a.fee.else",
        {"productOfferingTerm": [{"name": "2-years", "duration": {"amount": 24, "units": "month"}}], "pricingLogicAlgorithm": None},
    ),
    ("fee: {type: oneTime, amount: 5 EUR}", "a.fee", {"pricingLogicAlgorithm": None, "x-tmfkit": None, "popRelationship": None}),
]


@pytest.mark.parametrize(("prices", "id", "expected"), SAID, ids=[case[0][:60] for case in SAID])
def test_a_price_says(prices: str, id: str, expected: dict[str, Any]) -> None:
    body = compiled(prices)[id]
    assert {key: body.get(key) for key in expected} == expected


def uses(body: dict[str, Any]) -> list[tuple[str, list[dict[str, Any]]]]:
    return [(use["name"], use["productSpecCharacteristicValue"]) for use in body["prodSpecCharValueUse"]]


USES = [
    (
        "fee: {type: oneTime, by: [speed], table: {1 Gbit/s: 1 EUR}}",
        "a.fee.1-Gbit-s",
        ("speed", [{"value": 1000, "unitOfMeasure": "Mbit/s"}]),
    ),
    (
        "fee: {type: oneTime, by: [speed], table: {0.1 Gbit/s: 1 EUR, else: 2 EUR}}",
        "a.fee.else",
        ("speed", [{"value": 500, "unitOfMeasure": "Mbit/s"}, {"value": 1000, "unitOfMeasure": "Mbit/s"}]),
    ),
    (
        'fee: {type: oneTime, by: [sites], table: {"1..10": 1 EUR, "10..50": 2 EUR}}',
        "a.fee.10-to-50",
        ("sites", [{"valueFrom": 10, "valueTo": 50, "rangeInterval": "closedTop"}]),
    ),
    (
        'fee: {type: oneTime, by: [sites], table: {"1..10": 1 EUR, "11..50": 2 EUR}}',
        "a.fee.11-to-50",
        ("sites", [{"valueFrom": 11, "valueTo": 50, "rangeInterval": "closed"}]),
    ),
    (
        "fee: {type: recurring, every: 1 month, count: sites, tiers: [{upTo: 10, amount: 1 EUR}, {amount: 2 EUR}]}",
        "a.fee.above-10",
        ("sites", [{"valueFrom": 10, "rangeInterval": "open"}]),
    ),
    ("fee: {type: oneTime, amount: 1 EUR, when: {colour: [r, g]}}", "a.fee", ("colour", [{"value": "r"}, {"value": "g"}])),
]


@pytest.mark.parametrize(("prices", "id", "expected"), USES, ids=[case[0][:60] for case in USES])
def test_a_price_is_narrowed_to(prices: str, id: str, expected: tuple[str, list[dict[str, Any]]]) -> None:
    assert uses(compiled(prices)[id]) == [expected]


FIELDLESS = [
    "for: 6 months",
    "after: 1 month",
    "glAccount: x",
    "count: sites",
    "chargeCode: c",
    "code: c",
    "when: {customer: new}",
    "when: {channel: web}",
    "when: {segment: x}",
    "when: {action: delete}",
    "when: {voucher: v}",
    "when: {agreement: v}",
    "when: {ordered: {from: 2026-01-01}}",
    "unless: {term: none}",
    "name: {en: Fee, fr: Taxe}",
    "charged: inArrears",
]


@pytest.mark.parametrize("words", FIELDLESS)
@pytest.mark.parametrize("dialect", [Dialect.TMF620_V4, Dialect.TMF620_V5])
def test_what_has_no_field_is_found_in_the_pricing_file(words: str, dialect: Dialect) -> None:
    line = f"fee: {{type: recurring, every: 1 month, amount: 5 EUR, {words}}}"
    (pointer,) = compiled(line, dialect)["a.fee"]["pricingLogicAlgorithm"]
    assert pointer == {**pointer, "id": "a.fee", "plaSpecId": "tmfkit-pricing", "description": "pricing.json#/prices/a.fee"}
    prices = pricing_json(catalog(FRAME + "  " + line), SETTINGS)["prices"]
    assert words.partition(":")[0] in prices["a.fee"]


def test_every_pointer_leads_to_a_price_that_lists_it() -> None:
    from tests.compile.catalogs import SAMPLE

    whole = catalog(SAMPLE)
    prices = pricing_json(whole, SETTINGS)["prices"]
    bodies = by_id(compile_catalog(whole, Dialect.TMF620_V5, SETTINGS)[0].payloads)
    pointers = [(place, one) for place, body in bodies.items() for one in body.get("pricingLogicAlgorithm", ())]
    assert len(pointers) > 10
    for place, pointer in pointers:
        entry = prices[pointer["description"].removeprefix("pricing.json#/prices/")]
        assert place == f"productOfferingPrice/{pointer['id']}"
        assert pointer["id"] in [one["id"] for one in entry["published"]]


def test_all_published_prices_are_listed_once() -> None:
    from tests.compile.catalogs import SAMPLE

    whole = catalog(SAMPLE)
    listed = [one["id"] for entry in pricing_json(whole, SETTINGS)["prices"].values() for one in entry["published"]]
    bodies = by_id(compile_catalog(whole, Dialect.TMF620_V4, SETTINGS)[0].payloads)
    assert sorted(listed) == sorted(place.partition("/")[2] for place in bodies if place.startswith("productOfferingPrice/"))


SHARED = """
kind: ProductOfferingPrice
id: rental
name: Rental
type: oneTime
amount: 9 EUR
when: {term: long, speed: 100, place: [north]}
---
"""
USER = """
kind: ProductOffering
id: a
name: A
lifecycle: Active
product: line
terms: {long: {commitment: 24 months}}
prices: {rent: {use: rental}}
---
kind: ProductSpecification
id: line
name: Line
characteristics: {speed: {type: integer}}
"""


def test_a_shared_price_takes_its_words_from_the_first_offering_that_uses_it() -> None:
    bodies = by_id(compile_catalog(catalog(SHARED + USER), Dialect.TMF620_V4, SETTINGS)[0].payloads)
    body = bodies["productOfferingPrice/rental"]
    assert body["productOfferingTerm"] == [{"name": "long", "duration": {"amount": 24, "units": "month"}}]
    assert uses(body) == [("speed", [{"value": 100}])]
    assert "pricingLogicAlgorithm" not in body
    assert [price["id"] for price in bodies["productOffering/a"]["productOfferingPrice"]] == ["rental"]


def test_a_shared_price_that_nobody_uses_loses_nothing_either() -> None:
    bundle, found = compile_catalog(catalog(SHARED), Dialect.TMF620_V4, SETTINGS)
    (body,) = by_id(bundle.payloads).values()
    assert body["productOfferingTerm"] == [{"name": "long"}]
    assert body["place"] == [{"id": "north", "name": "north", "@referredType": "GeographicLocation"}]
    assert [(one.finding.path, "`speed`" in one.finding.message) for one in found] == [(("when", "speed"), True)]
    assert len(body["pricingLogicAlgorithm"]) == 1


def relations(body: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one["relationshipType"], one["id"]) for one in body.get("popRelationship", ())]


def test_a_price_of_the_offering_says_by_what_it_is_discounted() -> None:
    bodies = compiled("fee: {type: oneTime, amount: 5 EUR}\noff: {type: discount, reduces: [fee], percent: 10}")
    assert relations(bodies["a.fee"]) == [("discountedBy", "a.off")]
    assert relations(bodies["a.off"]) == []


def test_a_discount_says_itself_which_shared_price_it_reduces() -> None:
    bodies = compiled("fee: {use: rental}\noff: {type: discount, reduces: [fee], percent: 10}")
    assert relations(bodies["rental"]) == []
    assert relations(bodies["a.off"]) == [("discounts", "rental")]
