"""A compiled release over the standard APIs: every payload under its id, nothing to change, and folders that hold none."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.catalogs import written
from tests.serve.client import Client
from tmfkit.cli.app import run
from tmfkit.errors import TmfkitError
from tmfkit.serve.run import running_release
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.rest import REST

CATALOG = """
kind: ProductOffering
id: fibre
name: Fibre
product: access
lifecycle: Launched
version: "2.1"
prices:
  monthly: {type: recurring, every: 1 month, amount: 49.90 EUR}
---
kind: ProductSpecification
id: access
name: Access
services: [internet]
---
kind: ResourceFacingServiceSpecification
id: a-line
name: Line
controller: hands
---
kind: CustomerFacingServiceSpecification
id: internet
name: Internet
services: {a-line: {}}
---
kind: System
id: hands
name: Hands
role: manual
"""


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = written(tmp_path_factory.mktemp("release"), {"all.yaml": CATALOG}, 'release: {name: "2026.1", date: 2026-01-15}')
    assert run(["compile", "-p", str(folder)]) == 0
    return folder / "build"


@pytest.fixture(scope="module")
def root(build: Path) -> Iterator[str]:
    with running_release(build) as (address, release):
        assert (release.name, release.items) == ("2026.1", sum(1 for _ in payloads(build)))
        yield address


def payloads(build: Path) -> Iterator[tuple[Dialect, str, str, Any]]:
    for dialect in Dialect:
        for entry in json.loads((build / dialect / "index.json").read_text())["payloads"]:
            yield dialect, entry["resource"], entry["id"], json.loads((build / dialect / entry["file"]).read_text())


def test_every_payload_is_there_under_its_id(root: str, build: Path) -> None:
    seen = 0
    for dialect, resource, id, body in payloads(build):
        found = Client(root, dialect).get(f"{resource}/{id}")
        assert found.status == 200
        assert found.body == {**body, "id": id, "href": found.body["href"]}
        seen += 1
    assert seen == 10


def test_lists_are_complete_and_can_be_asked(root: str, build: Path) -> None:
    for dialect in Dialect:
        for row in REST[dialect].resources:
            ids = {id for api, resource, id, _ in payloads(build) if (api, resource) == (dialect, row.path)}
            assert {item["id"] for item in Client(root, dialect).get(row.path).body} == ids
    found = Client(root, Dialect.TMF620_V4).get("productOfferingPrice?price.value=49.9&fields=price").body
    assert [item["price"]["value"] for item in found] == [49.9]


def test_each_body_has_the_state_and_the_moment_of_the_release(root: str) -> None:
    for dialect in (Dialect.TMF620_V4, Dialect.TMF620_V5):
        item = Client(root, dialect).get("productOffering/fibre").body
        assert (item["lifecycleStatus"], item["lastUpdate"], item["version"]) == ("Launched", "2026-01-15T00:00:00Z", "2.1")


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "category", {"name": "A"}),
        ("PATCH", "productOffering/fibre", {"name": "B"}),
        ("PATCH", "productOffering/nothing", {"name": "B"}),
        ("DELETE", "productOffering/fibre", None),
        ("POST", "hub", {"callback": "http://x/"}),
        ("POST", "importJob", {"url": "http://x/"}),
        ("PUT", "category", {}),
    ],
)
def test_nothing_can_be_changed(root: str, method: str, path: str, body: Any) -> None:
    reply = Client(root, Dialect.TMF620_V4).send(method, path, body)
    assert (reply.status, reply.headers["allow"]) == (405, "GET, HEAD")
    assert reply.body["message"] == "this is release 2026.1 of the catalog, which is only read here: change the catalog and publish it"


@pytest.mark.parametrize(
    ("path", "allowed"),
    [("category", "GET, HEAD"), ("productOffering/fibre", "GET, HEAD"), ("hub", "GET, HEAD"), ("listener/categoryCreateEvent", "")],
)
def test_it_offers_nothing_that_changes_something(root: str, path: str, allowed: str) -> None:
    reply = Client(root, Dialect.TMF620_V4).send("OPTIONS", path)
    assert (reply.status, reply.headers["allow"]) == (405, allowed)


def test_an_item_of_another_release_has_another_tag(build: Path, tmp_path: Path) -> None:
    other = shutil.copytree(build, tmp_path / "build")
    bundle = other / "tmf620-v4" / "bundle.json"
    bundle.write_text(bundle.read_text().replace("49.9", "59.9"))
    tags = []
    for folder in (build, build, other):
        with running_release(folder) as (address, _):
            client = Client(address, Dialect.TMF620_V4)
            tags.append(client.get("productOfferingPrice/fibre.monthly").headers["etag"])
            known = client.send("GET", "productOfferingPrice/fibre.monthly", headers={"If-None-Match": tags[0]})
            assert known.status == (304 if tags[-1] == tags[0] else 200)
    assert tags[0] == tags[1] != tags[2]


def broken(build: Path, folder: Path, change: str) -> Path:
    shutil.copytree(build, folder)
    match change:
        case "torn":
            (folder / "tmf620-v4" / "bundle.json").write_text('{"dialect"')
        case "list":
            (folder / "tmf620-v4" / "index.json").write_text("[]")
        case "no index":
            (folder / "tmf620-v4" / "index.json").unlink()
        case "other index":
            shutil.copy(folder / "tmf633-v4" / "index.json", folder / "tmf620-v4" / "index.json")
        case "two releases":
            text = (folder / "tmf620-v5" / "bundle.json").read_text()
            (folder / "tmf620-v5" / "bundle.json").write_text(text.replace('"2026.1"', '"2026.2"', 1))
        case "nothing":
            shutil.rmtree(folder)
    return folder


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("torn", "cannot be read"),
        ("list", "is not what `tmfkit build` writes"),
        ("no index", "cannot be read"),
        ("other index", "do not belong together"),
        ("two releases", "several releases: 2026.1, 2026.2"),
        ("nothing", "there is no compiled release"),
    ],
)
def test_a_folder_that_is_no_release(build: Path, tmp_path: Path, change: str, why: str) -> None:
    with pytest.raises(TmfkitError, match=why) as refused, running_release(broken(build, tmp_path / "build", change)):
        pass
    assert refused.value.hint
