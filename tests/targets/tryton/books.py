"""A price book as an ERP takes it in: which article each row is the price of, in which price list, and from when to when."""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

CHARGED = ("recurring", "oneTime")
"""What an article can be; usage, allowances and penalties are for the rating engine and the desk that cancels."""


@dataclass(frozen=True)
class Entry:
    """The price of one article in one price list; the first day and the last one on which it holds, None is open.

    `template` and `suffix` together are the article's number: `fibre-home/monthly` and `/500/24-months`. `every` is None for what is
    sold once; `months` says for how many a discount lasts. Tax and account are empty where the book names none.
    """

    template: str
    suffix: str
    name: str
    every: str | None
    tax: str
    account: str
    price_list: str
    amount: Decimal
    begins: date | None
    ends: date | None
    months: int | None = None

    @property
    def code(self) -> str:
        return self.template + self.suffix


def price_list(channel: str, segment: str, customer: str) -> str:
    """Customers who have an offering already may pay another price than new ones: a list of their own."""
    return f"{channel}, {segment}, {customer}"


def rows_of(path: Path) -> list[Mapping[str, Any]]:
    """The rows of a price book: a table, or JSON that says the same."""
    text = path.read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines())) if path.suffix == ".csv" else json.loads(text)["prices"]


def taxes_of(path: Path) -> Mapping[str, Sequence[Mapping[str, str]]]:
    """The rates of each tax with their dates; only the JSON has them."""
    return json.loads(path.read_text(encoding="utf-8"))["taxes"]


def entries_of(rows: Sequence[Mapping[str, Any]]) -> Iterator[Entry]:
    """What an ERP without tiers and percentages holds of a book: fixed prices, and each discount as an amount off each of them.

    A discount on a bundle's members is none of these; nor is a price by number in tiers.
    """
    priced = [(row, entry) for row in rows if _is_fixed(row) for entry in _entries(row)]
    yield from (entry for _, entry in priced)
    for discount in rows:
        for row, entry in priced if discount["type"] == "discount" else ():
            if row["offering"] == discount["offering"] and row["price"] in _listed(discount["reduces"]) and _together(row, discount):
                yield from _off(entry, discount)


def _is_fixed(row: Mapping[str, Any]) -> bool:
    return row["type"] in CHARGED and bool(row.get("amount")) and not row.get("tierMode")


def _together(row: Mapping[str, Any], discount: Mapping[str, Any]) -> bool:
    return all(row.get(word) == discount.get(word) for word in ("channel", "segment"))


def _entries(row: Mapping[str, Any]) -> Iterator[Entry]:
    cell = [value for pair in _pairs(row.get("where")) for value in pair[1:]]
    for customer in ("new", "existing") if row["appliesTo"] == "all" else (row["appliesTo"],):
        yield Entry(
            template=f"{row['offering']}/{row['price']}",
            suffix="".join(f"/{value}" for value in cell),
            name=f"{row['offeringName']}: {row.get('priceName') or row['price']}",
            every=row["every"] if row["type"] == "recurring" else None,
            tax=row.get("tax") or "",
            account=row.get("glAccount") or "",
            price_list=price_list(row.get("channel", ""), row.get("segment", ""), customer),
            amount=Decimal(row["amount"]),
            begins=_day(row.get("from")),
            ends=_last(row.get("until")),
        )


def _off(entry: Entry, discount: Mapping[str, Any]) -> Iterator[Entry]:
    """A discount has the tax of what it reduces, and an account of its own."""
    amount = entry.amount * Decimal(discount["percent"]) / 100 if discount.get("percent") else Decimal(discount["amount"])
    begins = max((day for day in (entry.begins, _day(discount.get("from"))) if day), default=None)
    ends = min((day for day in (entry.ends, _last(discount.get("until"))) if day), default=None)
    if begins is None or ends is None or begins <= ends:
        reduced = entry.code.removeprefix(discount["offering"])
        yield replace(
            entry,
            template=f"{discount['offering']}/{discount['price']}{reduced}",
            suffix="",
            name=f"{discount['offeringName']}: {discount.get('priceName') or discount['price']}",
            account=discount.get("glAccount") or "",
            amount=-min(amount, entry.amount),
            begins=begins,
            ends=ends,
            months=int(discount["for"].split()[0]) if discount.get("for") else None,
        )


def _pairs(where: Any) -> list[tuple[str, ...]]:
    """`downstream=500; term=24-months`, or a mapping that says so."""
    return list(where.items()) if isinstance(where, dict) else [tuple(pair.split("=", 1)) for pair in _listed(where)]


def _listed(words: Any) -> list[str]:
    return words if isinstance(words, list) else [word for word in (words or "").split("; ") if word]


def _day(moment: str | None) -> date | None:
    return datetime.fromisoformat(moment).date() if moment else None


def _last(moment: str | None) -> date | None:
    """A price book names the moment at which a price ends; an ERP names its last day."""
    day = _day(moment)
    return day - timedelta(days=1) if day else None
