"""Price book: every single price in one flat table, as a web shop, a till or an ERP reads it."""

import csv
import json
from collections.abc import Iterator, Sequence
from typing import Any

from tmfkit.api import (
    Amount,
    Artifact,
    Capabilities,
    Context,
    Feature,
    Key,
    Lifecycle,
    ProductOfferingPrice,
    SinglePrice,
    single_prices,
)
from tmfkit.api import Options as CommonOptions

from .rows import cell, columns_of, rows_of

ROLES = ("channel", "com", "billing")

TABLE = "prices.csv"
STATES = (Lifecycle.ACTIVE, Lifecycle.LAUNCHED, Lifecycle.RETIRED)
"""What is sold, is going to be sold or is still in use; what is only designed or tested is nothing for a shop."""


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
            made = list(rows_of(price, context.catalog, context.options.channels))
            rows += made
            if made:
                sources |= dict.fromkeys(_sources(price))
    columns = columns_of(languages)
    table = [[cell(row.get(column)) for column in columns] for row in rows]
    yield context.artifact(TABLE, "prices.csv.j2", sources=sources, columns=columns, rows=table)
    plain = [{name: value for name, value in row.items() if value not in (None, "", [], {})} for row in rows]
    yield context.artifact("prices.json", "prices.json.j2", sources=sources, rows=plain, taxes=_taxes(context))


def amounts(artifacts: Sequence[Artifact]) -> Iterator[Amount]:
    """The amounts as table and JSON state them, each with its line."""
    for artifact in artifacts:
        for line, row in _in_table(artifact.text) if artifact.path == TABLE else _in_json(artifact.text):
            said = row.get("amount") or row.get("flat")
            if said:
                yield Amount(
                    offering=row["offering"],
                    charge=row["id"],
                    currency=row["currency"],
                    amount=said,
                    begins=row.get("from", ""),
                    ends=row.get("until", ""),
                    channel=row.get("channel", ""),
                    file=artifact.path,
                    line=line,
                )


def _in_table(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.DictReader(text.splitlines())
    yield from ((reader.line_num, row) for row in reader)


def _in_json(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row is written on a line of its own."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith('    {"offering": '):
            yield number, json.loads(line.removesuffix(","))


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
