"""The products and list prices of an import: one product for each offering, and one for each single price that a sale can show."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tmfkit.api import (
    Category,
    Context,
    Feature,
    Key,
    Lifecycle,
    Note,
    PriceType,
    ProductOffering,
    ProductOfferingPrice,
    SinglePrice,
    Status,
    condition_words,
    price_words,
    single_prices,
)

from .options import Options

SOLD = (Lifecycle.ACTIVE, Lifecycle.LAUNCHED)
LISTED = (PriceType.RECURRING, PriceType.ONE_TIME, PriceType.DEPOSIT)
"""The types of prices that stand on a quotation; billing has the others."""

LONGEST_NAME, LONGEST_SKU, LONGEST_TEXT = 255, 180, 4000
"""Characters in the fields of Product2."""


@dataclass(frozen=True)
class Line:
    """A record, and the entities that it is made from."""

    record: dict[str, Any]
    sources: tuple[Key, ...]


@dataclass(frozen=True)
class Entry:
    """A list price before it is put into price books; `product` is the reference of its Product2, `currency` empty where all have one."""

    product: str
    amount: float
    currency: str
    active: bool
    channels: tuple[str, ...]
    sources: tuple[Key, ...]


@dataclass
class Lines:
    """What an import consists of, and what did not come along."""

    currency: str
    products: list[Line] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def reference(self) -> str:
        """The reference of the next product: the importer resolves only names of this form."""
        return f"Product2Ref{len(self.products) + 1}"


def lines_of(context: Context[Options]) -> Lines:
    """All products and list prices that hold at the moment of the release."""
    offerings = list(context.offerings(*SOLD))
    lines = Lines(_currency(offerings, context))
    for offering in offerings:
        active = _is_active(offering, context)
        lines.products.append(Line(_of_offering(offering, lines.reference(), active, context), (offering.key,)))
        listed = [price for price in single_prices(offering, context.catalog) if price.type in LISTED]
        for name in dict.fromkeys(price.name for price in listed):
            _add_price([price for price in listed if price.name == name], active, lines, context)
    return lines


def _add_price(prices: list[SinglePrice], active: bool, lines: Lines, context: Context[Options]) -> None:
    """The products of one price, given its single prices, or a note where something keeps it out."""
    held = [price for price in prices if _holds(price, context)]
    if not held:
        words = "it does not hold on the day of the release: the release of its day brings it"
        lines.notes.append(_note(prices[0], Status.MAPPED, words))
    for price in held:
        refused = _refused(price, lines.currency, context)
        if refused:
            lines.notes.append(_note(price, Status.DROPPED, refused))
            return
    for price in held:
        assert price.money is not None
        reference = lines.reference()
        lines.products.append(Line(_of_price(price, reference, active, context), _sources(price)))
        currency = price.money.currency if context.options.multi_currency else ""
        lines.entries.append(Entry(reference, float(price.money.amount), currency, active, price.channels, _sources(price)))


def _sources(price: SinglePrice) -> tuple[Key, ...]:
    shared = price.offering.prices[price.name].use
    return (price.offering.key, Key(ProductOfferingPrice.KIND, shared)) if isinstance(shared, str) else (price.offering.key,)


def _refused(price: SinglePrice, currency: str, context: Context[Options]) -> str:
    """Why Salesforce would refuse a list price; empty where it takes it."""
    if price.money is None:
        return "it has no amount"
    if price.money.amount < 0:
        return "a list price is not negative"
    if price.money.currency != currency and not context.options.multi_currency:
        return f"it is in {price.money.currency}, and an org without `multiCurrency: true` has one currency ({currency})"
    if len(_sku(price)) > LONGEST_SKU:
        return f"`{_sku(price)}` has {len(_sku(price))} characters, and a `StockKeepingUnit` {LONGEST_SKU} at most: give it a shorter name"
    return ""


def _note(price: SinglePrice, status: Status, words: str) -> Note:
    return Note(status, price.offering.key, ("prices", price.name), Feature(price.type.value).value, words)


def _currency(offerings: list[ProductOffering], context: Context[Options]) -> str:
    """The currency of an org that has one: as the options say, else the one of most prices."""
    prices = (price for offering in offerings for price in single_prices(offering, context.catalog))
    counts = Counter(price.money.currency for price in prices if price.money is not None)
    wanted = context.options.currency
    if wanted and counts and wanted not in counts:
        context.refuse(f"no price is in `{wanted}`", "currency", help=f"there are prices in {', '.join(sorted(counts))}")
    return wanted or min(counts, key=lambda currency: (-counts[currency], currency), default="")


def _is_active(offering: ProductOffering, context: Context[Options]) -> bool:
    return offering.lifecycle is Lifecycle.LAUNCHED and offering.valid_for.holds(context.released, context.zone)


def _holds(price: SinglePrice, context: Context[Options]) -> bool:
    """Whether a new customer would pay it at the moment of the release."""
    begun = price.begins is None or price.begins <= context.released
    return begun and (price.ends is None or context.released < price.ends) and price.applies_to != "existing"


def _of_offering(offering: ProductOffering, reference: str, active: bool, context: Context[Options]) -> dict[str, Any]:
    """An offering itself; what it costs stands in the products of its prices."""
    described = offering.description.default if offering.description is not None else ""
    sku = (offering.code or offering.id)[:LONGEST_SKU]
    return _product(reference, offering.title, offering, sku, described, active, context)


def _of_price(price: SinglePrice, reference: str, active: bool, context: Context[Options]) -> dict[str, Any]:
    """A single price as the product that a line of a quotation names."""
    name = price_words(price, context.catalog, context.settings)
    return _product(reference, name, price.offering, _sku(price), ". ".join(_described(price, context)), active, context)


def _product(
    reference: str, name: str, offering: ProductOffering, sku: str, described: str, active: bool, context: Context[Options]
) -> dict[str, Any]:
    family = context.catalog.get(Category, offering.categories[0]) if offering.categories else None
    return {
        "attributes": {"type": "Product2", "referenceId": reference},
        "Name": _text(name, LONGEST_NAME),
        "ProductCode": offering.id,
        "StockKeepingUnit": sku,
        **({"Family": _text(family.title, LONGEST_NAME)} if family is not None else {}),
        **({"Description": _text(described, LONGEST_TEXT)} if described else {}),
        "IsActive": active,
    }


def _described(price: SinglePrice, context: Context[Options]) -> Iterator[str]:
    terms = price.terms
    if terms.every is not None:
        yield f"Every {terms.every}{' in arrears' if terms.charged == 'inArrears' else ''}"
    if terms.count is not None:
        yield f"For each of {terms.count}"
    if terms.after is not None:
        yield f"After {terms.after}"
    if terms.for_ is not None:
        yield f"For {terms.for_}"
    conditions = condition_words(price, context.catalog)
    if conditions:
        yield f"Holds if {conditions}" if not conditions.startswith("not if") else f"Holds {conditions}"


def _sku(price: SinglePrice) -> str:
    """The offering and the single price: shared prices are sold by several offerings."""
    return f"{price.offering.id}/{price.id}"


def _text(text: str, longest: int) -> str:
    """A text that its field takes; what begins with `@` the importer would take for a reference."""
    plain = " ".join(text.split())
    plain = f" {plain}" if plain.startswith("@") else plain
    return plain if len(plain) <= longest else f"{plain[: longest - 1]}…"
