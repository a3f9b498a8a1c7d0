"""The amounts that the catalog files state are those of the catalog, and one that differs is found; tax and ledger are told beside them."""

import csv
import io
import json
import re
from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest

from tests.architecture.sources import ROOT
from tests.catalogs import validated
from tests.generators.killbill.shop import COHORTS, LINE, WHOLE, shop
from tests.generators.running import SETTINGS, example_operator, example_ran, generated
from tmfkit.generate.artifact import Amount
from tmfkit.generate.discover import Sources, load
from tmfkit.generate.parity import parity
from tmfkit.generate.run import Job, Ran, run
from tmfkit.project import open_project

FIND = Sources().find("killbill")


@cache
def ran() -> Ran:
    return run(Job("killbill", "billing"), validated(WHOLE).value, SETTINGS, Sources())


def amounts(text: str) -> list[Amount]:
    return list(run(Job("killbill", "billing"), validated(text).value, SETTINGS, Sources()).amounts)


def test_list_prices_are_read_back() -> None:
    found = {(one.charge, one.begins[:10]): one for one in amounts(shop(LINE))}
    said = {key: Decimal(one.amount) for key, one in found.items()}
    assert said["line.monthly.500.24-months.until-2027-01-01", "2026-11-23"] == Decimal("25.00")
    assert said["line.monthly.100.free.2027-01-01", "2027-01-01"] == Decimal("22.00")
    assert said["line.setup", "2026-11-23"] == Decimal("10.00")
    assert said["line.card", "2026-11-23"] == Decimal("5.00")
    assert said["line.extra", "2026-11-23"] == Decimal("3.00")
    assert said["line.seats.above-10", "2026-11-23"] == Decimal("2.00")
    assert said["line.data.up-to-2-GB", "2026-11-23"] == Decimal("2.00")
    assert said["line.calls.else", "2026-11-23"] == Decimal("0.20")
    assert said["line.exit", "2026-11-23"] == Decimal("100.00")
    assert not any(charge.startswith(("line.welcome", "line.minutes")) for charge, _ in said)


def test_amounts_say_where_and_from_when_until_when() -> None:
    one, two = [one for one in amounts(shop(LINE)) if one.charge == "line.extra"]
    assert (one.begins, one.ends) == ("2026-11-23T00:00:00+00:00", "2027-01-01T00:00:00+00:00")
    assert (two.begins, two.ends) == ("2027-01-01T00:00:00+00:00", "")
    assert (one.offering, one.currency, one.channel, one.file) == ("line", "EUR", "", "catalog-2026-11-23.xml")
    artifact = next(one for one in ran().artifacts if one.path == "catalog-2026-11-23.xml")
    line = next(one for one in ran().amounts if one.charge == "line.extra").line
    assert artifact.text.splitlines()[line - 1].strip() == "<value>3.00</value>"


def test_existing_customers_have_an_id_of_their_own() -> None:
    found = [(one.charge, one.begins[:10], one.amount) for one in amounts(shop(COHORTS))]
    assert ("rising.monthly.2027-01-01.new", "2027-01-01", "10.00") in found
    assert ("rising.monthly.2027-07-01", "2027-07-01", "10.00") in found


def test_nothing_differs_from_the_catalog_apis() -> None:
    assert ran().found == ()
    assert len(ran().amounts) > 50
    assert [one.message for one in parity(validated(WHOLE).value, SETTINGS, [ran()])] == []


def test_nothing_of_the_example_operator_differs_from_the_catalog_apis() -> None:
    found = example_ran("billing", "killbill")
    assert found.found == ()
    assert len(found.amounts) > 50
    assert [one.message for one in parity(example_operator(), open_project(ROOT).value.settings, [found])] == []


PLANTED = {
    "a recurring price": ("recurringPrice", "25.00", "line.monthly.500.24-months.until-2027-01-01"),
    "a fee in the first phase": ("fixedPrice", "10.00", "line.setup"),
    "a tier": ("prices", "0.002", "line.data.up-to-2-GB"),
    "use in a zone": ("prices", "0.20", "line.calls.else"),
    "a deposit": ("fixedPrice", "50.00", "line.bond"),
}


@pytest.mark.parametrize("case", PLANTED)
def test_one_planted_difference_is_found(case: str) -> None:
    tag, amount, charge = PLANTED[case]
    first, *others = ran().artifacts
    assert first.path == "catalog-2026-11-23.xml"
    place = re.compile(rf"(<{tag}>\s*<price>\s*<currency>EUR</currency>\s*<value>){re.escape(amount)}<")
    planted = replace(first, text=place.sub(r"\g<1>7.77<", first.text, count=1))
    changed = replace(ran(), artifacts=(planted, *others), amounts=tuple(_amounts((planted, *others))))
    (found,) = parity(validated(WHOLE).value, SETTINGS, [changed])
    assert found.code == "TK814"
    assert f"`{charge}`" in found.message
    assert found.primary.file == "catalog.yaml"
    assert "catalog-2026-11-23.xml:" in found.message


def _amounts(artifacts: tuple[object, ...]) -> list[Amount]:
    assert FIND is not None
    return list(load(FIND).amounts(artifacts))


def charges() -> dict[str, dict[str, object]]:
    side = json.loads(generated(WHOLE, "billing", "killbill")["charges-2026-11-23.json"])
    return {entry["plan"]: entry for entry in side["plans"]} | {"": side}


def test_the_side_file_has_tax_and_ledger_for_each_charge() -> None:
    found = charges()
    assert found[""]["taxes"] == {
        "vat": [
            {"from": "", "until": "2027-01-01T00:00:00+00:00", "rate": "20"},
            {"from": "2027-01-01T00:00:00+00:00", "until": "", "rate": "21"},
        ]
    }
    plan = found["line.monthly.500.24-months.welcome"]
    reduced, listed = [one for one in plan["charges"] if one["part"] == "recurring"]
    assert (listed["charge"], listed["chargeCode"], listed["taxCategory"], listed["glAccount"], listed["amount"]) == (
        "line.monthly.500.24-months.until-2027-01-01",
        "REC",
        "vat",
        "4000",
        "25.00",
    )
    assert (reduced["phase"], reduced["amount"], reduced["reducedBy"], reduced["listed"]) == ("DISCOUNT", "12.50", ["line.welcome"], False)
    assert found[""]["discounts"]["line.welcome"]["when"] == "customer is new and term is 24-months"
    assert (plan["offering"], plan["cell"], plan["channels"]) == ("line", {"speed": "500", "term": "24-months"}, ["webshop", "retail"])
    assert found["line.card.online"]["channels"] == ["webshop"]


def test_units_say_what_counts_as_them() -> None:
    assert {one["unit"]: (one["usage"], one["measured"], one["dimensions"]) for one in charges()[""]["units"]} == {
        "data-MB": ("data", "MB", {}),
        "number.line.seats": ("", "seats", {}),
        "voice-eu-world": ("voice", "min", {"zone": ["eu", "world"]}),
        "voice-national": ("voice", "min", {"zone": ["national"]}),
    }


def test_the_table_says_the_same() -> None:
    rows = list(csv.DictReader(io.StringIO(generated(WHOLE, "billing", "killbill")["charges-2026-11-23.csv"])))
    (row,) = [one for one in rows if one["plan"] == "line.monthly.100.free" and one["part"] == "recurring"]
    assert (row["charge"], row["amount"], row["currency"], row["glAccount"], row["taxCategory"]) == (
        "line.monthly.100.free.until-2027-01-01",
        "20.00",
        "EUR",
        "4000",
        "vat",
    )
    assert row["taxRate"] == "20 % until 2027-01-01; 21 % from 2027-01-01"
    assert len(rows) == sum(len(entry["charges"]) for plan, entry in charges().items() if plan)
