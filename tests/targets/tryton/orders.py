"""What becomes of orders in Tryton: a sale of what is paid once, a subscription to the rest, and the invoices of both."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from books import Entry, price_list
from dateutil.relativedelta import relativedelta
from proteus import Model, Wizard
from proteus.config import get_config


def take(order: Mapping[str, Any], known: Mapping[str, Entry]) -> Any:
    """Take one order of a customer of its own, who pays the prices of the list for the channel, the segment and the kind of customer."""
    if missing := [code for code in order["takes"] if code not in known]:
        raise SystemExit(f"{order['name']}: no price book has {', '.join(missing)}")
    party = Model.get("party.party")(name=order["name"])
    party.addresses.new(street="1 Main Street")
    name = price_list(order["channel"], order["segment"], order["customer"])
    (party.sale_price_list,) = Model.get("product.price_list").find([("name", "=", name)])
    party.save()
    days = [datetime.date.fromisoformat(day) for day in order["bills"]]
    if once := [code for code in order["takes"] if known[code].every is None]:
        _sell(party, once, days[0])
    if again := [known[code] for code in order["takes"] if known[code].every]:
        _subscribe(party, again, days[0], days[-1] + datetime.timedelta(days=1))
    return party


def _sell(party: Any, codes: Sequence[str], day: datetime.date) -> None:
    sale = Model.get("sale.sale")(party=party, sale_date=day, invoice_method="order")
    for code in codes:
        line = sale.lines.new()
        line.product, line.quantity = _product(code), 1
        _check_price(line, code)
    sale.click("quote")
    sale.click("confirm")
    if sale.state == "confirmed":
        sale.click("process")
    for invoice in sale.invoices:
        invoice.invoice_date = day
        invoice.save()


def _subscribe(party: Any, taken: Sequence[Entry], start: datetime.date, end: datetime.date) -> None:
    """A subscription takes its prices on the day on which it begins; it knows no price list of its own, so the context names it."""
    Service, Rules = Model.get("sale.subscription.service"), Model.get("sale.subscription.recurrence.rule.set")
    (rules,) = Rules.find([("name", "=", taken[0].every)])
    with get_config().set_context(price_list=party.sale_price_list.id, date=start):
        subscription = Model.get("sale.subscription")(party=party, start_date=start, end_date=end)
        subscription.invoice_start_date, subscription.invoice_recurrence = start, rules
        for entry in taken:
            line = subscription.lines.new()
            (line.service,) = Service.find([("product.code", "=", entry.code)])
            line.quantity = 1
            _check_price(line, entry.code)
            if entry.months:
                line.end_date = min(end, start + relativedelta(months=entry.months, days=-1))
        subscription.click("quote")
        subscription.click("run")


def bill(day: datetime.date) -> None:
    """The billing run of a day: what is consumed by then is invoiced, and every invoice of that day is issued."""
    for wizard in ("sale.subscription.line.consumption.create", "sale.subscription.create_invoice"):
        run = Wizard(wizard)
        run.form.date = day
        run.execute("create_")
    Invoice = Model.get("account.invoice")
    if drafts := Invoice.find([("state", "=", "draft"), ("invoice_date", "<=", day)]):
        Invoice.click(drafts, "post")


def issued(party: Any) -> list[dict[str, Any]]:
    """The invoices of a customer; of one day that of the sale, which came first, before that of the subscription."""
    invoices = Model.get("account.invoice").find([("party", "=", party.id), ("state", "=", "posted")])
    return [
        {
            "date": invoice.invoice_date.isoformat(),
            "untaxed": str(invoice.untaxed_amount),
            "tax": str(invoice.tax_amount),
            "lines": [{"code": line.product.code, "amount": str(line.amount), "account": line.account.code} for line in invoice.lines],
        }
        for invoice in sorted(invoices, key=lambda invoice: (invoice.invoice_date, invoice.id))
    ]


def _product(code: str) -> Any:
    (product,) = Model.get("product.product").find([("code", "=", code)])
    return product


def _check_price(line: Any, code: str) -> None:
    if line.unit_price is None:
        raise SystemExit(f"{code} has no price in this price list on that day")
