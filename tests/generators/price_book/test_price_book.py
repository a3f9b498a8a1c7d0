"""The price book: which rows there are, what stands in their columns, and that table and JSON say the same."""

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from generators import price_book
from tests.generators.running import example_files, example_operator, generated, projected
from tmfkit.generate.artifact import Artifact
from tmfkit.generate.prices import single_prices
from tmfkit.model.products import ProductOffering

HEAD = """\
kind: System
id: shop
name: Shop
role: channel
generator: price-book
---
kind: Vocabulary
languages: [en, fr]
channels: {webshop: {}, retail: {}, partner: {}}
segments: {home: {}, work: {}}
places: {north: {}, south: {}}
taxes: {vat: [{until: 2027-01-01, is: 20 %}, {from: 2027-01-01, is: 21 %}]}
usage: {data: {unit: GB, dimensions: {zone: [near, far]}}}
---
kind: ProductSpecification
id: thing
name: Thing
characteristics: {size: {values: [s, m, l], default: m}}
---
"""
OFFERING = """\
kind: ProductOffering
id: line
name: {en: Line, fr: Ligne}
product: thing
lifecycle: Launched
channels: [webshop, retail]
segments: [home]
terms: {no-term: {}, 12-months: {commitment: 12 months}}
prices:
"""
MONTH = "  fee: {type: recurring, every: 1 month, amount: 10.00 EUR%s}\n"


def rows(files: dict[str, str]) -> list[dict[str, str]]:
    return list(csv.DictReader(files["prices.csv"].splitlines()))


def only(price: str, **columns: str) -> list[dict[str, str]]:
    """Some columns of all rows of the offering with one price."""
    return [{name: row[name] for name in columns} for row in rows(generated(HEAD + OFFERING + price, "shop", "price-book"))]


PRICES: list[tuple[str, str, dict[str, str]]] = [
    ("recurring", MONTH % "", {"type": "recurring", "every": "1 month", "charged": "inAdvance", "amount": "10.00", "currency": "EUR"}),
    ("who books it", MONTH % ", chargeCode: C1, tax: vat, glAccount: 40", {"chargeCode": "C1", "tax": "vat", "glAccount": "40"}),
    (
        "in arrears",
        MONTH % ", charged: inArrears, after: 1 month, for: 6 months",
        {"charged": "inArrears", "after": "1 month", "for": "6 months"},
    ),
    ("a place", MONTH % ", when: {place: north}", {"places": "north", "conditions": "place is north"}),
    ("all places", MONTH % ", when: {place: [north, south]}", {"places": ""}),
    ("a term", MONTH % ", unless: {term: no-term}", {"terms": "12-months", "conditions": "not if term is no-term"}),
    ("several conditions", MONTH % ", when: {size: [s, m], customer: new}", {"conditions": "size is s or m and customer is new"}),
    ("a campaign", MONTH % ", when: {ordered: {from: 2026-01-01}}", {"conditions": "ordered from 2026-01-01"}),
    (
        "half a price",
        MONTH % "" + "  off: {type: discount, reduces: [fee], percent: 12.5}\n",
        {"type": "discount", "percent": "12.5", "reduces": "fee", "amount": "", "currency": ""},
    ),
    (
        "an allowance",
        "  gb: {type: allowance, usage: data, quantity: 5 GB, every: 1 month, rollover: {for: 2 months, max: 9 GB}}\n",
        {"usage": "data", "quantity": "5 GB", "rollover": "2 months", "rolloverMax": "9 GB", "amount": ""},
    ),
    (
        "usage",
        "  gb: {type: usage, usage: data, amount: 0.005 EUR, increment: 1 MB}\n",
        {"amount": "0.005", "per": "1 GB", "increment": "1 MB"},
    ),
]


@pytest.mark.parametrize(("price", "expected"), [row[1:] for row in PRICES], ids=[row[0] for row in PRICES])
def test_what_a_price_says_stands_in_its_column(price: str, expected: dict[str, str]) -> None:
    assert only(price, **expected)[-1] == expected


def test_a_row_for_each_channel_and_segment_in_which_a_price_holds() -> None:
    found = only(MONTH % ", when: {channel: [webshop, retail]}", channel="", segment="")
    assert found == [{"channel": "webshop", "segment": "home"}, {"channel": "retail", "segment": "home"}]
    assert [row["channel"] for row in only(MONTH % ", unless: {channel: webshop}", channel="")] == ["retail"]


def test_an_offering_for_some_places_says_so_in_every_row() -> None:
    """Empty means everywhere: a shop would sell it where there is no network."""
    files = HEAD.replace("{north: {}, south: {}}", "{north: {}, south: {}, west: {}}")
    text = OFFERING.replace("segments: [home]\n", "segments: [home]\nplaces: [north, south]\n") + MONTH % ""
    assert {row["places"] for row in rows(generated(files + text, "shop", "price-book"))} == {"north; south"}


def test_without_channels_one_row_is_for_all() -> None:
    files = HEAD.replace("channels: {webshop: {}, retail: {}, partner: {}}\n", "").replace("segments: {home: {}, work: {}}\n", "")
    text = OFFERING.replace("channels: [webshop, retail]\nsegments: [home]\n", "") + MONTH % ""
    assert [(row["channel"], row["segment"]) for row in rows(generated(files + text, "shop", "price-book"))] == [("", "")]


def test_every_cell_tier_and_period_is_a_row() -> None:
    table = "  fee: {type: oneTime, by: [size, term], table: {s: {no-term: 1 EUR, 12-months: not-sold}, else: {else: 2 EUR}}}\n"
    assert only(table, id="", where="", terms="", channel="")[::2] == [
        {"id": "line.fee.s.no-term", "where": "size=s; term=no-term", "terms": "no-term", "channel": "webshop"},
        {"id": "line.fee.else.else", "where": "size=else; term=else", "terms": "", "channel": "webshop"},
    ]
    tiers = "  gb: {type: usage, usage: data, tierMode: volume, tiers: [{upTo: 5 GB, amount: 2 EUR}, {flat: 9 EUR}]}\n"
    assert only(tiers, tierMode="", tierAbove="", tierUpTo="", amount="", flat="")[::2] == [
        {"tierMode": "volume", "tierAbove": "", "tierUpTo": "5 GB", "amount": "2", "flat": ""},
        {"tierMode": "volume", "tierAbove": "5 GB", "tierUpTo": "", "amount": "", "flat": "9"},
    ]
    dated = "  fee: {type: oneTime, amount: [{until: 2027-01-01, is: 1 EUR}, {from: 2027-01-01, is: 2 EUR, appliesTo: new}]}\n"
    assert [tuple(row.values()) for row in only(dated, **{"from": "", "until": "", "appliesTo": ""})][::2] == [
        ("", "2027-01-01T00:00:00+00:00", "all"),
        ("2027-01-01T00:00:00+00:00", "", "new"),
    ]


def test_names_stand_in_every_language() -> None:
    (row, _) = only(
        MONTH % ", name: {en: Fee, fr: Frais}", **{f"{name}.{at}": "" for name in ("offeringName", "priceName") for at in ("en", "fr")}
    )
    assert list(row.values()) == ["Line", "Ligne", "Fee", "Frais"]


STATES = [("In design", 0), ("In test", 0), ("Active", 2), ("Launched", 2), ("Retired", 2), ("Obsolete", 0)]


@pytest.mark.parametrize(("state", "number"), STATES)
def test_what_is_only_designed_or_gone_is_no_price_of_a_shop(state: str, number: int) -> None:
    text = (OFFERING + MONTH % "").replace("lifecycle: Launched", f"lifecycle: {state}")
    assert len(rows(generated(HEAD + text, "shop", "price-book"))) == number


def test_the_options_choose_the_channels() -> None:
    some = HEAD.replace("generator: price-book", "generator: price-book\noptions: {channels: [retail, partner]}")
    files = generated(some + OFFERING + MONTH % "", "shop", "price-book")
    assert [row["channel"] for row in rows(files)] == ["retail"]


def test_a_channel_that_does_not_exist_is_named_where_it_is_written() -> None:
    some = HEAD.replace("generator: price-book", "generator: price-book\noptions: {channels: [retail, web]}")
    (found,) = [one for one in projected(some + OFFERING + MONTH % "").diagnostics if one.severity == "error"]
    assert (found.code, str(found.primary)) == ("TK014", "catalog.yaml:6:30")
    assert found.message == "no channel is called `web`"
    assert "`partner`" in found.help


def test_with_two_generators_the_options_stand_under_their_names() -> None:
    two = HEAD.replace(
        "role: channel\ngenerator: price-book", "role: com\ngenerator: [order-forms, price-book]\noptions: {price-book: {channels: [web]}}"
    )
    assert [str(one.primary) for one in projected(two + OFFERING + MONTH % "").diagnostics if one.code == "TK014"] == ["catalog.yaml:6:35"]


NAME = r'"=1+1\n\"quoted\", <b>&</b> | \u2028 end"'
HOSTILE = OFFERING.replace("{en: Line, fr: Ligne}", NAME) + MONTH % ""


def test_hostile_names_stay_in_their_cell() -> None:
    files = generated(HEAD + HOSTILE, "shop", "price-book")
    (name,) = {row["offeringName"] for row in rows(files)}
    assert name == '\'=1+1 "quoted", <b>&</b> | end'
    assert files["prices.csv"].count("\n") == 3
    assert json.loads(files["prices.json"])["prices"][0]["offeringName"] == name[1:]


def test_the_json_says_the_same_with_lists() -> None:
    files = example_files("webshop", "price-book")
    content = json.loads(files["prices.json"])
    table = rows(files)
    assert len(content["prices"]) == len(table)
    for row, said in zip(table, content["prices"], strict=True):
        assert {name: cell(said.get(name)) for name in row} == row
    assert content["taxes"]["vat-standard"] == [{"percent": "20", "until": "2027-01-01"}, {"percent": "21", "from": "2027-01-01"}]


def cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case dict():
            return "; ".join(f"{name}={said}" for name, said in value.items())
        case list():
            return "; ".join(value)
        case _:
            return str(value)


@pytest.mark.parametrize(("system", "channel"), [("webshop", "webshop"), ("retail-till", "retail")])
def test_every_price_of_the_example_operator_is_in_the_book_of_its_channel(system: str, channel: str) -> None:
    catalog = example_operator()
    wanted = {
        (price.offering.id, price.id)
        for summary in catalog.of(ProductOffering.KIND)
        if summary.lifecycle in price_book.STATES and (offering := catalog.get(ProductOffering, summary.key.id)) is not None
        for price in single_prices(offering, catalog)
        if channel in price.channels
    }
    table = rows(example_files(system, "price-book"))
    assert wanted == {(row["offering"], row["id"]) for row in table}
    assert {row["channel"] for row in table} == {channel}


def test_amounts_are_read_from_the_table() -> None:
    files = example_files("webshop", "price-book")
    found = list(price_book.amounts([Artifact(path, text) for path, text in files.items()]))
    table, rows_as_json = ([one for one in found if one.file == file] for file in ("prices.csv", "prices.json"))
    assert len(table) > 50
    assert [replace(one, file="", line=0) for one in table] == [replace(one, file="", line=0) for one in rows_as_json]
    for one in found:
        line = files[one.file].split("\n")[one.line - 1]
        assert line.strip(' {"').startswith("offering") or line.startswith(f"{one.offering},")
        assert one.charge in line
        assert one.amount in line
        assert Decimal(one.amount) >= 0


def test_the_book_of_the_web_shop_for_review(golden: Callable[[str, str], None]) -> None:
    golden("generators/price-book/webshop.csv", example_files("webshop", "price-book")["prices.csv"])
