"""Salesforce: products, price books and list prices as an import plan (`sf data import tree --plan plan.json`); sales-time data only."""

from collections.abc import Iterator, Sequence
from typing import Any

from tmfkit.api import Amount, Artifact, Capabilities, Context, Note

from .capabilities import CARRIED, DROPPED, MAPPED
from .options import Options, channels_of, checked
from .readback import read_amounts
from .records import Entry, Lines, lines_of

ROLES = ("crm",)

BATCH = 200
"""The most records that one request of the sObject tree API takes."""

__all__ = ["ROLES", "Options", "amounts", "capabilities", "generate"]


def capabilities(options: Options) -> Capabilities:
    """What the core objects of Salesforce hold: names, list prices and where they are offered."""
    return Capabilities(CARRIED, MAPPED, DROPPED)


def generate(context: Context[Options]) -> Iterator[Artifact | Note]:
    """The plan, and a file for each two hundred records of each object; nothing while nothing is sold."""
    checked(context)
    lines = lines_of(context)
    yield from lines.notes
    if not lines.products:
        return
    parts = list(_parts(lines, context))
    plan = [{"sobject": sobject, "files": [path for path, _, _ in files]} for sobject, files in parts]
    yield context.artifact("plan.json", "plan.json.j2", sources=lines.sources, plan=plan)
    for _, files in parts:
        for path, records, head in files:
            yield context.artifact(path, "records.json.j2", sources=lines.sources, records=records, head=head)


def amounts(artifacts: Sequence[Artifact]) -> Iterator[Amount]:
    """The list prices as the files state them."""
    return read_amounts(artifacts)


File = tuple[str, Sequence[dict[str, Any]], dict[str, Any]]


def _parts(lines: Lines, context: Context[Options]) -> Iterator[tuple[str, list[File]]]:
    """What the plan imports, in its order: a price of a channel is refused where the standard one is not there yet."""
    dated: dict[str, Any] = {"asOf": context.released.isoformat()} | (
        {} if context.options.multi_currency else {"currency": lines.currency}
    )
    channels = channels_of(context)
    books = {channel: f"Pricebook2Ref{number}" for number, channel in enumerate(channels, 1)}
    yield "Product2", list(_files("Product2", [product.record for product in lines.products], {}))
    if books:
        named = [_book(channel, reference, context) for channel, reference in books.items()]
        yield "Pricebook2", list(_files("Pricebook2", named, {"channels": {reference: name for name, reference in books.items()}}))
    standard = [(entry, context.options.standard_pricebook) for entry in lines.entries]
    offered = [(entry, f"@{books[channel]}") for channel in books for entry in lines.entries if channel in entry.channels]
    numbered = [_entry(entry, book, number) for number, (entry, book) in enumerate((*standard, *offered), 1)]
    yield "PricebookEntry", list(_files("PricebookEntry-standard", numbered[: len(standard)], dated))
    if offered:
        yield "PricebookEntry", list(_files("PricebookEntry-channels", numbered[len(standard) :], dated))


def _files(name: str, records: Sequence[dict[str, Any]], head: dict[str, Any]) -> Iterator[File]:
    for number, start in enumerate(range(0, len(records), BATCH), 1):
        yield f"{name}-{number}.json", records[start : start + BATCH], head


def _book(channel: str, reference: str, context: Context[Options]) -> dict[str, Any]:
    word = context.catalog.vocabulary.channels[channel]
    name = word.name.default if word.name is not None else channel
    return {
        "attributes": {"type": "Pricebook2", "referenceId": reference},
        "Name": f"{name} ({channel})"[:255],
        "Description": f"List prices of the channel {channel} on {context.released.date()}, release {context.release}"[:255],
        "IsActive": True,
    }


def _entry(entry: Entry, book: str, number: int) -> dict[str, Any]:
    """The list price of a product in one price book."""
    return {
        "attributes": {"type": "PricebookEntry", "referenceId": f"PricebookEntryRef{number}"},
        "Pricebook2Id": book,
        "Product2Id": f"@{entry.product}",
        "UnitPrice": entry.amount,
        **({"CurrencyIsoCode": entry.currency} if entry.currency else {}),
        "IsActive": entry.active,
    }
