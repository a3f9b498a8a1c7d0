"""Small catalogs for tests: a project in memory, and the same on disk."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from tmfkit.catalog import Catalog
from tmfkit.check.engine import inspect_entity
from tmfkit.check.whole import check
from tmfkit.diagnostics.model import Outcome, in_order
from tmfkit.link.link import link
from tmfkit.load.load import load
from tmfkit.rules.sets import SILENT
from tmfkit.source.tree import MemoryTree

UTC = ZoneInfo("UTC")


def validated(files: Mapping[str, str | bytes] | str, silent: frozenset[str] = SILENT) -> Outcome[Catalog]:
    """What `validate` makes of a catalog in memory; a single text is one file called `catalog.yaml`, `silent` rules do not run."""
    tree = MemoryTree({"catalog.yaml": files} if isinstance(files, str) else files)
    inspect = partial(inspect_entity, silent=silent)
    loaded = load(tree, inspect)
    linked = link(loaded, tree, UTC, inspect)
    return Outcome(linked.value, in_order((*loaded.diagnostics, *linked.diagnostics, *check(linked.value, silent))))


def found(files: Mapping[str, str | bytes] | str) -> list[str]:
    """The findings of a catalog as `CODE file:line:column`."""
    return [f"{finding.code} {finding.primary}" for finding in validated(files).diagnostics]


def written(folder: Path, files: Mapping[str, str | bytes], settings: str = "") -> Path:
    """A project on disk with these files below `catalog/`."""
    (folder / "catalog").mkdir(parents=True, exist_ok=True)
    (folder / "tmfkit.yaml").write_text(settings, encoding="utf-8")
    for name, content in files.items():
        path = folder / "catalog" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder
