"""Builds catalogs from YAML text, and checks payloads with the official files."""

import importlib.util
import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any
from zoneinfo import ZoneInfo

from tmfkit.catalog import Catalog, Summary
from tmfkit.compile.bundle import Payload, Settings
from tmfkit.link.link import link
from tmfkit.load.load import load
from tmfkit.load.parse import declare, head, mapping, summarize
from tmfkit.load.read import read
from tmfkit.load.tables import table_files
from tmfkit.source.tree import MemoryTree
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.versions import APIS

ZONE = ZoneInfo("Europe/Paris")
SETTINGS = Settings("2026.3", date(2026, 3, 1), ZONE)
ROOT = Path(__file__).resolve().parents[2]
SAMPLE = (Path(__file__).parent / "sample.yaml").read_text(encoding="utf-8")
OFFICIAL = {
    Dialect.TMF620_V4: "TMF620-v4.1.0.json",
    Dialect.TMF620_V5: "TMF620-v5.0.0.yaml",
    Dialect.TMF633_V4: "TMF633-v4.0.0.json",
    Dialect.TMF634_V4: "TMF634-v4.1.0.json",
    Dialect.TMF634_V5: "TMF634-v5.0.0.yaml",
}


def summaries(files: dict[str, str]) -> list[Summary]:
    """The summaries of all documents of some files, which must be without faults."""
    tree = MemoryTree(files)
    found = []
    for file in tree.files():
        documents, diagnostics = read(file, files[file])
        assert diagnostics == []
        for document, data in documents:
            key, problems = head(data)
            assert table_files(data, document, files[file], tree).diagnostics == []
            assert key is not None
            assert problems == []
            declaration = declare(key, mapping(data), (document,))
            assert declaration.problems == (), (key, declaration.problems)
            found.append(summarize(declaration))
    return found


def catalog(*texts: str, order: Iterable[int] | None = None) -> Catalog:
    """A catalog of one file for each text; `order` shuffles the entities."""
    files = {f"{index}.yaml": text for index, text in enumerate(texts)}
    found = summaries(files)
    found = [found[index] for index in order] if order is not None else found
    return Catalog(found, MemoryTree(files), ZONE)


def linked(files: dict[str, str]) -> Catalog:
    """A catalog of whole files, with all that they extend; it must be without faults."""
    tree = MemoryTree(files)
    loaded = load(tree, lambda *_: [])
    outcome = link(loaded, tree, ZONE, lambda *_: [])
    assert [*loaded.diagnostics, *outcome.diagnostics] == []
    return outcome.value


def by_id(payloads: Iterable[Payload]) -> dict[str, dict[str, Any]]:
    """The bodies of payloads by `resource/id`."""
    return {f"{payload.resource}/{payload.id}": payload.body for payload in payloads}


@cache
def official(reference: Path, dialect: Dialect) -> Any:
    """The official file of a dialect, as the reference validator reads it."""
    return _validator(reference).Specification(reference / "tmf" / OFFICIAL[dialect])


@cache
def _validator(reference: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("validate_tmf", reference / "tools" / "validate_tmf.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def allowed() -> tuple[re.Pattern[str], ...]:
    """The documented exceptions."""
    lines = (ROOT / "tests" / "tmf" / "allow.txt").read_text(encoding="utf-8").splitlines()
    return tuple(re.compile(line) for line in lines if line and not line.startswith("#"))


def faults(reference: Path, dialect: Dialect, payload: Payload) -> list[str]:
    """What the official file says against a payload."""
    schemas = {entry.path: entry.schema for entry in APIS[dialect].resources}
    found = official(reference, dialect).findings({"$ref": f"#/{schemas[payload.resource]}"}, payload.body, "$", True)
    said = (f"{payload.resource}/{payload.id}: {one}" for one in dict.fromkeys(found) if not any(rule.search(one) for rule in allowed()))
    return list(said)
