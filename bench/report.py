"""Says what was measured: a table for people, the same in Markdown, and all figures as JSON."""

import json
import os
import platform
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import TypeAlias

from bench.compare import Row, paired
from bench.growth import growth

BASE = "tmfkit validate"
TEXT_COLUMN = 8
"""The columns between the name and this one hold numbers."""

Table: TypeAlias = Callable[[Sequence[tuple[str, ...]]], str]
_HEAD = ("command", "seconds", "cpu s", "largest MB", "all MB", "× validate", "entities/s", "exit", "checks")


@dataclass(frozen=True, slots=True)
class Report:
    """All rows of one run of the benchmark, and what its reader has to know about them."""

    rows: tuple[Row, ...]
    notes: tuple[str, ...]


def machine() -> str:
    """What the figures were measured on, as far as it matters for them."""
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{platform.system()}, {count} processors, Python {platform.python_version()}"


def as_text(report: Report) -> str:
    """The report in columns."""
    return _written(report, columns, "")


def as_markdown(report: Report) -> str:
    """The report as a Markdown page."""
    return _written(report, pipes, "## ")


def as_json(report: Report) -> str:
    """All figures, those of every single run too."""
    grown = [asdict(one) for one in growth(report.rows)]
    body = {"machine": machine(), "rows": [row.as_json() for row in report.rows], "growth": grown, "notes": report.notes}
    return json.dumps(body, indent=2, ensure_ascii=False) + "\n"


def _written(report: Report, table: Table, mark: str) -> str:
    parts = [f"Medians of whole processes on {machine()}. Compare within one run only."]
    for (entities, layout), group in groupby(report.rows, key=lambda row: (row.catalog.entities, row.layout)):
        rows = tuple(group)
        parts.append(f"{mark}{entities:,} entities, {'one' if layout == 'file' else 'fifty'} a file")
        parts.append(f"{rows[0].catalog}.")
        parts.append(table([_HEAD, *(_cells(row, rows) for row in rows)]))
    if grown := _growth_rows(report):
        parts.append(f"{mark}Growth of the time per entity, 1 is linear: of whole runs, and of the entities added from size to size")
        parts.append(table([("command", "from", "to", "whole", "added"), *grown]))
    parts += report.notes
    return "\n\n".join(parts) + "\n"


def _cells(row: Row, rows: Sequence[Row]) -> tuple[str, ...]:
    base = next((other for other in rows if other.tool.name == BASE and other.finished), None)
    if not row.finished:
        return (row.tool.name, *["failed"] * 6, str(row.code), row.tool.does)
    ratio = "–" if base is None or row is base else f"{paired(row, base):.2f}"
    together = row.memory.together_mb
    return (
        row.tool.name,
        f"{row.wall:.2f}" + ("" if len(row.runs) > 1 else " (1 run)"),
        f"{row.cpu:.2f}",
        f"{row.largest_mb:.0f}",
        "–" if together is None else f"{together:.0f}",
        ratio,
        f"{row.catalog.entities / row.wall:,.0f}",
        str(row.code),
        row.tool.does,
    )


def _growth_rows(report: Report) -> list[tuple[str, ...]]:
    return [
        (one.command, f"{one.smallest:,}", f"{one.largest:,}", f"{one.whole:.2f}", "–" if one.added is None else f"{one.added:.2f}")
        for one in growth(report.rows)
    ]


def columns(table: Sequence[tuple[str, ...]]) -> str:
    """A table in columns: names and remarks to the left, numbers between them to the right."""
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    lines = [
        "  ".join(
            cell.rjust(width) if 0 < number < TEXT_COLUMN else cell.ljust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in table
    ]
    return "\n".join(line.rstrip() for line in lines)


def pipes(table: Sequence[tuple[str, ...]]) -> str:
    """A table in Markdown."""
    rows = ["| " + " | ".join(row) + " |" for row in table]
    return "\n".join([rows[0], "|" + " --- |" * len(table[0]), *rows[1:]])
