"""The table of cases: a small catalog, what is edited in it, and the changes that follow."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from tests.catalogs import UTC
from tmfkit.catalog import Catalog
from tmfkit.check.engine import inspect_entity
from tmfkit.diff.change import Change
from tmfkit.link.link import link
from tmfkit.load.load import load
from tmfkit.source.tree import MemoryTree

HERE = Path(__file__).parent
BASE = (HERE / "catalog.yaml").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Case:
    """One row: its name, both texts, and the changes as lines."""

    name: str
    before: str
    after: str
    changes: tuple[str, ...]


def linked(text: str | dict[str, str]) -> Catalog:
    """A catalog in memory, read and linked; the rules have not seen it."""
    tree = MemoryTree({"catalog.yaml": text} if isinstance(text, str) else text)
    return link(load(tree, inspect_entity), tree, UTC, inspect_entity).value


@cache
def base() -> Catalog:
    """The small catalog as it is before every edit."""
    return linked(BASE)


def cases() -> list[Case]:
    """All rows of the table."""
    rows = yaml.safe_load((HERE / "cases.yaml").read_text(encoding="utf-8"))
    return [Case(row["case"], BASE, edited(BASE, row["edits"]), tuple(row["changes"])) for row in rows]


def edited(text: str, edits: list[list[str]]) -> str:
    """A text with each old part replaced; it has to stand there exactly once."""
    for old, new in edits:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the catalog"
        text = text.replace(old, new)
    return text


def line(change: Change) -> str:
    """A change as the table tells it."""
    return f"{change.kind} | {change.key.kind}/{change.key.id} | {change.path} | {change.impact} | {change.reach}"
