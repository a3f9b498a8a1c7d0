"""One amount everywhere: a difference that is planted in any file or payload is found once, with both places and the line."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from generators import price_book, salesforce
from tests.catalogs import validated
from tmfkit.catalog import Catalog
from tmfkit.compile.bundle import Payload, Settings
from tmfkit.compile.compile import compile_all
from tmfkit.diagnostics.model import Diagnostic
from tmfkit.generate.artifact import Amount, Artifact
from tmfkit.generate.discover import Sources
from tmfkit.generate.parity import differences, disputes, parity, published, statements_of
from tmfkit.generate.run import Job, Ran, run
from tmfkit.generate.stamps import Stamp, stamped
from tmfkit.model.base import Key
from tmfkit.tmf.amounts import PRICED_DIALECTS, amount_line, amount_of

SETTINGS = Settings("test", datetime(2026, 11, 23, tzinfo=UTC), ZoneInfo("UTC"))
CATALOG = """\
kind: Vocabulary
channels: {webshop: {}, retail: {}}
segments: {home: {}, work: {}}
---
kind: System
id: crm
name: CRM
role: crm
generator: salesforce
options: {standardPricebook: 01s000000000001AAA}
---
kind: System
id: shop
name: Shop
role: channel
generator: price-book
---
kind: System
id: billing
name: Billing
role: billing
generator: killbill
---
kind: ProductSpecification
id: access
name: Access
---
kind: ProductOffering
id: internet
name: Internet
lifecycle: Launched
product: access
prices:
  monthly:
    type: recurring
    every: 1 month
    amount:
      - {until: 2027-01-01, is: 20.00 EUR}
      - {from: 2027-01-01, is: 21.00 EUR}
  setup: {type: oneTime, by: [channel], table: {webshop: 0.00 EUR, else: 49.00 EUR}}
"""
CHARGE = "internet.monthly.until-2027-01-01"
LATER = "internet.monthly.2027-01-01"
BILL = """\
<?xml version="1.0"?>
<catalog>
  <price plan="internet.monthly.until-2027-01-01" until="2027-01-01T00:00:00Z">20.00</price>
  <price plan="internet.monthly.2027-01-01" from="2027-01-01T00:00:00Z">21.00</price>
</catalog>
"""


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return validated(CATALOG).value


def made(catalog: Catalog, plant: Callable[[str, str], str] = lambda path, text: text) -> list[Ran]:
    """The files of price book and CRM, changed before they are read back, and those of a small billing system."""
    found = [run(Job(name, system), catalog, SETTINGS, Sources()) for name, system in (("price-book", "shop"), ("salesforce", "crm"))]
    assert [one.found for one in found] == [(), ()]
    modules = (price_book, salesforce)
    changed = [tuple(replace(one, text=plant(one.path, one.text)) for one in ran.artifacts) for ran in found]
    read = [
        replace(ran, artifacts=files, amounts=tuple(module.amounts(files)))
        for ran, files, module in zip(found, changed, modules, strict=True)
    ]
    bill = Artifact("catalog.xml", plant("catalog.xml", BILL), (Key("ProductOffering", "internet"),))
    return [*read, Ran(Job("killbill", "billing"), (bill,), tuple(billed(bill)))]


def billed(bill: Artifact) -> list[Amount]:
    found = []
    for number, line in enumerate(bill.text.splitlines(), 1):
        if "<price" in line:
            said = dict(pair.split("=") for pair in line.partition(">")[0].split()[1:])
            plain = {name: value.strip('"') for name, value in said.items()}
            amount = line.partition(">")[2].partition("<")[0]
            times = {"begins": plain.get("from", ""), "ends": plain.get("until", "")}
            found.append(Amount("internet", plain["plan"], "EUR", amount, file="catalog.xml", line=number, **times))
    return found


def test_everybody_says_the_same(catalog: Catalog) -> None:
    ran = made(catalog)
    assert all(len(one.amounts) > 1 for one in ran)
    assert list(parity(catalog, SETTINGS, ran)) == []


PLANTED = [
    ("price-book", "prices.csv", "webshop,home,,,,,EUR,20.00,", "webshop,home,,,,,EUR,20.01,", "20.01 EUR in price-book/shop/prices.csv:2"),
    ("salesforce", "PricebookEntry-standard-1.json", ": 20.0,", ": 20.01,", "20.01 EUR in salesforce/crm/PricebookEntry-standard-1.json:6"),
    (
        "salesforce later",
        "PricebookEntry-channels-1.json",
        ": 20.0,",
        ": 2.0,",
        "2.0 EUR in salesforce/crm/PricebookEntry-channels-1.json:6",
    ),
    ("killbill", "catalog.xml", ">20.00<", ">19.99<", "19.99 EUR in killbill/billing/catalog.xml:4"),
]


@pytest.mark.parametrize(("name", "file", "old", "new", "says"), PLANTED, ids=[row[0] for row in PLANTED])
def test_a_difference_in_a_file_is_found_once(name: str, file: str, old: str, new: str, says: str, catalog: Catalog) -> None:
    def plant(path: str, text: str) -> str:
        assert path != file or old in text, text
        return text.replace(old, new, 1) if path == file else text

    (found,) = parity(catalog, SETTINGS, made(catalog, plant))
    assert found.code == "TK814"
    assert f"`{CHARGE}` of `internet` is {says}" in found.message
    assert f"and 20.0 EUR in tmf620-v4/productOfferingPrice/{CHARGE}.json:15" in found.message
    assert str(found.primary) == "catalog.yaml:38:33"
    assert found.help


@pytest.mark.parametrize("dialect", PRICED_DIALECTS)
def test_a_difference_in_a_payload_is_found_once(dialect: str, catalog: Catalog) -> None:
    (found,) = changed(catalog, {(dialect, CHARGE): 20.5})
    assert f"`{CHARGE}` of `internet` is 20.5 EUR in {dialect}/productOfferingPrice/{CHARGE}.json" in found.message
    assert dialect in found.help


def test_each_price_that_differs_is_a_finding(catalog: Catalog) -> None:
    assert len(changed(catalog, {(PRICED_DIALECTS[0], CHARGE): 1, (PRICED_DIALECTS[1], LATER): 2})) == 2


def changed(catalog: Catalog, amounts: Mapping[tuple[str, str], float]) -> list[Diagnostic]:
    """The findings when some payloads say something else."""
    payloads: list[Payload] = []
    for compiled in compile_all(Key("ProductOffering", "internet"), catalog, PRICED_DIALECTS, SETTINGS).values():
        for payload in compiled.payloads:
            body = json.loads(json.dumps(payload.body))
            if (payload.api, payload.id) in amounts:
                body["price"]["value"] = amounts[payload.api, payload.id]
            payloads.append(replace(payload, body=body))
    stated = [statement for one in made(catalog) for statement in statements_of(one)]
    return list(differences((*stated, *published(payloads)), catalog))


def test_an_amount_that_is_changed_for_one_api_alone_is_a_difference() -> None:
    odd = validated(CATALOG.replace("setup: {type", "setup: {extra: {tmf620-v4: {price: {value: 7}}}, type")).value
    found = list(parity(odd, SETTINGS, made(odd)))
    assert {one.code for one in found} == {"TK814"}
    assert len(found) == 2
    assert all("`extra`" in one.help for one in found)


def test_a_price_that_nobody_knows_is_named(catalog: Catalog) -> None:
    (found,) = parity(catalog, SETTINGS, made(catalog, lambda path, text: text.replace(f'"{CHARGE}"', '"internet.old"')))
    assert (found.code, str(found.primary)) == ("TK815", "catalog.yaml:33:1")
    assert "killbill/billing/catalog.xml:4 states a price `internet.old` of `internet`" in found.message


def test_the_line_is_that_of_the_file_as_it_is_written(catalog: Catalog) -> None:
    for ran in made(catalog):
        files = {
            f"{ran.job.generator}/{ran.job.system}/{one.path}": stamped(one.path, one.text, Stamp("r", *ran.job, "0")).split("\n")
            for one in ran.artifacts
        }
        for statement in statements_of(ran):
            path, _, line = statement.place.rpartition(":")
            assert statement.amount.amount in files[path][int(line) - 1]


PAIRS = [
    ("the same", Amount("o", "c", "EUR", "1.0"), Amount("o", "c", "EUR", "1.00"), 0),
    ("another", Amount("o", "c", "EUR", "1.0"), Amount("o", "c", "EUR", "1.01"), 1),
    ("another currency", Amount("o", "c", "EUR", "1.0"), Amount("o", "c", "CHF", "2.0"), 0),
    ("another channel", Amount("o", "c", "EUR", "1.0", channel="a"), Amount("o", "c", "EUR", "2.0", channel="b"), 0),
    ("all channels and one", Amount("o", "c", "EUR", "1.0", channel="a"), Amount("o", "c", "EUR", "2.0"), 1),
    (
        "one after the other",
        Amount("o", "c", "EUR", "1", "", "2027-01-01T00:00:00Z"),
        Amount("o", "c", "EUR", "2", "2027-01-01T00:00:00Z"),
        0,
    ),
    (
        "a second together",
        Amount("o", "c", "EUR", "1", "", "2027-01-01T00:00:01Z"),
        Amount("o", "c", "EUR", "2", "2027-01-01T00:00:00Z"),
        1,
    ),
    ("zones", Amount("o", "c", "EUR", "1", "", "2027-01-01T00:00:00+01:00"), Amount("o", "c", "EUR", "2", "2026-12-31T23:00:00Z"), 0),
]


@pytest.mark.parametrize(("one", "other", "number"), [row[1:] for row in PAIRS], ids=[row[0] for row in PAIRS])
def test_amounts_are_compared_where_they_meet(one: Amount, other: Amount, number: int) -> None:
    ran = [Ran(Job("left", "a"), (), (one,)), Ran(Job("right", "b"), (), (other,))]
    assert len(list(disputes([statement for found in ran for statement in statements_of(found)]))) == number


@pytest.mark.parametrize("amount", [Amount("internet", CHARGE, "EUR", "free"), Amount("internet", CHARGE, "EUR", "1", "2027-01-01")])
def test_what_is_no_amount_or_no_moment_is_a_fault_of_the_generator(amount: Amount, catalog: Catalog) -> None:
    (found,) = parity(catalog, SETTINGS, [Ran(Job("price-book", "shop"), (), (amount,))])
    assert (found.code, str(found.primary)) == ("TK802", "catalog.yaml:16:12")


def test_payloads_without_an_amount_are_no_statements() -> None:
    assert amount_of({"percentage": 10}) is None
    assert amount_of({"price": {"unit": "EUR"}}) is None
    assert amount_line("{}") == 1
