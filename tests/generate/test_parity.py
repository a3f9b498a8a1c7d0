"""One amount everywhere: a difference that is planted in any file or payload is found once, with both places and the line."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from generators import killbill, price_book, salesforce
from tests.architecture.sources import ROOT
from tests.catalogs import validated
from tests.generators.running import example_operator, example_ran
from tmfkit.catalog import Catalog
from tmfkit.compile.bundle import Payload, Settings
from tmfkit.compile.compile import compile_all
from tmfkit.diagnostics.model import Diagnostic
from tmfkit.generate.artifact import Amount, Artifact
from tmfkit.generate.discover import Sources
from tmfkit.generate.parity import differences, disputes, parity
from tmfkit.generate.periods import strays
from tmfkit.generate.run import Job, Ran, run
from tmfkit.generate.stamps import Stamp, stamped
from tmfkit.generate.statements import Statement, published, statements_of
from tmfkit.model.base import Entity, Key
from tmfkit.model.products import ProductOffering
from tmfkit.project import open_project
from tmfkit.tmf.amounts import PRICED_DIALECTS, amount_line, amount_of, prices_of

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
    ("price-book as JSON", "prices.json", '"20.00"', '"20.10"', "20.10 EUR in price-book/shop/prices.json:8"),
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


STRAYS = [
    (
        "a day later in the table",
        "prices.csv",
        "2027-01-01T00:00:00+00:00",
        "2027-01-02T00:00:00+00:00",
        "until 2027-01-02T00:00:00+00:00 in price-book/shop/prices.csv:2",
    ),
    (
        "a day later as JSON",
        "prices.json",
        "2027-01-01T00:00:00+00:00",
        "2027-01-02T00:00:00+00:00",
        "until 2027-01-02T00:00:00+00:00 in price-book/shop/prices.json:8",
    ),
    ("no end", "catalog.xml", ' until="2027-01-01T00:00:00Z"', "", None),
    (
        "an end too late",
        "catalog.xml",
        ' until="2027-01-01T00:00:00Z"',
        ' until="2027-01-01T00:00:01Z"',
        "until 2027-01-01T00:00:01+00:00 in killbill/billing/catalog.xml:4",
    ),
    ("less", "catalog.xml", ' until="2027-01-01T00:00:00Z"', ' from="2026-11-23T00:00:00Z" until="2026-12-01T00:00:00Z"', None),
]


@pytest.mark.parametrize(("name", "file", "old", "new", "says"), STRAYS, ids=[row[0] for row in STRAYS])
def test_a_time_in_which_the_price_does_not_hold_is_found_once(
    name: str, file: str, old: str, new: str, says: str | None, catalog: Catalog
) -> None:
    def plant(path: str, text: str) -> str:
        assert path != file or old in text, text
        return text.replace(old, new) if path == file else text

    found = list(parity(catalog, SETTINGS, made(catalog, plant)))
    if says is None:
        assert found == []
        return
    (one,) = found
    assert (one.code, str(one.primary)) == ("TK814", "catalog.yaml:38:33")
    published = f"until 2027-01-01T00:00:00+00:00 in tmf620-v4/productOfferingPrice/{CHARGE}.json:15"
    assert one.message == f"the price `{CHARGE}` of `internet` holds {says} and {published}"
    assert one.help


def test_a_later_price_that_begins_too_early_is_found(catalog: Catalog) -> None:
    def plant(path: str, text: str) -> str:
        return text.replace(' from="2027-01-01T', ' from="2026-12-01T') if path == "catalog.xml" else text

    (found,) = parity(catalog, SETTINGS, made(catalog, plant))
    assert f"`{LATER}` of `internet` holds from 2026-12-01T00:00:00+00:00 in killbill/billing/catalog.xml:5" in found.message


def test_a_system_that_states_ends_says_always_where_it_states_none() -> None:
    life = Statement(Amount("o", "c", "EUR", "1"), "api", "api/c.json", ends=datetime(2027, 1, 1, tzinfo=UTC))
    other = replace(life, amount=Amount("o", "d", "EUR", "1"))
    open_one = Statement(Amount("o", "c", "EUR", "1", file="a"), "left/a", "a", "a")
    bounded = replace(open_one, amount=Amount("o", "d", "EUR", "1", file="a"), ends=life.ends)
    assert list(strays([life, other, open_one])) == []
    assert [stray.odd for stray in strays([life, other, open_one, bounded])] == [open_one]


def test_a_price_that_nobody_knows_is_named(catalog: Catalog) -> None:
    (found,) = parity(catalog, SETTINGS, made(catalog, lambda path, text: text.replace(f'plan="{CHARGE}"', 'plan="internet.old"')))
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
    ("another currency", Amount("o", "c", "EUR", "1.0"), Amount("o", "c", "CHF", "1.0"), 1),
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


def test_a_price_in_each_of_two_currencies_is_compared_in_each() -> None:
    both = (Amount("o", "c", "EUR", "1"), Amount("o", "c", "CHF", "2"))
    ran = [
        Ran(Job("left", "a"), (), both),
        Ran(Job("right", "b"), (), both[:1]),
        Ran(Job("third", "c"), (), (Amount("o", "c", "CHF", "3"),)),
    ]
    found = list(disputes([statement for one in ran for statement in statements_of(one)]))
    assert [(one.odd.origin, one.other.origin) for one in found] == [("third/c", "left/a")]


UNSOUND = [
    Amount("internet", CHARGE, "EUR", "free"),
    Amount("internet", CHARGE, "EUR", "NaN"),
    Amount("internet", CHARGE, "EUR", "1e99"),
    Amount("internet", CHARGE, "EUR", 1.0),  # type: ignore[arg-type]
    Amount(None, CHARGE, "EUR", "1.0"),  # type: ignore[arg-type]
    Amount("internet", CHARGE, "EUR", "1", "2027-01-01"),
    Amount("internet", CHARGE, "EUR", "1", "", "soon"),
]


@pytest.mark.parametrize("amount", UNSOUND, ids=str)
def test_what_is_no_amount_or_no_moment_is_a_fault_of_the_generator(amount: Amount, catalog: Catalog) -> None:
    (found,) = parity(catalog, SETTINGS, [Ran(Job("price-book", "shop"), (), (amount,))])
    assert (found.code, str(found.primary)) == ("TK802", "catalog.yaml:16:12")


ODD = [
    "price: {value: free}",
    "price: {value: true}",
    "price: 7",
    "validFor: {startDateTime: soon}",
    "validFor: [1]",
    "price: {value: 1e99}",
]


@pytest.mark.parametrize("extra", ODD)
def test_whatever_an_extra_writes_is_no_failure(extra: str) -> None:
    odd = validated(CATALOG.replace("setup: {type", f"setup: {{extra: {{tmf620-v4: {{{extra}}}}}, type")).value
    assert list(parity(odd, SETTINGS, made(odd))) == []


def test_payloads_without_an_amount_are_no_statements() -> None:
    assert prices_of({"productOfferingPrice": 7}) == ()
    assert amount_of({"percentage": 10}) is None
    assert amount_of({"price": {"unit": "EUR"}}) is None
    assert amount_line("{}") == 1


REAL = [
    ("billing", "killbill", "catalog-2026-11-23.xml", "<value>49.90</value>", "<value>49.80</value>", "49.80 EUR in killbill/billing/"),
    ("crm", "salesforce", "PricebookEntry-standard-1.json", '"UnitPrice": 49.9,', '"UnitPrice": 49.8,', "49.8 EUR in salesforce/crm/"),
    ("webshop", "price-book", "prices.csv", ",EUR,49.90,", ",EUR,49.80,", "49.80 EUR in price-book/webshop/"),
]


@pytest.mark.parametrize(("system", "name", "file", "old", "new", "says"), REAL, ids=[row[1] for row in REAL])
def test_one_planted_digit_in_the_files_of_the_example_operator(system: str, name: str, file: str, old: str, new: str, says: str) -> None:
    settings = open_project(ROOT).value.settings
    modules = {"killbill": killbill, "salesforce": salesforce, "price-book": price_book}
    ran = []
    for home, generator, *_ in REAL:
        one = example_ran(home, generator)
        if generator == name:
            files = tuple(replace(each, text=each.text.replace(old, new, 1)) if each.path == file else each for each in one.artifacts)
            assert files != one.artifacts
            one = replace(one, artifacts=files, amounts=tuple(modules[generator].amounts(files)))
        ran.append(one)
    (found,) = parity(example_operator(), settings, ran)
    assert found.code == "TK814"
    assert f" is {says}{file}:" in found.message
    assert "and 49.9 EUR in tmf620-v4/productOfferingPrice/" in found.message
    assert found.primary.file.startswith("catalog/offerings/")


def test_an_amount_that_is_changed_for_one_api_of_the_example_operator() -> None:
    catalog = example_operator().reworded(_with_extra)
    settings = open_project(ROOT).value.settings
    (found,) = parity(catalog, settings, [example_ran(home, generator) for home, generator, *_ in REAL])
    assert found.code == "TK814"
    assert "`mobile-max.monthly` of `mobile-max` is 23 EUR in tmf620-v5/productOfferingPrice/mobile-max.monthly.json:" in found.message
    assert "and 24.90 EUR in killbill/billing/" in found.message or "and 24.9 EUR in tmf620-v4/" in found.message


def _with_extra(entity: Entity) -> Entity:
    if not isinstance(entity, ProductOffering) or entity.id != "mobile-max":
        return entity
    monthly = entity.prices["monthly"].model_copy(update={"extra": {"tmf620-v5": {"price": {"value": 23}}}})
    return entity.model_copy(update={"prices": {**entity.prices, "monthly": monthly}})
