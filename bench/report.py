"""Says what was measured: a table for people, the same in Markdown, and all figures as JSON."""

import json
import os
import platform
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias

from bench.compare import Row, paired

BASE = "tmfkit validate"
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
    return _written(report, _columns, "")


def as_markdown(report: Report) -> str:
    """The report as a Markdown page."""
    return _written(report, _pipes, "## ")


def as_json(report: Report) -> str:
    """All figures, those of every single run too."""
    growth = {name: rate for name, _, _, rate in _growth(report.rows)}
    body = {"machine": machine(), "rows": [row.as_json() for row in report.rows], "growth": growth, "notes": report.notes}
    return json.dumps(body, indent=2, ensure_ascii=False) + "\n"


def _written(report: Report, table: Table, mark: str) -> str:
    parts = [f"Medians of whole processes on {machine()}. Compare within one run only."]
    for (entities, layout), group in groupby(report.rows, key=lambda row: (row.catalog.entities, row.layout)):
        rows = tuple(group)
        parts.append(f"{mark}{entities:,} entities, {'one' if layout == 'file' else 'fifty'} a file")
        parts.append(f"{rows[0].catalog}.")
        parts.append(table([_HEAD, *(_cells(row, rows) for row in rows)]))
    growth = _growth(report.rows)
    if growth:
        parts.append(f"{mark}Growth: time per entity at the largest size against the smallest")
        head = ("command", "from", "to", "growth")
        parts.append(table([head, *((name, f"{low:,}", f"{high:,}", f"{rate:.2f}") for name, low, high, rate in growth)]))
    parts += report.notes
    return "\n\n".join(parts) + "\n"


def _cells(row: Row, rows: Sequence[Row]) -> tuple[str, ...]:
    base = next((other for other in rows if other.tool.name == BASE), None)
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


def _growth(rows: Sequence[Row]) -> list[tuple[str, int, int, float]]:
    """For every command and layout: smallest and largest size, and how the time per entity grew between them (1 is linear)."""
    found = []
    for name in dict.fromkeys((row.tool.name, row.layout) for row in rows):
        mine = sorted((row for row in rows if (row.tool.name, row.layout) == name), key=lambda row: row.catalog.entities)
        low, high = mine[0], mine[-1]
        if low.catalog.entities < high.catalog.entities:
            rate = (high.wall / high.catalog.entities) / (low.wall / low.catalog.entities)
            found.append(
                (" ".join((name[0], "" if name[1] == "file" else "(fifty)")).strip(), low.catalog.entities, high.catalog.entities, rate)
            )
    return found


def _columns(table: Sequence[tuple[str, ...]]) -> str:
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    lines = [
        "  ".join(
            cell.rjust(width) if 0 < number < len(row) - 1 else cell.ljust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in table
    ]
    return "\n".join(line.rstrip() for line in lines)


def _pipes(table: Sequence[tuple[str, ...]]) -> str:
    rows = ["| " + " | ".join(row) + " |" for row in table]
    return "\n".join([rows[0], "|" + " --- |" * len(table[0]), *rows[1:]])
