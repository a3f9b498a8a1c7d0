"""The loss report: one row for every detail as JSON, and a table that people read, by system and entity."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from tmfkit.catalog import Catalog
from tmfkit.generate.artifact import Status
from tmfkit.generate.losses import Loss
from tmfkit.generate.templates import as_markdown

HEAD = """# What each system takes of the catalog

Carried: as it is written. Mapped: in another form. Dropped: not at all; *left* where the options of the system say so on purpose.
"""


def rows(losses: Sequence[Loss], catalog: Catalog) -> list[dict[str, Any]]:
    """Every detail with the line that it is written on."""
    return [_row(loss, catalog) for loss in losses]


def table(losses: Sequence[Loss], catalog: Catalog) -> str:
    """Numbers for each entity of each system, and under them what is mapped or dropped, and how or why."""
    parts = [HEAD]
    for (system, generator), found in groupby(losses, key=lambda loss: (loss.system, loss.generator)):
        parts.append("\n".join(_section(system, generator, list(found), catalog)))
    return "\n".join(parts)


def totals(losses: Sequence[Loss]) -> dict[Status, int]:
    """How many details are carried, mapped and dropped."""
    counts = Counter(loss.status for loss in losses)
    return {status: counts[status] for status in Status}


def _section(system: str, generator: str, losses: list[Loss], catalog: Catalog) -> Iterator[str]:
    yield f"\n## {as_markdown(system)} ({generator})\n"
    yield "| | carried | mapped | dropped |"
    yield "| --- | ---: | ---: | ---: |"
    for key, found in groupby(losses, key=lambda loss: loss.key):
        counts = totals(list(found))
        yield f"| {as_markdown(key.id)} | " + " | ".join(str(counts[status]) for status in Status) + " |"
    changed = [loss for loss in losses if loss.status is not Status.CARRIED]
    if changed:
        yield "\n| what | where | | how or why |"
        yield "| --- | --- | --- | --- |"
    for loss in changed:
        span = catalog.span(loss.key, loss.path, at_key=True)
        status = f"{loss.status}, left" if loss.left else loss.status.value
        what = "/".join((loss.key.id, *map(str, loss.path)))
        line = f"{span.file}:{span.start.line}"
        yield f"| {as_markdown(what)}: {loss.feature} | {as_markdown(line)} | {status} | {as_markdown(loss.words)} |"


def _row(loss: Loss, catalog: Catalog) -> dict[str, Any]:
    span = catalog.span(loss.key, loss.path, at_key=True)
    return {
        "system": loss.system,
        "generator": loss.generator,
        "kind": loss.key.kind,
        "id": loss.key.id,
        "path": "/".join(map(str, loss.path)),
        "feature": loss.feature.value,
        "status": loss.status.value,
        "words": loss.words,
        "leftOnPurpose": loss.left,
        "file": span.file,
        "line": span.start.line,
    }
