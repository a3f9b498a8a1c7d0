"""A real ERP bills the example operator: the invoices that Tryton issues from the generated price books are those the catalog asks for."""

import json
import os
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.generators.running import example_files, example_operator
from tests.targets.billing import Invoice, Line, Order, differences, due

HERE = Path(__file__).parent
SCRIPT = HERE / "tryton" / "bill.py"
BOOKS = {"webshop": "prices.json", "retail-till": "prices.csv"}
"""One channel's book is read as JSON and the other's as a table: an ERP may take either."""

FIBRE = {"downstream": "500", "installation": "self", "dropCable": "existing"}
MOBILE = {"speed": "150", "simType": "esim", "roaming": "eu"}
ORDERS = (
    Order(
        "half the price for six months, 24 months of commitment and a technician",
        "fibre-home",
        "webshop",
        "new",
        ("fibre-home/monthly/500/24-months", "fibre-home/welcome/monthly/500/24-months", "fibre-home/visit"),
        ("2026-12-01", "2027-01-01", "2027-02-01", "2027-03-01", "2027-04-01", "2027-05-01", "2027-06-01"),
        FIBRE | {"term": "24-months", "installation": "technician"},
    ),
    Order(
        "the web shop takes something off the activation",
        "fibre-home",
        "webshop",
        "new",
        ("fibre-home/monthly/500/no-term", "fibre-home/setup", "fibre-home/online/setup"),
        ("2026-12-01",),
        FIBRE | {"term": "no-term"},
    ),
    Order(
        "retail shops do not",
        "fibre-home",
        "retail",
        "new",
        ("fibre-home/monthly/500/no-term", "fibre-home/setup"),
        ("2026-12-01",),
        FIBRE | {"term": "no-term"},
    ),
    Order("only a shop activates a phone line", "voice-home", "retail", "new", ("voice-home/monthly", "voice-home/setup"), ("2026-12-01",)),
    Order("the web shop activates nothing", "voice-home", "webshop", "new", ("voice-home/monthly",), ("2026-12-01",)),
    Order(
        "before the rise, and the tax after it",
        "mobile-flex",
        "webshop",
        "new",
        ("mobile-flex/monthly", "mobile-flex/sim"),
        ("2026-12-01", "2027-01-01"),
        MOBILE | {"simType": "sim"},
    ),
    Order("after the rise", "mobile-flex", "webshop", "new", ("mobile-flex/monthly",), ("2027-01-01",), MOBILE),
    Order("one more line before its rise", "mobile-flex", "webshop", "existing", ("mobile-flex/monthly",), ("2027-06-01",), MOBILE),
    Order("one more line after its rise", "mobile-flex", "webshop", "existing", ("mobile-flex/monthly",), ("2027-07-01",), MOBILE),
    Order("television has a tax of its own", "tv-app", "webshop", "new", ("tv-app/monthly",), ("2026-12-01", "2027-01-01")),
    Order(
        "every thirty days",
        "mobile-prepaid",
        "retail",
        "new",
        ("mobile-prepaid/month",),
        ("2027-08-01", "2027-08-31"),
        MOBILE | {"term": "30-days"},
    ),
)
PLANTED: tuple[tuple[str, str, Mapping[str, str], list[str]], ...] = (
    (
        "the web shop takes something off the activation",
        "fibre-home.monthly.500.no-term",
        {"amount": "43.90"},
        [
            "invoice of 2026-12-01: fibre-home/monthly is 43.90, the catalog says 44.90",
            "invoice of 2026-12-01: tax is 8.78, the catalog says 8.98",
        ],
    ),
    (
        "after the rise",
        "mobile-flex.monthly.until-2027-01-01",
        {"until": "2027-02-01T00:00:00+01:00"},
        [
            "invoice of 2027-01-01: mobile-flex/monthly is 9.00, the catalog says 10.00",
            "invoice of 2027-01-01: tax is 1.89, the catalog says 2.10",
        ],
    ),
    (
        "the web shop activates nothing",
        "voice-home.monthly",
        {"tax": "vat-reduced", "glAccount": "4010"},
        [
            "invoice of 2026-12-01: voice-home/monthly is booked on 4010, the catalog says 4040",
            "invoice of 2026-12-01: tax is 0.69, the catalog says 1.38",
        ],
    ),
)
"""Of an order: a row of the web shop's book, what somebody changed in it, and what the comparison has to say about that."""


INVOICE = Invoice("2026-12-01", (Line("tv/monthly", Decimal("7.90"), "4050"), Line("tv/off", Decimal("-1.00"), "4810")), Decimal("1.38"))
BILLS = [INVOICE, replace(INVOICE, date="2027-01-01")]


@pytest.mark.parametrize(
    ("issued", "said"),
    [
        (BILLS, []),
        ([replace(INVOICE, lines=INVOICE.lines[::-1]), BILLS[1]], []),
        ([INVOICE], ["invoice of 2027-01-01 over 6.90: only the catalog asks for it"]),
        ([*BILLS, INVOICE], ["invoice of 2026-12-01 over 6.90: the catalog does not ask for it"]),
        ([replace(INVOICE, date="2026-12-02"), BILLS[1]], ["invoice of 2026-12-01: dated 2026-12-02"]),
        ([replace(INVOICE, lines=INVOICE.lines[:1]), BILLS[1]], ["invoice of 2026-12-01: tv/off is missing"]),
        (
            [replace(INVOICE, lines=(*INVOICE.lines, Line("tv/box", Decimal(4), "4051"))), BILLS[1]],
            ["invoice of 2026-12-01: tv/box is too much"],
        ),
        ([replace(INVOICE, lines=INVOICE.lines + INVOICE.lines[:1]), BILLS[1]], ["invoice of 2026-12-01: a price stands on it twice"]),
        (
            [replace(INVOICE, lines=(replace(INVOICE.lines[0], amount=Decimal("7.91")), INVOICE.lines[1])), BILLS[1]],
            ["invoice of 2026-12-01: tv/monthly is 7.91, the catalog says 7.90"],
        ),
        (
            [replace(INVOICE, lines=(replace(INVOICE.lines[0], account="4051"), INVOICE.lines[1])), BILLS[1]],
            ["invoice of 2026-12-01: tv/monthly is booked on 4051, the catalog says 4050"],
        ),
        ([replace(INVOICE, tax=Decimal("1.45")), BILLS[1]], ["invoice of 2026-12-01: tax is 1.45, the catalog says 1.38"]),
    ],
)
def test_each_difference_is_said(issued: Sequence[Invoice], said: list[str]) -> None:
    assert differences(BILLS, issued) == said


@pytest.mark.parametrize(
    ("number", "amounts"),
    [
        (0, [("79.00", "15.80"), ("19.95", "3.99"), *[("19.95", "4.19")] * 5, ("39.90", "8.38")]),
        (1, [("29.00", "5.80"), ("44.90", "8.98")]),
        (2, [("49.00", "9.80"), ("44.90", "8.98")]),
        (5, [("5.00", "1.00"), ("9.00", "1.80"), ("9.00", "1.89")]),
        (6, [("10.00", "2.10")]),
        (7, [("9.00", "1.89")]),
        (8, [("10.00", "2.10")]),
        (9, [("7.90", "0.79"), ("7.90", "0.79")]),
    ],
)
def test_the_catalog_asks_for_what_a_person_reads_in_it(number: int, amounts: list[tuple[str, str]]) -> None:
    found = list(due(ORDERS[number], example_operator()))
    assert [(str(invoice.untaxed), str(invoice.tax)) for invoice in found] == amounts


def test_the_erp_bills_what_the_catalog_says(tryton_python: Path, tmp_path: Path) -> None:
    issued = billed(tryton_python, books(tmp_path), ORDERS)
    found = {order.name: differences(list(due(order, example_operator())), issued[order.name]) for order in ORDERS}
    assert found == {order.name: [] for order in ORDERS}


def test_what_is_changed_in_the_book_is_seen_on_the_bill(tryton_python: Path, tmp_path: Path) -> None:
    def change(row: dict[str, Any]) -> dict[str, Any]:
        return row | next((changes for _, id, changes, _ in PLANTED if row["id"] == id), {})

    orders = [order for order in ORDERS if order.name in {name for name, *_ in PLANTED}]
    issued = billed(tryton_python, books(tmp_path, change), orders)
    found = {order.name: differences(list(due(order, example_operator())), issued[order.name]) for order in orders}
    assert found == {name: said for name, _, _, said in PLANTED}


def books(folder: Path, change: Callable[[dict[str, Any]], dict[str, Any]] | None = None) -> list[Path]:
    """The generated price books as files, those of the web shop with the rows changed."""
    written = []
    for system, name in BOOKS.items():
        text = example_files(system, "price-book")[name]
        if change and name.endswith(".json"):
            book = json.loads(text)
            changed = [change(row) for row in book["prices"]]
            assert changed != book["prices"]
            text = json.dumps(book | {"prices": changed})
        written.append(folder / f"{system}-{name}")
        written[-1].write_text(text, encoding="utf-8")
    return written


def billed(python: Path, books: Sequence[Path], orders: Sequence[Order]) -> dict[str, list[Invoice]]:
    """The invoices that Tryton issues for each order. Its database is in memory; the installed modules are kept beside its environment."""
    pinned = sha256((HERE / "tryton.txt").read_bytes()).hexdigest()[:12]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TRYTOND_")}
    env = kept | {"DB_NAME": ":memory:", "DB_CACHE": str(python.parent.parent / "cache" / pinned)}
    request = json.dumps({"books": [str(book) for book in books], "orders": [asdict(order) for order in orders]})
    done = subprocess.run(
        [python, "-W", "ignore", SCRIPT], input=request, capture_output=True, text=True, timeout=300, check=False, env=env, cwd=HERE
    )
    assert done.returncode == 0, done.stderr
    return {name: [invoice_of(body) for body in found] for name, found in json.loads(done.stdout).items()}


def invoice_of(body: Mapping[str, Any]) -> Invoice:
    lines = (Line("/".join(line["code"].split("/")[:2]), Decimal(line["amount"]), line["account"]) for line in body["lines"])
    found = Invoice(body["date"], tuple(lines), Decimal(body["tax"]))
    assert found.untaxed == Decimal(body["untaxed"]), body
    return found
