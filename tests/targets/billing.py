"""What a customer has to pay according to the catalog, bill by bill, and where the invoices of a billing system say otherwise."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import zip_longest

from tmfkit.catalog import Catalog
from tmfkit.model.prices import Price, PriceType
from tmfkit.model.products import ProductOffering
from tmfkit.semantics.pricing import Charge, Cohort, at, charges

CENT = Decimal("0.01")
BILLED = (PriceType.RECURRING, PriceType.ONE_TIME)


@dataclass(frozen=True)
class Order:
    """What a customer orders, the articles that this takes in the billing system, and the days on which bills are due."""

    name: str
    offering: str
    channel: str
    customer: Cohort
    takes: tuple[str, ...]
    bills: tuple[str, ...]
    choices: Mapping[str, str] = field(default_factory=dict)
    segment: str = "residential"

    @property
    def date(self) -> str:
        """The first bill is issued on the day of the order."""
        return self.bills[0]


@dataclass(frozen=True)
class Line:
    """One price on an invoice: `fibre-home/monthly`, its amount without tax and the account on which it is booked."""

    price: str
    amount: Decimal
    account: str | None


@dataclass(frozen=True)
class Invoice:
    """One invoice; what is paid once is billed apart from what is paid again and again."""

    date: str
    lines: tuple[Line, ...]
    tax: Decimal

    @property
    def untaxed(self) -> Decimal:
        return sum((line.amount for line in self.lines), Decimal(0))


def due(order: Order, catalog: Catalog) -> Iterator[Invoice]:
    """The invoices that the catalog asks for: the charges that hold on the day of each bill, less their discounts."""
    for bill in order.bills:
        for kind in reversed(BILLED):
            lines = list(_lines(order, bill, kind, catalog)) if kind is PriceType.RECURRING or bill == order.date else []
            if lines:
                yield Invoice(bill, tuple(line for line, _ in lines), _tax(lines, bill, catalog))


def _lines(order: Order, bill: str, kind: PriceType, catalog: Catalog) -> Iterator[tuple[Line, str]]:
    """Each line with the name of its tax; a discount has that of what it reduces."""
    offering = catalog.get(ProductOffering, order.offering)
    assert offering is not None
    facts = {"channel": order.channel, "segment": order.segment, "customer": order.customer, **order.choices}
    facts |= {"action": "add"} if bill == order.date else {}
    cohort: Cohort = order.customer if bill == order.date else "existing"
    found = list(charges(offering, catalog, facts, _moment(bill, catalog), cohort))
    left = {charge.name: charge.amount.amount for charge in found if charge.price.type is kind and charge.amount}
    for charge in found:
        price = charge.price
        if left.get(charge.name):
            yield Line(f"{offering.id}/{charge.name}", left[charge.name], price.gl_account), price.tax or ""
        if price.type is PriceType.DISCOUNT and _lasts(price, order.date, bill):
            for name in left.keys() & set(price.reduces):
                off = _off(charge, left[name])
                left[name] -= off
                yield Line(f"{offering.id}/{charge.name}", -off, price.gl_account), _tax_of(name, found)


def _off(charge: Charge, amount: Decimal) -> Decimal:
    if charge.percent is not None:
        return (amount * charge.percent / 100).quantize(CENT, ROUND_HALF_EVEN)
    return min(charge.amount.amount if charge.amount else Decimal(0), amount)


def _tax_of(name: str, found: Sequence[Charge]) -> str:
    return next(charge.price.tax or "" for charge in found if charge.name == name)


def _lasts(price: Price, ordered: str, bill: str) -> bool:
    """Whether a discount for some months still runs; it counts from the day of the order."""
    if price.for_ is None:
        return True
    first, now = date.fromisoformat(ordered), date.fromisoformat(bill)
    months = (now.year - first.year) * 12 + now.month - first.month - (now.day < first.day)
    assert price.for_.months is not None
    return months < price.for_.months


def _tax(lines: Sequence[tuple[Line, str]], bill: str, catalog: Catalog) -> Decimal:
    """The tax of a whole invoice at the rates of its day, rounded once for each tax."""
    total = Decimal(0)
    for name in {tax for _, tax in lines if tax}:
        rate = at(catalog.vocabulary.taxes[name], _moment(bill, catalog), "new", catalog)
        assert rate is not None
        base = sum((line.amount for line, tax in lines if tax == name), Decimal(0))
        total += (base * rate / 100).quantize(CENT, ROUND_HALF_EVEN)
    return total


def _moment(day: str, catalog: Catalog) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(12), catalog.zone)


def differences(due: Sequence[Invoice], issued: Sequence[Invoice]) -> list[str]:
    """Where two series of invoices are not the same, in words."""
    found = []
    for wanted, made in zip_longest(due, issued):
        if wanted is None or made is None:
            one, only = (wanted, "only the catalog asks for it") if made is None else (made, "the catalog does not ask for it")
            found.append(f"invoice of {one.date} over {one.untaxed}: {only}")
        else:
            found += [f"invoice of {wanted.date}: {said}" for said in _unequal(wanted, made)]
    return found


def _unequal(wanted: Invoice, made: Invoice) -> Iterator[str]:
    if wanted.date != made.date:
        yield f"dated {made.date}"
    ours, theirs = ({line.price: line for line in one.lines} for one in (wanted, made))
    for price in sorted(ours.keys() | theirs.keys()):
        one, other = ours.get(price), theirs.get(price)
        if one is None or other is None:
            yield f"{price} is {'missing' if other is None else 'too much'}"
            continue
        if one.amount != other.amount:
            yield f"{price} is {other.amount}, the catalog says {one.amount}"
        if one.account != other.account:
            yield f"{price} is booked on {other.account}, the catalog says {one.account}"
    if len(made.lines) != len(theirs):
        yield "a price stands on it twice"
    if wanted.tax != made.tax:
        yield f"tax is {made.tax}, the catalog says {wanted.tax}"
