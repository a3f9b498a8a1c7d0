"""The import plan goes into an org by Salesforce's own importer, and what arrives is what the catalog says."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.generators.running import example_files, generated
from tests.generators.salesforce.catalogs import MANY, SHOP
from tests.targets.salesforce import STANDARD_PRICEBOOK, Import, import_plan


def imported(node_modules: Path, folder: Path, files: dict[str, str], **options: Any) -> Import:
    for path, text in files.items():
        (folder / path).write_text(text, encoding="utf-8")
    return import_plan(node_modules, folder, **options)


@pytest.fixture(scope="module")
def example() -> dict[str, str]:
    return example_files("crm", "salesforce")


def test_the_plan_of_the_example_operator_is_imported(node_modules: Path, tmp_path: Path, example: dict[str, str]) -> None:
    done = imported(node_modules, tmp_path, example)
    assert (done.refused, done.warnings) == (None, ())
    sent = [request.sobject for request in done.requests]
    assert sent == sorted(sent, key=["Product2", "Pricebook2", "PricebookEntry"].index)
    assert all(len(request.records) <= 200 for request in done.requests)


def test_what_arrives_is_what_the_catalog_says(node_modules: Path, tmp_path: Path, example: dict[str, str]) -> None:
    done = imported(node_modules, tmp_path, example)
    records = [record for request in done.requests for record in request.records]
    products = {done.ids[one["attributes"]["referenceId"]]: one for one in records if one["attributes"]["type"] == "Product2"}
    prices = {
        products[one["Product2Id"]]["StockKeepingUnit"]: Decimal(str(one["UnitPrice"]))
        for one in records
        if one.get("Pricebook2Id") == STANDARD_PRICEBOOK
    }
    assert prices["fibre-home/fibre-home.monthly.500.24-months"] == Decimal("39.90")
    assert prices["mobile-flex/mobile-flex.monthly.until-2027-01-01"] == Decimal("9.00")


def test_hostile_names_arrive_as_they_are(node_modules: Path, tmp_path: Path) -> None:
    done = imported(node_modules, tmp_path, generated(SHOP, "crm", "salesforce"))
    assert done.refused is None
    names = [record["Name"].strip() for record in done.requests[0].records]
    assert '"Quick" & <b>cheap</b> | \\n' in names
    assert "@Product2Ref1" in names


def test_hundreds_of_products_arrive_in_batches(node_modules: Path, tmp_path: Path) -> None:
    done = imported(node_modules, tmp_path, generated(MANY, "crm", "salesforce"))
    assert done.refused is None
    assert [(request.sobject, len(request.records)) for request in done.requests if request.sobject == "Product2"] == [
        ("Product2", 200),
        ("Product2", 200),
        ("Product2", 82),
    ]


def test_an_org_with_several_currencies(node_modules: Path, tmp_path: Path) -> None:
    several = SHOP.replace("standardPricebook", "multiCurrency: true, standardPricebook")
    currency = frozenset({"CurrencyIsoCode"})
    done = imported(node_modules, tmp_path, generated(several, "crm", "salesforce"), also={"PricebookEntry": currency})
    assert done.refused is None
    assert {record["CurrencyIsoCode"] for record in done.requests[-1].records} == {"EUR", "CHF"}


@pytest.mark.parametrize(
    ("path", "old", "new", "says"),
    [
        ("PricebookEntry-channels-1.json", '"@Product2Ref2"', '"@Product2Ref999"', "Product2Ref999"),
        ("PricebookEntry-standard-1.json", "01s000000000001AAA", "01s000000000009AAA", "Pricebook2"),
        ("Product2-1.json", '"Family"', '"Vlan"', "Vlan"),
        ("plan.json", "PricebookEntry-standard-1.json", "PricebookEntry-channels-1.json", "create a standard price"),
    ],
)
def test_a_slip_in_any_file_is_refused(
    path: str, old: str, new: str, says: str, node_modules: Path, tmp_path: Path, example: dict[str, str]
) -> None:
    assert old in example[path]
    done = imported(node_modules, tmp_path, example | {path: example[path].replace(old, new, 1)})
    assert says in (done.refused or "")
