"""What tmfkit compiles, it can import: the example catalog goes out and comes back in every dialect."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.architecture.sources import ROOT
from tests.importer.test_oda import is_listed, new_paths
from tests.importer.trees import messages, payloads, project
from tmfkit.catalog import Catalog
from tmfkit.compile.compile import compile_catalog
from tmfkit.files import write_all
from tmfkit.importer.run import Import, prepare
from tmfkit.pipeline import validate
from tmfkit.project import Project, open_project
from tmfkit.tmf.dialects import Dialect

SETS = {
    "version 4": (Dialect.TMF620_V4, Dialect.TMF633_V4, Dialect.TMF634_V4),
    "version 5": (Dialect.TMF620_V5, Dialect.TMF633_V4, Dialect.TMF634_V5),
}


@pytest.fixture(scope="module")
def example() -> tuple[Project, Catalog]:
    found = open_project(ROOT).value
    return found, validate(found).value


@pytest.fixture(scope="module", params=SETS.values(), ids=SETS)
def returned(
    request: pytest.FixtureRequest, example: tuple[Project, Catalog], tmp_path_factory: pytest.TempPathFactory
) -> tuple[dict[str, Any], Import, Project]:
    """The bodies that went out by their files, what importing them came to, and the project that they came into."""
    folder = tmp_path_factory.mktemp("own")
    bodies: dict[str, Any] = {}
    for dialect in request.param:
        bundle, _ = compile_catalog(example[1], dialect, example[0].settings)
        bodies |= {f"{dialect}/{payload.resource}/{payload.id}.json": payload.body for payload in bundle.payloads}
    target = project(folder / "project", "timezone: Europe/Paris\nrelease: {date: 2026-11-23}\n")
    result = prepare(target, [payloads(folder / "in", bodies)])
    write_all(target.root, result.files)
    return bodies, result, open_project(target.root).value


def test_every_value_comes_back(returned: tuple[dict[str, Any], Import, Project]) -> None:
    assert [message for message in messages(returned[1], "left out") if "`reduces` is missing" not in message] == []
    assert len(returned[1].origins) > 300


def test_nothing_is_added_but_what_is_listed(returned: tuple[dict[str, Any], Import, Project]) -> None:
    bodies, result, target = returned
    catalog = validate(target).value
    files = {(origin.kind, origin.id): origin.payload.rpartition("/in/")[2] for origin in result.origins}
    added: set[tuple[str, ...]] = set()
    compared = 0
    for dialect in {Dialect(name.partition("/")[0]) for name in bodies}:
        for payload in compile_catalog(catalog, dialect, target.settings)[0].payloads:
            name = files.get(tuple(payload.key), "")
            if name.startswith(f"{dialect}/{payload.resource}/"):
                compared += 1
                added |= set(unlisted(bodies[name], payload.body))
    assert added == set()
    assert compared == len(result.origins)


def unlisted(source: dict[str, Any], body: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    body = json.loads(json.dumps(body))
    yield from (path for path in new_paths(source, body, ()) if not is_listed(path))
