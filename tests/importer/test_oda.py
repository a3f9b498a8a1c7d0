"""The samples of the field: all of them get in, and every value comes back when they are compiled."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.importer.trees import project
from tmfkit.catalog import Catalog
from tmfkit.compile.compile import compile_catalog
from tmfkit.diagnostics.model import Severity
from tmfkit.files import write_all
from tmfkit.importer.notes import ADDITIONS, NORMALISATIONS, Weight
from tmfkit.importer.run import Import, prepare
from tmfkit.pipeline import validate
from tmfkit.project import Project, open_project
from tmfkit.source.document import Path as Where
from tmfkit.tmf.dialects import Dialect

PAYLOADS = 51
USED = {"minted-id", "zone", "moment", "list", "reference-address"}
"""The rows of `NORMALISATIONS` that the samples need; in a project whose zone is UTC."""


@pytest.fixture(scope="module")
def samples(reference: Path) -> Path:
    return reference / "samples" / "oda"


@pytest.fixture(scope="module")
def target(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Import]:
    fresh = project(tmp_path_factory.mktemp("oda"))
    result = prepare(fresh, [samples])
    write_all(fresh.root, result.files)
    return open_project(fresh.root).value, result


@pytest.fixture(scope="module")
def catalog(target: tuple[Project, Import]) -> Catalog:
    outcome = validate(target[0])
    assert [found.message for found in outcome.diagnostics if found.severity is Severity.ERROR] == []
    return outcome.value


@pytest.fixture(scope="module")
def bodies(target: tuple[Project, Import], catalog: Catalog) -> dict[str, dict[str, Any]]:
    """The compiled v4 body of every sample, by the name of its file."""
    bundle, _ = compile_catalog(catalog, Dialect.TMF620_V4, target[0].settings)
    by_id = {(str(payload.key.kind), payload.id): payload.body for payload in bundle.payloads}
    return {Path(origin.payload).name: {"id": origin.id, **by_id[origin.kind, origin.id]} for origin in target[1].origins}


def test_every_payload_is_accounted_for(samples: Path, target: tuple[Project, Import], bodies: dict[str, Any]) -> None:
    files = {file.name for file in samples.glob("*.json")}
    assert len(files) == PAYLOADS
    assert set(bodies) == files
    assert target[1].is_whole
    assert not target[1].remaining


def test_every_value_comes_back_at_its_path(samples: Path, target: tuple[Project, Import], bodies: dict[str, Any]) -> None:
    noted = {
        (Path(note.file).name, note.path): note.rule for note in target[1].notes if note.weight is Weight.REPAIRED
    }  # fmt: skip
    lost = []
    for name, body in bodies.items():
        source = json.loads((samples / name).read_text())
        for path, value, found in compared(source, body, ()):
            rule = next((noted[name, path[:end]] for end in range(len(path), 0, -1) if (name, path[:end]) in noted), None)
            if rule is None or not ALLOWED[rule](value, found):
                lost.append((name, path, value, found, rule))
    assert lost == []


ABSENT = object()


def is_same_moment(value: Any, found: Any) -> bool:
    moment = datetime.fromisoformat(value)
    return (moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo("UTC"))) == datetime.fromisoformat(found)


ALLOWED = {
    "zone": is_same_moment,
    "moment": is_same_moment,
    "list": lambda value, found: found == [value] or found == value,
    "reference-address": lambda value, found: value.split("/")[-1] == found.split("/")[-1],
}
"""How far each repair may lead away from the source."""


def compared(source: Any, body: Any, path: Where) -> Iterator[tuple[Where, Any, Any]]:
    """The values of the source that are not at their path in the body, with what is there."""
    if isinstance(source, dict):
        inner = body[0] if isinstance(body, list) and len(body) == 1 else body
        for key, value in source.items():
            yield from compared(value, inner.get(key, ABSENT) if isinstance(inner, dict) else ABSENT, (*path, key))
        if inner is not body:
            yield path, source, [source]
    elif isinstance(source, list) and isinstance(body, list):
        for index, value in enumerate(source):
            yield from compared(value, body[index] if index < len(body) else ABSENT, (*path, index))
    elif source != body or isinstance(source, bool) != isinstance(body, bool):
        yield path, source, body


def test_nothing_is_added_but_what_is_listed(samples: Path, bodies: dict[str, Any]) -> None:
    added = set()
    for name, body in bodies.items():
        source = json.loads((samples / name).read_text())
        added |= {path for path in new_paths(source, body, ()) if not is_listed(path)}
    assert added == set()


def new_paths(source: Any, body: Any, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The properties of the body that the source does not have, without the positions in lists."""
    if isinstance(body, dict):
        inner = source if isinstance(source, dict) else {}
        for key, value in body.items():
            if key in inner:
                yield from new_paths(inner[key], value, (*path, key))
            else:
                yield (*path, key)
    elif isinstance(body, list):
        items = source if isinstance(source, list) else [source]
        for index, value in enumerate(body):
            yield from new_paths(items[index] if index < len(items) else {}, value, path)


def is_listed(path: tuple[str, ...]) -> bool:
    patterns = {pattern for row in ADDITIONS for pattern in row.paths}
    return path[0] in patterns or any(f"*/{part}" in patterns for part in path[1:])


def test_the_list_of_normalisations_is_as_long_as_it_must_be(target: tuple[Project, Import]) -> None:
    rules = {note.rule for note in target[1].notes if note.rule}
    assert rules == USED
    assert rules <= set(NORMALISATIONS)


def test_references_by_product_number_are_resolved(catalog: Catalog) -> None:
    sold = {str(link.id) for summary in catalog.of("ProductOffering") for link in summary.links if link.field == "product"}
    assert sold == {
        "DC-W-3000", "DDOS-E-4000", "FB-W-1000", "FW-E-3000", "ME-W-2000", "MPLS-E-1000", "SDWAN-E-2000", "VI-W-4000",
    }  # fmt: skip


def test_what_dangles_is_external_and_reported(target: tuple[Project, Import]) -> None:
    doubts = [note for note in target[1].notes if note.weight is Weight.DOUBTED and "lies outside" in note.message]
    assert {note.message.split("`")[1] for note in doubts} == {"9881", "2646", "1747", "22", "EN001", "ES001", "WC001", "WI001"}
    assert len(doubts) == 20


def test_another_time_zone_loses_nothing(samples: Path, tmp_path: Path) -> None:
    result = prepare(project(tmp_path, "timezone: America/New_York\n"), [samples])
    assert result.is_whole
    assert "validFor: {from: 2017-08-23, until: 2018-03-25}" in result.files["catalog/prices/prices.yaml"]
    assert "2017-08-23T00:00" not in "".join(result.files.values())


def test_importing_twice_makes_the_same_files(samples: Path, target: tuple[Project, Import], tmp_path: Path) -> None:
    assert prepare(project(tmp_path), [samples]).files == target[1].files


def test_a_second_import_needs_force(samples: Path, target: tuple[Project, Import]) -> None:
    again = prepare(target[0], [samples])
    assert {fault.code for fault in again.faults} == {"TK023"}
    assert not prepare(target[0], [samples], force=True).faults


def test_the_yaml_reads_well(target: tuple[Project, Import], golden: Any) -> None:
    for file, text in target[1].files.items():
        golden(f"importer/oda/{file.removeprefix('catalog/')}", text)
