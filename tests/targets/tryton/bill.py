"""Loads price books into a Tryton of its own, takes orders and writes down the invoices that Tryton issues for them.

Runs in Tryton's own environment: reads one JSON request from its input and answers with one JSON text on its output.
"""

import datetime
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from books import entries_of, rows_of, taxes_of
from company import load_entries, load_taxes, open_years, opened
from orders import bill, issued, take


def answered(request: Mapping[str, Any]) -> dict[str, Any]:
    """The invoices of each order by its name, issued day by day: an ERP numbers its invoices in the order of their dates.

    On SQLite, Tryton's billing run takes the next period of every running subscription whatever its day is, so that each of them has to be
    due on each day of this request.
    """
    books = [Path(book) for book in request["books"]]
    taxes = next(taxes_of(book) for book in books if book.suffix == ".json")
    entries = [entry for book in books for entry in entries_of(rows_of(book))]
    days = sorted({datetime.date.fromisoformat(day) for order in request["orders"] for day in order["bills"]})
    opened()
    open_years(sorted({day.year for day in days}))
    load_entries(entries, load_taxes(taxes))
    known = {entry.code: entry for entry in entries}
    customers = {}
    for day in days:
        customers |= {order["name"]: take(order, known) for order in request["orders"] if order["bills"][0] == day.isoformat()}
        bill(day)
    return {name: issued(party) for name, party in customers.items()}


if __name__ == "__main__":
    json.dump(answered(json.load(sys.stdin)), sys.stdout)
