"""The import plan for a CRM: which products and list prices it has, what it leaves out, and what it refuses."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from generators import salesforce
from tests.generators.running import SETTINGS, example_files, example_ran, generated, projected
from tests.generators.salesforce.catalogs import CRM, MANY, SHOP
from tmfkit.generate.artifact import Artifact, Status
from tmfkit.generate.capabilities import CHARGES, Feature

OFFERING = """\
kind: ProductOffering
id: line
name: Line
product: thing
lifecycle: Launched
prices: {{fee: {0}}}
"""


def records(files: dict[str, str], sobject: str) -> list[dict[str, Any]]:
    parts = [json.loads(text)["records"] for path, text in sorted(files.items()) if path.startswith(f"{sobject}-")]
    return [record for part in parts for record in part]


def codes(files: dict[str, str] | str) -> list[str]:
    found = projected(files).diagnostics
    return [f"{one.code} {one.primary.start.line}:{one.primary.start.column}" for one in found if one.severity == "error"]


@pytest.fixture(scope="module")
def shop() -> dict[str, str]:
    return generated(SHOP, "crm", "salesforce")


def test_an_offering_and_each_of_its_list_prices_is_a_product(shop: dict[str, str]) -> None:
    products = {one["StockKeepingUnit"]: one for one in records(shop, "Product2")}
    assert list(products) == [
        "at-sign",
        "later",
        "Q-1",
        "quick/quick.monthly.2026-06-01",
        "quick/quick.setup.webshop",
        "quick/quick.setup.else",
    ]
    assert {one["ProductCode"] for one in products.values()} == {"at-sign", "later", "quick"}
    assert products["Q-1"]["Family"] == "Things & more"
    assert products["Q-1"]["Description"] == "First line. Second line."
    assert products["quick/quick.monthly.2026-06-01"]["Description"] == "Every 1 month"
    assert products["quick/quick.setup.webshop"]["Description"] == "Holds if customer is new"
    assert {sku for sku, one in products.items() if one["IsActive"]} == {
        "Q-1",
        "quick/quick.monthly.2026-06-01",
        "quick/quick.setup.webshop",
        "quick/quick.setup.else",
    }


def test_a_price_book_for_each_channel_has_the_prices_that_hold_there(shop: dict[str, str]) -> None:
    books = {f"@{one['attributes']['referenceId']}": one["Name"] for one in records(shop, "Pricebook2")}
    assert list(books.values()) == ["Web shop (webshop)", "retail (retail)"]
    sku = {f"@{one['attributes']['referenceId']}": one["StockKeepingUnit"] for one in records(shop, "Product2")}
    entries = {(books[one["Pricebook2Id"]], sku[one["Product2Id"]]): one["UnitPrice"] for one in records(shop, "PricebookEntry-channels")}
    assert entries == {
        ("Web shop (webshop)", "quick/quick.monthly.2026-06-01"): 12.5,
        ("Web shop (webshop)", "quick/quick.setup.webshop"): 0.0,
        ("retail (retail)", "quick/quick.monthly.2026-06-01"): 12.5,
        ("retail (retail)", "quick/quick.setup.else"): 30.0,
    }


def test_only_the_channels_of_the_options_get_a_price_book() -> None:
    files = generated(SHOP.replace("standardPricebook", "channels: [retail], standardPricebook"), "crm", "salesforce")
    assert [one["Name"] for one in records(files, "Pricebook2")] == ["retail (retail)"]


def test_the_standard_price_stands_before_the_others(shop: dict[str, str]) -> None:
    plan = json.loads(shop["plan.json"])
    assert [(part["sobject"], part["files"]) for part in plan] == [
        ("Product2", ["Product2-1.json"]),
        ("Pricebook2", ["Pricebook2-1.json"]),
        ("PricebookEntry", ["PricebookEntry-standard-1.json"]),
        ("PricebookEntry", ["PricebookEntry-channels-1.json"]),
    ]
    standard = {one["Product2Id"] for one in records(shop, "PricebookEntry-standard")}
    assert {one["Product2Id"] for one in records(shop, "PricebookEntry-channels")} <= standard


def test_a_file_holds_two_hundred_records() -> None:
    files = generated(MANY, "crm", "salesforce")
    assert [len(json.loads(files[f"Product2-{number}.json"])["records"]) for number in (1, 2, 3)] == [200, 200, 82]


def test_references_are_such_as_the_importer_resolves(shop: dict[str, str]) -> None:
    names = [one["attributes"]["referenceId"] for path in ("Product2", "Pricebook2", "PricebookEntry") for one in records(shop, path)]
    assert len(names) == len(set(names))
    assert all(record["Name"].startswith(" @") for record in records(shop, "Product2") if "@" in record["Name"])


def test_nothing_to_sell_is_no_plan() -> None:
    assert generated(CRM.removesuffix("---\n"), "crm", "salesforce") == {}


NOT_TAKEN: list[tuple[str, str, str]] = [
    ("of another currency", "{type: oneTime, amount: 1.00 CHF}", "it is in CHF"),
    ("of less than nothing", "{type: oneTime, amount: -1.00 EUR}", "a list price is not negative"),
    ("of usage", "{type: usage, usage: data, amount: 1.00 EUR}", "nothing is metered in a CRM"),
    ("of leaving", "{type: penalty, amount: 1.00 EUR}", "it falls due when a contract ends"),
]


@pytest.mark.parametrize(("price", "says"), [row[1:] for row in NOT_TAKEN], ids=[row[0] for row in NOT_TAKEN])
def test_a_price_that_salesforce_does_not_take_is_no_silence(price: str, says: str) -> None:
    files = CRM.replace("channels:", "usage: {data: {unit: GB}}\nchannels:").replace(
        "standardPricebook", "currency: EUR, standardPricebook"
    )
    other = OFFERING.replace("id: line", "id: other").replace("Line", "Other").format("{type: oneTime, amount: 1.00 EUR}")
    (found,) = [one for one in projected(f"{files}{OFFERING.format(price)}---\n{other}").diagnostics if one.severity == "error"]
    assert found.code == "TK810"
    assert f"crm cannot charge `line/fee`: {says}" in found.message


def test_a_price_with_a_very_long_id_is_no_silence() -> None:
    text = OFFERING.format("{type: oneTime, amount: 1.00 EUR}").replace("line", "l" * 90).replace("fee", "x" * 90)
    assert codes(CRM + text) == ["TK810 24:10"]


def test_a_price_that_begins_later_is_said_to_come_later() -> None:
    made = projected(SHOP).value
    (row,) = [loss for loss in made.losses if loss.key.id == "later" and loss.path == ("prices", "fee") and loss.feature == "oneTime"]
    assert (row.status, "the release of its day" in row.words) == (Status.MAPPED, True)


def test_what_a_dropped_price_says_is_dropped_with_it() -> None:
    """Calls are rated in billing: no cell of their table becomes a product, so none is reported as one."""
    rows = {(loss.path, loss.feature): loss for loss in example_ran("crm", "salesforce").losses if loss.key.id == "mobile-flex"}
    table = rows[("prices", "calls", "table"), Feature.PRICE_TABLE]
    assert (table.status, table.left) == (Status.DROPPED, True)
    assert table.words == f"it goes with its price: {rows[('prices', 'calls'), Feature.USAGE].words}"
    of_prices = [loss for loss in example_ran("crm", "salesforce").losses if loss.path[0] == "prices"]
    gone = {(loss.key, loss.path) for loss in of_prices if loss.feature in CHARGES and loss.status is Status.DROPPED}
    assert [loss for loss in of_prices if (loss.key, loss.path[:2]) in gone and loss.status is not Status.DROPPED] == []


def test_an_id_that_salesforce_has_no_room_for_is_named_with_its_length() -> None:
    long = OFFERING.format("{type: oneTime, amount: 1.00 EUR}").replace("id: line", f"id: {'t' * 98}")
    found = next(one for one in projected(CRM + long).diagnostics if one.code == "TK810")
    assert "has 201 characters, and a `StockKeepingUnit` 180 at most" in found.message


def test_a_mandatory_characteristic_is_no_silence() -> None:
    text = CRM.replace("name: Thing\n", "name: Thing\ncharacteristics: {size: {values: [s, m]}}\n").replace(", characteristic]", "]")
    assert codes(text + OFFERING.format("{type: oneTime, amount: 1.00 EUR}"))[0].startswith("TK811")


OPTIONS: list[tuple[str, Callable[[str], str], str]] = [
    ("no standard price book", lambda text: text.replace("standardPricebook: 01s000000000001AAA, ", ""), "TK012"),
    ("the id of something else", lambda text: text.replace("01s", "01t"), "TK014 6:30"),
    ("a channel that does not exist", lambda text: text.replace("{standard", "{channels: [retail, web], standard"), "TK014 6:30"),
    ("a currency without prices", lambda text: text.replace("{standard", "{currency: USD, standard"), "TK014 6:21"),
    ("an unknown option", lambda text: text.replace("{standard", "{pricebook: x, standard"), "TK011 6:11"),
    ("a word where yes or no is due", lambda text: text.replace("{standard", "{multiCurrency: maybe, standard"), "TK013 6:26"),
]


@pytest.mark.parametrize(("change", "code"), [row[1:] for row in OPTIONS], ids=[row[0] for row in OPTIONS])
def test_options_are_checked_at_their_place(change: Callable[[str], str], code: str) -> None:
    (found,) = codes(change(SHOP))
    assert found.startswith(code)


def test_amounts_are_read_from_the_files(shop: dict[str, str]) -> None:
    found = list(salesforce.amounts([Artifact(path, text) for path, text in shop.items()]))
    monthly = [one for one in found if one.charge == "quick.monthly.2026-06-01"]
    assert [(one.offering, one.amount, one.currency, one.channel) for one in monthly] == [
        ("quick", "12.5", "EUR", "webshop"),
        ("quick", "12.5", "EUR", "retail"),
        ("quick", "12.5", "EUR", ""),
    ]
    assert {one.begins for one in found} == {SETTINGS.last_update.isoformat()}
    for one in found:
        assert f'"UnitPrice": {one.amount}' in shop[one.file].split("\n")[one.line - 1]


@pytest.mark.parametrize("path", ["plan.json", "Pricebook2-1.json"])
def test_a_golden_for_review(path: str, golden: Callable[[str, str], None]) -> None:
    golden(f"generators/salesforce/{path}", example_files("crm", "salesforce")[path])


def test_the_products_of_an_offering_for_review(golden: Callable[[str, str], None]) -> None:
    files = example_files("crm", "salesforce")
    products = [one for one in records(files, "Product2") if one["ProductCode"] in ("fibre-home", "mobile-flex")]
    sku = {f"@{one['attributes']['referenceId']}": one["StockKeepingUnit"] for one in products}
    prices = [{**one, "Product2Id": sku[one["Product2Id"]]} for one in records(files, "PricebookEntry") if one["Product2Id"] in sku]
    lines = [json.dumps({name: value for name, value in one.items() if name != "attributes"}, ensure_ascii=False) for one in products]
    lines += [f"{one['Product2Id']}: {one['UnitPrice']} in {one['Pricebook2Id']}" for one in prices]
    golden("generators/salesforce/products.txt", "\n".join(lines) + "\n")
