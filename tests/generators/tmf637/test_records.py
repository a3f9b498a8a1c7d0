"""What a product record must say, what it may not, and which action is possible in which status."""

import json
from typing import Any

import pytest

from tests.generators.forms import CATALOG, cases, small
from tests.generators.running import example_files, example_ran, generated, projected
from tests.targets.wording import first_message
from tmfkit.api import Feature, Key, ProductOffering

STATUSES = ("created", "pendingActive", "active", "suspended", "pendingTerminate", "cancelled", "terminated", "aborted")


def record(offering: str, which: str = "small", **changes: Any) -> Any:
    """The first valid record of an offering, changed."""
    return {**cases("tmf637", which)[offering].valid[0][1], **changes}


def without(found: Any, *names: str) -> Any:
    return {name: value for name, value in found.items() if name not in names}


def charge(id: str, amount: float, type: str = "recurring", every: str | None = "1 month", currency: str = "EUR") -> Any:
    said = {"priceType": type, "price": {"dutyFreeAmount": {"unit": currency, "value": amount}}, "productOfferingPrice": {"id": id}}
    return {**said, **({"recurringChargePeriod": every} if every else {})}


def characteristics(**values: Any) -> list[Any]:
    return [{**entry, "value": values.get(entry["name"], entry["value"])} for entry in record("one")["productCharacteristic"]]


TWENTY = "`one.monthly.500.free` is of type `recurring` every 1 month and comes to 20.00 EUR."
MONTHLY = charge("one.monthly.500.free", 20)
LEASE = charge("one.lease.2026-06-01", 5)
RECORDS = [
    ("one", record("one"), None),
    ("one", without(record("one"), "id"), "A product record has an `id`."),
    ("one", record("one", status="aborted "), None),
    ("one", record("one", isBundle=True), "`isBundle` is false for One."),
    ("one", without(record("one"), "productSpecification"), "One is made from the product specification `everything`."),
    ("one", without(record("one"), "productTerm"), "The term is missing; it can be free, year (One year) or week."),
    ("one", without(record("one", status="created"), "productTerm"), None),
    ("one", without(record("one"), "realizingService"), "One in use is realised by `connection`."),
    ("one", record("one", productCharacteristic=[]), "Speed is missing; it can be 100, 500 or 1000 Mbit/s."),
    ("one", record("one", status="terminated", productCharacteristic=[]), None),
    ("one", record("one", productPrice=[]), None),
    ("one", record("one", productPrice=[MONTHLY]), None),
    ("one", record("one", productPrice=[charge("one.monthly.500.free", 21)]), TWENTY),
    ("one", record("one", productPrice=[charge("one.monthly.500.free", 20, currency="USD")]), TWENTY),
    ("one", record("one", productPrice=[charge("one.monthly.500.free", 20, every=None)]), TWENTY),
    (
        "one",
        record("one", productPrice=[charge("one.monthly.100.free", 10)]),
        "`one.monthly.100.free` needs Speed “100 Mbit/s” and the term “free”.",
    ),
    ("one", record("one", productPrice=[charge("one.setup", 30, "oneTime", None)]), None),
    ("one", record("one", productPrice=[LEASE]), "`one.lease.2026-06-01` needs backup “yes”."),
    ("one", record("one", productCharacteristic=characteristics(backup=True), productPrice=[LEASE]), None),
    ("one", record("one", productRelationship=[{"relationshipType": "reliesOn", "product": {"id": "P-9"}}]), None),
    ("elsewhere", record("elsewhere", realizingService=[{"id": "x", "name": "whatever"}]), None),
    ("old", record("old"), None),
    ("old", record("old", productPrice=[charge("old.monthly", 9)]), None),
    ("pack", record("pack"), None),
    ("pack", record("pack", productRelationship=[]), "Pack needs at least 1 × main: Plain one."),
    ("pack", record("pack", status="terminated", productRelationship=[]), None),
    ("pack", record("pack", realizingService=[{"id": "x", "name": "connection"}]), "Pack is realised by no service of its own."),
]


@pytest.mark.parametrize(("offering", "product", "said"), RECORDS)
def test_a_record(offering: str, product: Any, said: str | None) -> None:
    found = cases("tmf637", "small")[offering]
    message = first_message(found.schema, found.messages, product)
    assert (message["en"] if message else None) == said


@pytest.mark.parametrize("which", ["small", "example"])
def test_every_example_is_accepted_or_refused_for_its_reason(which: str) -> None:
    for found in cases("tmf637", which).values():
        assert found.valid
        assert found.invalid
        assert [words for words, body in found.valid if first_message(found.schema, found.messages, body)] == []
        said = [(words, first_message(found.schema, found.messages, body)) for words, _, body in found.invalid]
        assert said == [(words, reason) for words, reason, _ in found.invalid]


def test_amounts_are_those_of_the_release_for_new_and_for_existing_customers() -> None:
    """Before 2027 everybody pays nine; the pstn line is no longer sold, and who has it still pays for it."""
    ids = {found.id: charges(found.schema) for found in cases("tmf637", "example").values()}
    assert ids["mobile-flex"] & {"mobile-flex.monthly.until-2027-01-01", "mobile-flex.monthly.2027-01-01.new"} == {
        "mobile-flex.monthly.until-2027-01-01"
    }
    assert {"pstn-line.rental.residential", "pstn-line.rental.business"} <= ids["pstn-line"]


def test_what_was_paid_once_stays_in_the_record() -> None:
    ids = charges(cases("tmf637", "example")["fibre-home"].schema)
    assert {"fibre-home.setup.until-2026-07-01", "fibre-home.setup.2026-07-01"} <= ids


def test_a_change_for_others_leaves_what_a_customer_had() -> None:
    leases = {id for id in charges(cases("tmf637", "small")["one"].schema) if ".lease." in id}
    assert leases == {"one.lease.until-2026-06-01", "one.lease.2026-06-01"}


def charges(schema: Any) -> set[str]:
    found = [rule for rule in schema["allOf"] if "productPrice" in rule.get("properties", {})]
    listed = found[0]["properties"]["productPrice"]["items"]["allOf"][0]
    return set(listed["properties"]["productOfferingPrice"]["properties"]["id"]["enum"])


def test_every_status_and_action_is_decided() -> None:
    for found in cases("tmf637", "example").values():
        table = found.schema["x-lifecycle"]
        assert tuple(table) == ("none", *STATUSES)
        for row in table.values():
            assert tuple(row) == ("add", "modify", "delete")
            assert all(cell["why"]["en"] and cell["why"]["fr"] for cell in row.values())


def test_what_is_possible() -> None:
    assert possible("one") == {"none": "add", "active": "modify delete", "suspended": "delete", "terminated": "add", "created": ""}
    assert possible("old") == {"none": "", "active": "modify delete", "suspended": "delete", "terminated": "", "created": ""}


def possible(offering: str) -> dict[str, str]:
    table = cases("tmf637", "small")[offering].schema["x-lifecycle"]
    statuses = ("none", "active", "suspended", "terminated", "created")
    return {status: " ".join(action for action, cell in table[status].items() if cell["possible"]) for status in statuses}


def test_what_can_be_added_is_what_the_order_form_adds() -> None:
    """But for what is a part of bundles alone: there the form of the bundle adds it."""
    for id, found in cases("tmf637", "example").items():
        form = cases("order-forms", "example")[id]
        added = any(body["action"] == "add" for _, body in form.valid)
        assert found.schema["x-lifecycle"]["none"]["add"]["possible"] is (added or not form.schema["x-offering"]["sellable"])


def test_amounts_with_taxes_are_an_option() -> None:
    files = generated(CATALOG.replace("generator: tmf637", "generator: tmf637\noptions: {amounts: taxIncluded}"), "inventory", "tmf637")
    price = json.loads(files["old.examples.json"])["valid"][0]["product"]["productPrice"][0]["price"]
    assert price == {"taxIncludedAmount": {"unit": "EUR", "value": 9}}
    assert json.loads(small("tmf637")["old.examples.json"])["valid"][0]["product"]["productPrice"][0]["price"] != price


@pytest.mark.parametrize("path", ["fibre-home.schema.json", "triple-play.examples.json"])
def test_golden(path: str, golden: Any) -> None:
    golden(f"generators/tmf637/{path}", example_files("product-inventory", "tmf637")[path])


def test_the_loss_report_claims_nothing_of_products_that_only_offerings_say() -> None:
    assert {loss.key.kind for loss in example_ran("product-inventory", "tmf637").losses} == {ProductOffering.KIND}


def test_constraints_of_the_product_are_told_of_its_offerings() -> None:
    more = "  at-once: {when: {action: add}, then: {install: visit}}\n"
    rows = projected(CATALOG.replace("constraints:\n", f"constraints:\n{more}", 1)).value.losses
    found = {row.path[1]: (row.status.value, row.words) for row in rows if row.system == "inventory" and row.feature is Feature.CONSTRAINT}
    rule = ("mapped", "a rule of the schema, with a message")
    assert {row.key for row in rows if row.feature is Feature.CONSTRAINT} == {Key(ProductOffering.KIND, id) for id in ("one", "part")}
    assert found == {
        "at-once": ("dropped", "it asks for something that the record of a product does not say: the order was held to it"),
        "new-cable": rule,
        "far": rule,
    }
