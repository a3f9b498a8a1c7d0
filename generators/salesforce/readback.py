"""Reads the list prices back from the files of an import."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import Any

from tmfkit.api import Amount, Artifact


def read_amounts(artifacts: Sequence[Artifact]) -> Iterator[Amount]:
    """Every entry of a price book, with the line that its record stands on.

    The records have no dates: they say what holds at the moment that their file names.
    """
    files = {artifact.path: json.loads(artifact.text, parse_float=str, parse_int=str) for artifact in artifacts}
    contents = [(path, content) for path, content in files.items() if isinstance(content, dict)]
    products = {one["attributes"]["referenceId"]: one for path, content in contents for one in _records(path, "Product2-", content)}
    channels = {f"@{name}": channel for _, content in contents for name, channel in content.get("channels", {}).items()}
    for artifact in artifacts:
        path = artifact.path
        if not path.startswith("PricebookEntry-"):
            continue
        lines = _lines(artifact.text)
        for record in _records(path, "PricebookEntry-", files[path]):
            product = products[record["Product2Id"].removeprefix("@")]
            yield Amount(
                offering=product["ProductCode"],
                charge=product["StockKeepingUnit"].partition("/")[2],
                currency=record.get("CurrencyIsoCode") or files[path]["currency"],
                amount=record["UnitPrice"],
                begins=files[path]["asOf"],
                ends=(datetime.fromisoformat(files[path]["asOf"]) + timedelta(seconds=1)).isoformat(),
                channel=channels.get(record["Pricebook2Id"], ""),
                file=path,
                line=lines[record["attributes"]["referenceId"]],
            )


def _records(path: str, start: str, content: dict[str, Any]) -> list[dict[str, Any]]:
    return content["records"] if PurePosixPath(path).name.startswith(start) else []


def _lines(text: str) -> dict[str, int]:
    """The line of each record, by its reference: a record is written on one."""
    found: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if '"referenceId": "' in line:
            found[line.partition('"referenceId": "')[2].partition('"')[0]] = number
    return found
