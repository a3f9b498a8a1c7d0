"""How grave each sort of change is, whom it reaches, and why: one table, read from the top, the first row that fits counts."""

from fnmatch import fnmatchcase
from functools import lru_cache

from tmfkit.diff.change import Impact, Reach
from tmfkit.diff.impact_table import ROWS, WORST
from tmfkit.diff.rows import Row
from tmfkit.diff.sorts import Both, Sort, is_draft, price_path
from tmfkit.diff.walk import Difference
from tmfkit.model.products import ProductOffering


def graded(kind: str, path: str, sort: Sort, found: Difference, both: Both) -> tuple[Impact, Reach, str]:
    """The impact of a difference, whom it reaches, and a sentence that says why. What no row knows counts as the worst."""
    row = row_of(kind, price_path(path, kind), sort)
    impact, reach = row.impact, row.reach
    if found.cohort == "new":
        reach = min(reach, Reach.NEW)
    if _is_untouched_draft(both):
        return min(impact, Impact.ADDITIVE), Reach.NOBODY, f"{row.reason} Nobody could buy it yet."
    return impact, reach, row.reason


@lru_cache(maxsize=4096)
def row_of(kind: str, path: str, sort: Sort) -> Row:
    """The first row that fits."""
    return next((row for row in ROWS if _fits(row, kind, path, sort)), WORST)


def _fits(row: Row, kind: str, path: str, sort: Sort) -> bool:
    there = path.split("/")
    return kind in row.kinds and (not row.sorts or sort in row.sorts) and any(_leads(one.split("/"), there) for one in row.paths)


def _leads(pattern: list[str], path: list[str]) -> bool:
    """`*` stands for one name, `**` at the end for all that follows, be it nothing."""
    if pattern and pattern[-1] == "**":
        head = pattern[:-1]
        return len(path) >= len(head) and _leads(head, path[: len(head)])
    return len(pattern) == len(path) and all(fnmatchcase(name, one) for one, name in zip(pattern, path, strict=True))


def _is_untouched_draft(both: Both) -> bool:
    """An offering that stays a draft; what becomes of its specifications can matter to others."""
    return isinstance(both.before, ProductOffering) and is_draft(both.before) and (both.after is None or is_draft(both.after))
