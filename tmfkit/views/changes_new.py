"""What a new offering costs, in a line for each rhythm: the range of its amounts, price by price, discounts and use apart."""

from collections.abc import Iterator
from decimal import Decimal

from tmfkit.diff.bill import AT_ONCE
from tmfkit.diff.spelling import money
from tmfkit.model.base import Key
from tmfkit.model.prices import Price, PriceType
from tmfkit.model.products import ProductOffering
from tmfkit.model.values import Money
from tmfkit.semantics.pricing import resolved
from tmfkit.views.changes_words import Names
from tmfkit.views.github_text import plain, some


def new_prices(key: Key, names: Names) -> Iterator[str]:
    """`once: Setup 49.00 EUR`, a line for each rhythm; none for what is no offering, or costs nothing of its own."""
    offering = names.after.get(ProductOffering, key.id) if key.kind == ProductOffering.KIND else None
    rhythms: dict[str, list[str]] = {}
    for name, written in (offering.prices if offering else {}).items():
        price = resolved(written, names.after)
        if price is not None and (rhythm := _rhythm(price)) and (amounts := _range(price)):
            rhythms.setdefault(rhythm, []).append(f"{plain(names.part(key, 'prices', name))} {amounts}")
    yield from (f"{rhythm}: {some(rows)}" for rhythm, rows in rhythms.items())


def _rhythm(price: Price) -> str:
    """How often it is charged; empty for what is on no bill of its own."""
    if price.type in AT_ONCE:
        return "once"
    if price.type is not PriceType.RECURRING or price.every is None:
        return ""
    if price.every.months == 1:
        return "a month"
    return f"every {price.every.unit if price.every.amount == 1 else price.every}"


def _range(price: Price) -> str:
    """From the lowest to the highest amount that it ever has; one range for each currency."""
    found: dict[str, list[Money]] = {}
    for amount in _amounts(price):
        found.setdefault(amount.currency, []).append(amount)
    ends = [(min(rows, key=_size), max(rows, key=_size)) for rows in found.values()]
    return " or ".join(str(money(low)) if low == high else f"{money(low)} to {money(high)}" for low, high in ends)


def _amounts(price: Price) -> Iterator[Money]:
    yield from (step.is_ for step in price.amount)
    yield from (cell.value for step in price.table for cell in step.is_.cells if cell.value is not None)


def _size(amount: Money) -> Decimal:
    return amount.amount
