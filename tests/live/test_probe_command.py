"""`tmfkit probe` over real HTTP: what it says, what it asks first, and that the catalog of our own fits its row."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.live.servers import serving
from tmfkit.remote.profiles import PROFILES
from tmfkit.serve.run import running
from tmfkit.serve.settings import Limits
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.versions import APIS

LATEST = (Dialect.TMF620_V5, Dialect.TMF633_V4, Dialect.TMF634_V5)


def project(folder: Path, profile: str = "embedded") -> Path:
    apis = [f"      {one}: {{url: 'http://127.0.0.1:9{APIS[one].base_path}', profile: {profile}}}" for one in LATEST]
    (folder / "tmfkit.yaml").write_text("targets:\n  local:\n    apis:\n" + "\n".join(apis) + "\n", encoding="utf-8")
    (folder / "catalog").mkdir()
    return folder


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tmfkit", "probe", "local", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    return subprocess.run(command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)


def test_our_own_catalog_fits_its_row(tmp_path: Path) -> None:
    with running() as url:
        done = run(project(tmp_path), "--url", url, "--yes", "--exit-code")
    assert done.returncode == 0, done.stdout + done.stderr
    verdicts = [line for line in done.stdout.splitlines() if " fits " in line]
    assert len(verdicts) == 3
    assert all("fits `embedded`" in line for line in verdicts)


def test_the_row_of_our_own_catalog_has_its_limits() -> None:
    assert (PROFILES["embedded"].body_limit, PROFILES["embedded"].page) == (Limits().body, Limits().page)


def test_another_row_is_advised(tmp_path: Path) -> None:
    with serving(PROFILES["minting"], LATEST) as live:
        done = run(project(tmp_path, "v5"), "--url", live.url, "--yes", "--exit-code")
    assert done.returncode == 5, done.stdout + done.stderr
    assert "tmfkit.yaml says `v5` for tmf633-v4: write `profile: minting` there" in done.stdout
    assert "a specification brings its candidate" in done.stdout


def test_a_server_that_fits_no_row_is_told_what_differs(tmp_path: Path) -> None:
    with serving(replace(PROFILES["v5"], nulls=False), LATEST) as live:
        done = run(project(tmp_path, "v5"), "--url", live.url, "--yes")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "fits no profile; `v5` is the nearest" in done.stdout
    assert "a null in a patch is refused (400); `v5` says: yes" in done.stdout


def test_the_same_as_data(tmp_path: Path) -> None:
    with serving(PROFILES["v5"], LATEST) as live:
        done = run(project(tmp_path), "--url", live.url, "--yes", "--format", "json")
    found = json.loads(done.stdout)
    assert [one["dialect"] for one in found] == list(LATEST)
    assert all(one["fits"] == ["v5"] and one["configured"] == "embedded" for one in found)
    assert {trait["name"] for trait in found[0]["differs"]} == {"partial", "tags"}


def test_nothing_is_written_unasked(tmp_path: Path) -> None:
    with serving(PROFILES["v5"], LATEST) as live:
        done = run(project(tmp_path), "--url", live.url)
        assert live.seen == []
    assert done.returncode == 2
    assert "say --yes" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--yes",), 4, "nothing listens there"),
        (("--yes", "--url", "ftp://catalog.example"), 2, "http"),
    ],
)
def test_servers_that_are_not_there(tmp_path: Path, arguments: tuple[str, ...], code: int, said: str) -> None:
    done = run(project(tmp_path), *arguments)
    assert (done.returncode, said in done.stderr) == (code, True), done.stderr
    assert "left there" not in done.stderr
