"""What becomes of an order in Tryton: a sale of what is paid once, a subscription to the rest, and the invoices of both."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from books import Entry, price_list
from dateutil.relativedelta import relativedelta
from proteus import Model, Wizard
from proteus.config import get_config

CENT = "0.01"


def issued(order: Mapping[str, Any], entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """Every invoice that Tryton posts for one order, in the order of time."""
    known = {entry.code: entry for entry in entries}
    missing = [code for code in order["takes"] if code not in known]
    if missing:
        raise SystemExit(f"{order['name']}: no price book has {', '.join(missing)}")
    party = Model.get("party.party")(name=order["name"])
    party.addresses.new(street="1 Main Street")
    (chosen,) = Model.get("product.price_list").find([("name", "=", price_list(order["channel"], order["segment"], order["customer"]))])
    party.sale_price_list = chosen
    party.save()
    start = datetime.date.fromisoformat(order["date"])
    once = [code for code in order["takes"] if known[code].every is None]
    again = [known[code] for code in order["takes"] if known[code].every]
    sold = _sale(party, once, start) if once else []
    subscribed = _subscription(party, again, chosen, start, order["bills"]) if again else []
    return [*sold, *subscribed]


def _sale(party: Any, codes: Sequence[str], day: datetime.date) -> list[dict[str, Any]]:
    sale = Model.get("sale.sale")(party=party, sale_date=day, invoice_method="order")
    for code in codes:
        line = sale.lines.new()
        line.product, line.quantity = _product(code), 1
        _priced(line, code)
    for step in ("quote", "confirm"):
        sale.click(step)
    if sale.state == "confirmed":
        sale.click("process")
    return [_posted(invoice, day) for invoice in sale.invoices]


def _subscription(
    party: Any, taken: Sequence[Entry], chosen: Any, start: datetime.date, bills: Sequence[str]
) -> Iterator[dict[str, Any]] | list[dict[str, Any]]:
    """A subscription takes its prices on the day it begins; the price list stands in the context, as in the form of a sale."""
    Service, Invoice = Model.get("sale.subscription.service"), Model.get("account.invoice")
    (rules,) = Model.get("sale.subscription.recurrence.rule.set").find([("name", "=", taken[0].every)])
    with get_config().set_context(price_list=chosen.id, date=start):
        subscription = Model.get("sale.subscription")(party=party, start_date=start, invoice_start_date=start, invoice_recurrence=rules)
        for entry in taken:
            (service,) = Service.find([("product", "=", _product(entry.code).id)])
            line = subscription.lines.new()
            line.service, line.quantity = service, 1
            _priced(line, entry.code)
            line.end_date = start + relativedelta(months=entry.months, days=-1) if entry.months else None
    for step in ("quote", "run"):
        subscription.click(step)
    found: dict[int, dict[str, Any]] = {}
    for bill in bills:
        _run("sale.subscription.line.consumption.create", bill)
        _run("sale.subscription.create_invoice", bill)
        for invoice in Invoice.find([("party", "=", party.id), ("state", "=", "draft")], order=[("id", "ASC")]):
            found[invoice.id] = _posted(invoice, invoice.invoice_date)
    return list(found.values())


def _run(wizard: str, day: str) -> None:
    made = Wizard(wizard)
    made.form.date = datetime.date.fromisoformat(day)
    made.execute("create_")


def _product(code: str) -> Any:
    (product,) = Model.get("product.product").find([("code", "=", code)])
    return product


def _priced(line: Any, code: str) -> None:
    if line.unit_price is None:
        raise SystemExit(f"{code} has no price in this price list on that day")


def _posted(invoice: Any, day: datetime.date) -> dict[str, Any]:
    invoice.invoice_date = day
    invoice.save()
    invoice.click("post")
    return {
        "date": invoice.invoice_date.isoformat(),
        "untaxed": str(invoice.untaxed_amount),
        "tax": str(invoice.tax_amount),
        "lines": [{"code": line.product.code, "amount": str(line.amount), "account": line.account.code} for line in invoice.lines],
    }
