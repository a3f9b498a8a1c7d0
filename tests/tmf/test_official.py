"""Every word of every catalog, filled to the brim, passes the official file of every dialect."""

import importlib.util
import re
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.tmf.samples import NOUNS, SERVED, maximal
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.render import render
from tmfkit.tmf.versions import APIS, Resource

OFFICIAL = {
    Dialect.TMF620_V4: "TMF620-v4.1.0.json",
    Dialect.TMF620_V5: "TMF620-v5.0.0.yaml",
    Dialect.TMF633_V4: "TMF633-v4.0.0.json",
    Dialect.TMF634_V4: "TMF634-v4.1.0.json",
    Dialect.TMF634_V5: "TMF634-v5.0.0.yaml",
}
ALLOWED = [
    re.compile(line)
    for line in Path(__file__).with_name("allow.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@cache
def validator(reference: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("validate_tmf", reference / "tools" / "validate_tmf.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def official(reference: Path, dialect: Dialect) -> Any:
    return validator(reference).Specification(reference / "tmf" / OFFICIAL[dialect])


def findings(reference: Path, dialect: Dialect, schema: str, body: dict[str, Any]) -> list[str]:
    found = official(reference, dialect).findings({"$ref": f"#/{schema}"}, body, "$", True)
    return [finding for finding in dict.fromkeys(found) if not any(pattern.search(finding) for pattern in ALLOWED)]


@pytest.mark.parametrize(("dialect", "resource"), SERVED, ids=[f"{dialect}-{entry.noun}" for dialect, entry in SERVED])
def test_a_maximal_item_has_no_findings(reference: Path, dialect: Dialect, resource: Resource) -> None:
    body = render(maximal(NOUNS[resource.noun]), dialect).body
    assert findings(reference, dialect, resource.schema, body) == []


def test_the_official_files_do_find_faults(reference: Path) -> None:
    body = render(maximal(NOUNS["ProductOffering"]), Dialect.TMF620_V5).body
    del body["name"]
    body["isBundle"] = "no"
    body["colour"] = "red"
    found = findings(reference, Dialect.TMF620_V5, "ProductOffering_FVO", body)
    assert sorted(line.partition(":")[0] for line in found) == ["$.colour", "$.isBundle", "$.name"]


@pytest.mark.parametrize("dialect", Dialect)
def test_base_paths_are_the_official_ones(reference: Path, dialect: Dialect) -> None:
    document = official(reference, dialect).document
    stated = document.get("basePath") or document["servers"][0]["url"].removeprefix("https://serverRoot")
    assert APIS[dialect].base_path == stated
    assert all(f"/{entry.path}" in document["paths"] for entry in APIS[dialect].resources)


def test_each_exception_is_needed_and_only_where_it_is_documented(reference: Path) -> None:
    met: dict[str, set[str]] = {pattern.pattern: set() for pattern in ALLOWED}
    for dialect, resource in SERVED:
        body = render(maximal(NOUNS[resource.noun]), dialect).body
        for finding in official(reference, dialect).findings({"$ref": f"#/{resource.schema}"}, body, "$", True):
            for pattern in ALLOWED:
                if pattern.search(finding):
                    met[pattern.pattern].add(f"{dialect} {resource.noun}")
    extension, name, value = met
    assert len(met[extension]) == len(SERVED)
    assert met[name] == {"tmf634-v5 ResourceCandidate"}
    assert met[value] == {"tmf634-v5 ResourceSpecification"}
