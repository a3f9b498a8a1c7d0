"""Loads price books into a Tryton of its own, takes orders and writes down the invoices that Tryton issues for them.

Runs in Tryton's own environment: reads one JSON request from its input and answers with one JSON text on its output.
"""

import json
import sys
from pathlib import Path

from books import entries_of, rows_of, taxes_of
from company import load_entries, load_taxes, open_years, opened
from orders import issued


def main() -> None:
    request = json.load(sys.stdin)
    books = [Path(book) for book in request["books"]]
    entries = [entry for book in books for entry in entries_of(rows_of(book))]
    opened()
    open_years(request["years"])
    load_entries(entries, load_taxes(taxes_of(Path(request["taxes"]))))
    answer = {"articles": len({entry.code for entry in entries}), "invoices": {}}
    for order in request["orders"]:
        answer["invoices"][order["name"]] = issued(order, entries)
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
