"""A small telecom operator in Tryton: its company, its accounts and taxes, and everything that its price books say."""

import datetime
import fcntl
import os
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from books import Entry
from proteus import Model
from trytond.modules.account.tests.tools import create_chart, get_accounts
from trytond.modules.account_invoice.tests.tools import set_fiscalyear_invoice_sequences
from trytond.modules.company.tests.tools import create_company, get_company
from trytond.tests.tools import activate_modules

MODULES = ["account_product", "product_price_list_dates", "sale_price_list", "sale_subscription"]
FREQUENCIES = {"day": "daily", "days": "daily", "month": "monthly", "months": "monthly", "year": "yearly", "years": "yearly"}


def opened() -> Any:
    """A company that keeps its books in euros; the first run installs the modules and keeps the database, later ones restore it."""
    cache = Path(os.environ["DB_CACHE"])
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        config = activate_modules(MODULES, partial(create_company, currency="EUR"), create_chart)
    config.skip_warning = True  # bills of next year are issued today
    return config


def open_years(years: Iterable[int]) -> None:
    """A fiscal year for each calendar year, with the numbers of its moves and invoices."""
    Sequence, SequenceType, FiscalYear = (Model.get(name) for name in ("ir.sequence.strict", "ir.sequence.type", "account.fiscalyear"))
    company = get_company()
    (moves,) = SequenceType.find([("name", "=", "Account Move")], limit=1)
    for year in years:
        sequence = Sequence(name=str(year), sequence_type=moves, company=company)
        sequence.save()
        opened = FiscalYear(name=str(year), company=company, move_sequence=sequence)
        opened.start_date, opened.end_date = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
        opened = set_fiscalyear_invoice_sequences(opened)
        opened.click("create_period")


def load_taxes(taxes: Mapping[str, Sequence[Mapping[str, str]]]) -> dict[str, int]:
    """Each tax is a group of rates, one for each of its periods; their ids."""
    Tax = Model.get("account.tax")
    account = get_accounts()["tax"]
    found = {}
    for name, steps in taxes.items():
        group = Tax(name=name, description=name, type="none")
        for step in steps:
            rate = group.childs.new(name=f"{name} {step['percent']}", description=name, type="percentage")
            rate.rate = Decimal(step["percent"]) / 100
            rate.invoice_account = rate.credit_note_account = account
            rate.start_date = datetime.date.fromisoformat(step["from"]) if "from" in step else None
            rate.end_date = datetime.date.fromisoformat(step["until"]) - datetime.timedelta(days=1) if "until" in step else None
        group.save()
        found[name] = group.id
    return found


def load_entries(entries: Sequence[Entry], taxes: Mapping[str, int]) -> None:
    """Articles with their accounts and taxes, what is charged again and again as a subscription service, and the price lists."""
    categories = _categories(entries, taxes)
    products = _products(entries, categories)
    _services({entry.code: entry.every for entry in entries if entry.every}, products)
    _price_lists(entries, products)


def _categories(entries: Sequence[Entry], taxes: Mapping[str, int]) -> dict[tuple[str, str], Any]:
    Account, Category = Model.get("account.account"), Model.get("product.category")
    revenue = get_accounts()["revenue"]
    codes = dict.fromkeys(entry.account for entry in entries if entry.account)
    accounts = {code: Account(name=f"Revenue {code}", code=code, type=revenue.type, parent=revenue.parent) for code in codes}
    Account.save(list(accounts.values()))
    accounts[""] = revenue
    found = {}
    for account, tax in dict.fromkeys((entry.account, entry.tax) for entry in entries):
        found[account, tax] = Category(name=f"{account} {tax}", accounting=True, account_revenue=accounts[account])
        found[account, tax].customer_taxes.extend([Model.get("account.tax")(taxes[tax])] if tax else [])
    Category.save(list(found.values()))
    return found


def _products(entries: Sequence[Entry], categories: Mapping[tuple[str, str], Any]) -> dict[str, Any]:
    """One template for a price, one variant for each cell of its table."""
    Template, Uom = Model.get("product.template"), Model.get("product.uom")
    (unit,) = Uom.find([("name", "=", "Unit")])
    first = {entry.template: entry for entry in reversed(entries)}
    made = []
    for code, entry in first.items():
        template = Template(name=entry.name, code=code, type="service", default_uom=unit, salable=True)
        template.account_category = categories[entry.account, entry.tax]
        template.products.clear()
        for suffix in dict.fromkeys(other.suffix for other in entries if other.template == code):
            template.products.new(suffix_code=suffix)
        made.append(template)
    Template.save(made)
    return {product.code: product for product in Model.get("product.product").find([])}


def _services(recurring: Mapping[str, str], products: Mapping[str, Any]) -> None:
    Rules, Service = Model.get("sale.subscription.recurrence.rule.set"), Model.get("sale.subscription.service")
    sets = {}
    for every in dict.fromkeys(recurring.values()):
        number, unit = every.split()
        sets[every] = Rules(name=every)
        (rule,) = sets[every].rules
        rule.freq, rule.interval = FREQUENCIES[unit], int(number)
    Rules.save(list(sets.values()))
    Service.save([Service(product=products[code], consumption_recurrence=sets[every]) for code, every in recurring.items()])


def _price_lists(entries: Sequence[Entry], products: Mapping[str, Any]) -> None:
    PriceList = Model.get("product.price_list")
    for name in dict.fromkeys(entry.price_list for entry in entries):
        made = PriceList(name=name, price=None)
        for entry in entries:
            if entry.price_list == name:
                line = made.lines.new(product=products[entry.code], formula=f"Decimal('{entry.amount}')")
                line.start_date, line.end_date = entry.begins, entry.ends
        made.save()
