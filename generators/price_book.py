"""Price book: every single price in one flat table, as a web shop, a till or an ERP reads it."""

import csv
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from tmfkit.api import (
    Amount,
    Artifact,
    Capabilities,
    Context,
    Feature,
    Key,
    Lifecycle,
    ProductOffering,
    ProductOfferingPrice,
    SinglePrice,
    condition_words,
    single_prices,
)
from tmfkit.api import Options as CommonOptions

ROLES = ("channel", "com", "billing")

TABLE = "prices.csv"
STATES = (Lifecycle.ACTIVE, Lifecycle.LAUNCHED, Lifecycle.RETIRED)
"""What is sold, is going to be sold or is still in use; what is only designed or tested is nothing for a shop."""

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


class Options(CommonOptions):
    """`channels` limits the book to those that the system serves; without it, it holds the prices of all channels."""

    channels: tuple[str, ...] = ()


def capabilities(options: Options) -> Capabilities:
    """All that a price says has a column; what an offering is made of, shops read in its order form."""
    prices = (
        Feature.RECURRING,
        Feature.ONE_TIME,
        Feature.USAGE,
        Feature.DISCOUNT,
        Feature.ALLOWANCE,
        Feature.PENALTY,
        Feature.DEPOSIT,
        Feature.PRICE_TABLE,
        Feature.TIERS,
        Feature.VOLUME,
        Feature.COUNT,
        Feature.DIMENSION,
        Feature.METERING,
        Feature.DATED,
        Feature.COHORT,
        Feature.LIMITED,
        Feature.IN_ARREARS,
        Feature.TAX,
        Feature.GL_ACCOUNT,
        Feature.CHARGE_CODE,
        Feature.ROLLOVER,
        Feature.SHARED,
    )
    offering = (Feature.NAME, Feature.TRANSLATION, Feature.LIFECYCLE, Feature.SEGMENT, Feature.PLACE, Feature.TERM, Feature.PAYMENT)
    return Capabilities(
        carried=(*offering, *prices) if options.channels else (*offering, *prices, Feature.CHANNEL),
        mapped={
            Feature.VALIDITY: "the life of the offering bounds that of each of its prices",
            Feature.CONDITION: "channels, segments, places and terms have columns, everything else is said in words",
        }
        | ({Feature.CHANNEL: f"only the rows for {', '.join(options.channels)}"} if options.channels else {}),
        dropped={Feature.RENEWAL: "a price book says what a term costs, not how it goes on"},
    )


def generate(context: Context[Options]) -> Iterator[Artifact]:
    """The table, and the same rows as JSON."""
    known = context.catalog.vocabulary.channels
    for index, channel in enumerate(context.options.channels):
        if channel not in known:
            said = f"the vocabulary has {', '.join(f'`{name}`' for name in known)}" if known else "the vocabulary has no channels"
            context.refuse(f"no channel is called `{channel}`", "channels", index, help=said)
    languages = tuple(context.catalog.vocabulary.languages)
    rows: list[dict[str, Any]] = []
    sources: dict[Key, None] = {}
    for offering in context.offerings(*STATES):
        for price in single_prices(offering, context.catalog):
            made = list(_rows(price, context, languages))
            rows += made
            if made:
                sources |= dict.fromkeys(_sources(price))
    columns = _columns(languages)
    table = [[_cell(row.get(column)) for column in columns] for row in rows]
    yield context.artifact(TABLE, "prices.csv.j2", sources=sources, columns=columns, rows=table)
    plain = [{name: value for name, value in row.items() if value not in (None, "", [], {})} for row in rows]
    yield context.artifact("prices.json", "prices.json.j2", sources=sources, rows=plain, taxes=_taxes(context))


def amounts(artifacts: Sequence[Artifact]) -> Iterator[Amount]:
    """The amounts as the table states them, each with its line."""
    for artifact in artifacts:
        if artifact.path != TABLE:
            continue
        reader = csv.DictReader(artifact.text.splitlines())
        for row in reader:
            said = row["amount"] or row["flat"]
            if said:
                yield Amount(
                    offering=row["offering"],
                    charge=row["id"],
                    currency=row["currency"],
                    amount=said,
                    begins=row["from"],
                    ends=row["until"],
                    channel=row["channel"],
                    file=artifact.path,
                    line=reader.line_num,
                )


def _rows(price: SinglePrice, context: Context[Options], languages: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """One row for each channel and segment in which a single price holds; where there are none to choose from, one for all."""
    words = context.catalog.vocabulary
    channels = price.channels if price.offering.channels or words.channels else ("",)
    segments = price.segments if price.offering.segments or words.segments else ("",)
    for channel in channels:
        if context.options.channels and channel not in ("", *context.options.channels):
            continue
        for segment in segments:
            yield _row(price, context, languages) | {"channel": channel, "segment": segment}


def _row(price: SinglePrice, context: Context[Options], languages: tuple[str, ...]) -> dict[str, Any]:
    offering, terms, tier = price.offering, price.terms, price.tier
    row: dict[str, Any] = dict.fromkeys(_columns(languages))
    row |= _names(offering, terms.name.texts if terms.name else (), languages)
    row |= {
        "offering": offering.id,
        "lifecycle": offering.lifecycle.value,
        "sellable": offering.sellable,
        "payment": offering.payment,
        "price": price.name,
        "id": price.id,
        "type": price.type.value,
        "places": _some(price.places, offering.places or context.catalog.vocabulary.places),
        "terms": _some(price.contract, offering.terms),
        "where": dict(price.where),
        "conditions": condition_words(price, context.catalog),
        "percent": _number(price.percent),
        "reduces": list(terms.reduces),
        "from": _moment(price.begins),
        "until": _moment(price.ends),
        "appliesTo": price.applies_to,
        "chargeCode": terms.charge_code,
        "tax": terms.tax,
        "glAccount": terms.gl_account,
    }
    row |= _metered(price, context)
    if price.money is not None:
        flat = tier.flat if tier else None
        only_flat = tier is not None and tier.amount is None
        row |= {
            "currency": price.money.currency,
            "amount": None if only_flat else _number(price.money.amount),
            "flat": _number(flat.amount) if flat else None,
        }
    return row


def _metered(price: SinglePrice, context: Context[Options]) -> dict[str, Any]:
    """What is counted, by how much, in which tiers, and how often it is charged."""
    terms, tier = price.terms, price.tier
    usage = context.catalog.vocabulary.usage.get(terms.usage or "")
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


def _columns(languages: tuple[str, ...]) -> tuple[str, ...]:
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


def _sources(price: SinglePrice) -> Iterator[Key]:
    yield price.offering.key
    shared = price.offering.prices[price.name].use
    if isinstance(shared, str):
        yield Key(ProductOfferingPrice.KIND, shared)


def _taxes(context: Context[Options]) -> dict[str, list[dict[str, str]]]:
    """The rates of each tax with their dates: a table of prices has no place for a rate that changes."""
    found: dict[str, list[dict[str, str]]] = {}
    for name, steps in sorted(context.catalog.vocabulary.taxes.items()):
        found[name] = [
            {"percent": format(step.is_, "f")}
            | ({"from": step.from_.isoformat()} if step.from_ else {})
            | ({"until": step.until.isoformat()} if step.until else {})
            for step in steps
        ]
    return found


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case dict():
            return _cell(LIST.join(f"{name}={said}" for name, said in value.items()))
        case list():
            return _cell(LIST.join(value))
        case _:
            return " ".join(str(value).split())


def _number(number: Decimal | None) -> str | None:
    return None if number is None else format(number, "f")


def _measure(measure: Any) -> str | None:
    """`10 GB`, `24 months`, or a bare number."""
    return format(measure, "f") if isinstance(measure, Decimal) else None if measure is None else str(measure)


def _moment(moment: datetime | None) -> str:
    return "" if moment is None else moment.isoformat()
