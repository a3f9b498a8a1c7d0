"""`tmfkit import --from`: what a live catalog holds becomes YAML that compiles to the same payloads."""

import json
from pathlib import Path

import pytest
import urllib3

from tests.live.servers import serving
from tmfkit.cli.app import run
from tmfkit.remote.profiles import PROFILES
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.versions import APIS

CATALOG = """kind: Category
id: internet
name: Internet
---
kind: ProductSpecification
id: access
name: Access
characteristics: {speed: {type: integer, values: [100, 500]}}
---
kind: ProductOffering
id: home
name: Home
product: access
lifecycle: Launched
categories: [internet]
prices: {monthly: {type: recurring, every: 1 month, amount: 49.90 EUR}}
"""
TARGET = """targets:
  shop: {apis: {tmf620-v4: {url: "http://127.0.0.1:1/", profile: embedded}}}
"""


def test_a_live_catalog_becomes_yaml_and_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = project(tmp_path / "first", CATALOG), project(tmp_path / "second", "")
    assert run(["compile", "--project", str(first)]) == 0
    with serving(PROFILES["embedded"], [Dialect.TMF620_V4]) as server:
        for body in payloads(first):
            post(server.url, body)
        assert run(["import", "--from", "shop", "--url", server.url, "--project", str(second)]) == 0
    assert "tmf620-v4/" not in capsys.readouterr().err
    assert run(["compile", "--project", str(second)]) == 0
    assert told(second) == told(first)


def project(folder: Path, text: str) -> Path:
    (folder / "catalog").mkdir(parents=True)
    (folder / "tmfkit.yaml").write_text("dialects: [tmf620-v4]\n" + TARGET)
    if text:
        (folder / "catalog" / "all.yaml").write_text(text)
    return folder


def payloads(folder: Path) -> list[tuple[str, str, dict[str, object]]]:
    index = json.loads((folder / "build" / "tmf620-v4" / "index.json").read_text())["payloads"]
    return [(row["resource"], row["id"], json.loads((folder / "build" / "tmf620-v4" / row["file"]).read_text())) for row in index]


def told(folder: Path) -> dict[str, object]:
    return {f"{resource}/{id}": body for resource, id, body in payloads(folder)}


def post(url: str, payload: tuple[str, str, dict[str, object]]) -> None:
    resource, id, body = payload
    answer = urllib3.request("POST", f"{url}{APIS[Dialect.TMF620_V4].base_path}{resource}", json={**body, "id": id}, retries=False)
    assert answer.status == 201, answer.data


def test_an_empty_server_and_no_source_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = project(tmp_path / "one", "")
    with serving(PROFILES["embedded"], [Dialect.TMF620_V4]) as server:
        assert run(["import", "--from", "shop", "--url", server.url, "--project", str(folder)]) == 4
    assert "there is nothing to import" in capsys.readouterr().err
    assert run(["import", "--project", str(folder)]) == 2
    assert run(["import", "--from", "shp", "--project", str(folder)]) == 2
    assert run(["import", "--from", "shop", "--project", str(folder)]) == 4
