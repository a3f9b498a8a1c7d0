"""Salesforce: products, price books and list prices as an import plan (`sf data import tree --plan plan.json`); sales-time data only."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from tmfkit.api import Amount, Artifact, Capabilities, Context, Note

from .capabilities import CARRIED, DROPPED, MAPPED
from .options import Options, channels_of, checked
from .readback import read_amounts
from .records import Entry, Line, Lines, lines_of

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
    plan = [{"sobject": sobject, "files": [file.path for file in files]} for sobject, files in parts]
    everything = [key for product in lines.products for key in product.sources]
    yield context.artifact("plan.json", "plan.json.j2", sources=everything, plan=plan)
    for _, files in parts:
        for file in files:
            records = [line.record for line in file.lines]
            sources = [key for line in file.lines for key in line.sources]
            yield context.artifact(file.path, "records.json.j2", sources=sources, records=records, head=file.head)


def amounts(artifacts: Sequence[Artifact]) -> Iterator[Amount]:
    """The list prices as the files state them."""
    return read_amounts(artifacts)


class File(NamedTuple):
    """A file of the import: its records, and what stands before them."""

    path: str
    lines: Sequence[Line]
    head: dict[str, Any]


def _parts(lines: Lines, context: Context[Options]) -> Iterator[tuple[str, list[File]]]:
    """What the plan imports, in its order: a price of a channel is refused where the standard one is not there yet."""
    dated: dict[str, Any] = {"asOf": context.released.isoformat()} | (
        {} if context.options.multi_currency else {"currency": lines.currency}
    )
    channels = channels_of(context)
    books = {channel: f"Pricebook2Ref{number}" for number, channel in enumerate(channels, 1)}
    yield "Product2", list(_files("Product2", lines.products, {}))
    if books:
        named = [Line(_book(channel, reference, context), ()) for channel, reference in books.items()]
        yield "Pricebook2", list(_files("Pricebook2", named, {"channels": {reference: name for name, reference in books.items()}}))
    standard = [(entry, context.options.standard_pricebook) for entry in lines.entries]
    offered = [(entry, f"@{books[channel]}") for channel in books for entry in lines.entries if channel in entry.channels]
    numbered = [Line(_entry(entry, book, number), entry.sources) for number, (entry, book) in enumerate((*standard, *offered), 1)]
    if standard:
        yield "PricebookEntry", list(_files("PricebookEntry-standard", numbered[: len(standard)], dated))
    if offered:
        yield "PricebookEntry", list(_files("PricebookEntry-channels", numbered[len(standard) :], dated))


def _files(name: str, lines: Sequence[Line], head: dict[str, Any]) -> Iterator[File]:
    for number, start in enumerate(range(0, len(lines), BATCH), 1):
        yield File(f"{name}-{number}.json", lines[start : start + BATCH], head)


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
