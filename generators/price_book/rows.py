"""The rows of the price book: what stands in each column for one single price."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from tmfkit.api import Catalog, ProductOffering, SinglePrice, condition_words

LIST = "; "
"""What stands between several words in one cell of the table; the JSON has real lists."""

COLUMNS = (
    "offering",
    "offeringName",
    "lifecycle",
    "sellable",
    "payment",
    "price",
    "priceName",
    "id",
    "type",
    "channel",
    "segment",
    "places",
    "terms",
    "where",
    "conditions",
    "currency",
    "amount",
    "flat",
    "percent",
    "reduces",
    "usage",
    "quantity",
    "count",
    "per",
    "first",
    "increment",
    "minimum",
    "tierMode",
    "tierAbove",
    "tierUpTo",
    "every",
    "charged",
    "for",
    "after",
    "shared",
    "rollover",
    "rolloverMax",
    "from",
    "until",
    "appliesTo",
    "chargeCode",
    "tax",
    "glAccount",
)


def rows_of(price: SinglePrice, catalog: Catalog, served: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """One row for each channel and segment in which a single price holds; where there are none to choose from, one for all.

    Of the channels only those that are `served`, all if there are none.
    """
    words = catalog.vocabulary
    languages = tuple(words.languages)
    channels = price.channels if price.offering.channels or words.channels else ("",)
    segments = price.segments if price.offering.segments or words.segments else ("",)
    for channel in channels:
        if served and channel not in ("", *served):
            continue
        for segment in segments:
            yield _row(price, catalog, languages) | {"channel": channel, "segment": segment}


def _row(price: SinglePrice, catalog: Catalog, languages: tuple[str, ...]) -> dict[str, Any]:
    offering, terms, tier = price.offering, price.terms, price.tier
    row: dict[str, Any] = dict.fromkeys(columns_of(languages))
    row |= _names(offering, terms.name.texts if terms.name else (), languages)
    row |= {
        "offering": offering.id,
        "lifecycle": offering.lifecycle.value,
        "sellable": offering.sellable,
        "payment": offering.payment,
        "price": price.name,
        "id": price.id,
        "type": price.type.value,
        "places": _some(price.places, catalog.vocabulary.places),
        "terms": _some(price.contract, offering.terms),
        "where": dict(price.where),
        "conditions": condition_words(price, catalog),
        "percent": _number(price.percent),
        "reduces": list(terms.reduces),
        "from": _moment(price.begins),
        "until": _moment(price.ends),
        "appliesTo": price.applies_to,
        "chargeCode": terms.charge_code,
        "tax": terms.tax,
        "glAccount": terms.gl_account,
    }
    row |= _metered(price, catalog)
    if price.money is not None:
        flat = tier.flat if tier else None
        only_flat = tier is not None and tier.amount is None
        row |= {
            "currency": price.money.currency,
            "amount": None if only_flat else _number(price.money.amount),
            "flat": _number(flat.amount) if flat else None,
        }
    return row


def _metered(price: SinglePrice, catalog: Catalog) -> dict[str, Any]:
    """What is counted, by how much, in which tiers, and how often it is charged."""
    terms, tier = price.terms, price.tier
    usage = catalog.vocabulary.usage.get(terms.usage or "")
    return {
        "usage": terms.usage,
        "quantity": _measure(terms.quantity),
        "count": terms.count,
        "per": _measure(terms.per) or (f"1 {usage.unit}" if usage and price.type == "usage" else None),
        "first": _measure(terms.first),
        "increment": _measure(terms.increment),
        "minimum": _measure(terms.minimum),
        "tierMode": terms.tier_mode if tier else None,
        "tierAbove": _measure(price.above),
        "tierUpTo": _measure(tier.up_to) if tier else None,
        "every": _measure(terms.every),
        "charged": terms.charged if price.type == "recurring" else None,
        "for": _measure(terms.for_),
        "after": _measure(terms.after),
        "shared": list(terms.shared),
        "rollover": _measure(terms.rollover.for_) if terms.rollover else None,
        "rolloverMax": _measure(terms.rollover.max) if terms.rollover else None,
    }


def columns_of(languages: tuple[str, ...]) -> tuple[str, ...]:
    """The names stand in a column for each language of the vocabulary, behind those in the default one."""
    found: list[str] = []
    for column in COLUMNS:
        found.append(column)
        found += [f"{column}.{language}" for language in languages if column.endswith("Name")]
    return tuple(found)


def _names(offering: ProductOffering, price: tuple[tuple[str, str], ...], languages: tuple[str, ...]) -> dict[str, str]:
    title = offering.name.texts if offering.name else (("", offering.title),)
    found = {}
    for column, texts in (("offeringName", title), ("priceName", price)):
        said = dict(texts)
        default = texts[0][1] if texts else ""
        found[column] = " ".join(default.split())
        found |= {f"{column}.{language}": " ".join(said.get(language, default).split()) for language in languages}
    return found


def _some(held: tuple[str, ...], all_of_them: Any) -> list[str]:
    """The words in which a price holds; none where it holds in all of them."""
    return [] if set(held) == set(all_of_them) else list(held)


def cell(value: Any) -> str:
    """A value as the table writes it: on one line, lists and mappings put together."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case dict():
            return cell(LIST.join(f"{name}={said}" for name, said in value.items()))
        case list():
            return cell(LIST.join(value))
        case _:
            return " ".join(str(value).split())


def _number(number: Decimal | None) -> str | None:
    return None if number is None else format(number, "f")


def _measure(measure: Any) -> str | None:
    """`10 GB`, `24 months`, or a bare number."""
    return format(measure, "f") if isinstance(measure, Decimal) else None if measure is None else str(measure)


def _moment(moment: datetime | None) -> str:
    return "" if moment is None else moment.isoformat()
