"""`tmfkit rollback`: a target goes back to what a release in git says, over real HTTP and with the same brakes."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.live.servers import LiveServer, serving
from tests.repositories import git, repository
from tmfkit.cli.app import run
from tmfkit.remote.profiles import PROFILES
from tmfkit.tmf.dialects import Dialect

SETTINGS = """dialects: [tmf620-v4]
release: {name: "NAME"}
targets:
  shop: {apis: {tmf620-v4: {url: "http://127.0.0.1:1/", profile: PROFILE}}}
"""
CATALOG = """kind: ProductSpecification
id: access
name: Access
---
kind: ProductOffering
id: ID
name: Home
product: access
lifecycle: Launched
prices: {monthly: {type: recurring, every: 1 month, amount: AMOUNT EUR}}
"""


def state(name: str, profile: str, id: str, amount: str, more: str = "") -> dict[str, str]:
    catalog = CATALOG.replace("ID", id, 1).replace("AMOUNT", amount) + more
    return {
        "tmfkit.yaml": SETTINGS.replace("NAME", name).replace("PROFILE", profile),
        "catalog/all.yaml": catalog,
        ".gitignore": "state/\n",
    }


@pytest.mark.parametrize("profile", PROFILES)
def test_a_target_goes_back_and_renamed_items_keep_their_identity(profile: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    renamed = state("2", profile, "house", "29.00", "renamedFrom: home\n")
    repository(tmp_path, [state("1", profile, "home", "20.00")])
    git(tmp_path, "tag", "r1")
    with serving(PROFILES[profile], [Dialect.TMF620_V4]) as server:
        reach = ["--url", server.url, "--project", str(tmp_path), "--yes"]
        assert run(["publish", "shop", *reach]) == 0
        first = held(server)
        for name, text in renamed.items():
            (tmp_path / name).write_text(text)
        assert run(["publish", "shop", *reach]) == 0
        assert held(server) != first
        assert run(["rollback", "shop", "r1", *reach]) == 4, "a price falls by more than a fifth: the brake holds"
        capsys.readouterr()
        assert run(["rollback", "shop", "r1", "--format", "json", *reach]) == 4
        assert [stop["brake"] for stop in json.loads(capsys.readouterr().out)["stops"]] == ["price-drop"]
        assert run(["rollback", "shop", "r1", "--dry-run", "--allow", "price-drop", *reach]) == 0
        assert held(server) != first
        assert run(["rollback", "shop", "r1", "--allow", "price-drop", *reach]) == 0
        assert held(server) == first
        assert run(["rollback", "shop", "r1", *reach]) == 0
        assert held(server) == first


def held(server: LiveServer) -> Mapping[str, Any]:
    """What the server has, without what changes with every write."""
    items = [dict(body) for body in server.catalogs[Dialect.TMF620_V4].held("productOffering").values()]
    prices = [dict(body) for body in server.catalogs[Dialect.TMF620_V4].held("productOfferingPrice").values()]
    return {str(body["id"]): json.loads(json.dumps({**body, "lastUpdate": ""})) for body in (*items, *prices)}


@pytest.mark.parametrize(("release", "said"), [("r9", "r9"), ("", "")])
def test_a_release_that_git_does_not_know_is_one_line(release: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    repository(tmp_path, [state("1", "embedded", "home", "20.00")])
    assert run(["rollback", "shop", release, "--yes", "--project", str(tmp_path)]) == 4
    shown = capsys.readouterr().err
    assert said in shown
    assert "Traceback" not in shown
