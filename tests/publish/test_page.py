"""The page about publishing works when it is pasted, one command after the other, against a server on a free port."""

from itertools import pairwise
from pathlib import Path

from tests.architecture.sources import ROOT
from tests.docs.blocks import Block, blocks_of
from tests.docs.test_how_to import copy_of_the_checkout
from tests.docs.test_readme import matches, pasted
from tests.live.servers import serving
from tests.repositories import git, repository
from tmfkit.remote.profiles import PROFILES
from tmfkit.tmf.dialects import Dialect

PAGE = ROOT / "docs" / "how-to" / "publish.md"
CONFIGURED = "http://127.0.0.1:8000"


def test_the_page_runs_as_it_is_written(tmp_path: Path) -> None:
    copy_of_the_checkout(tmp_path)
    repository(tmp_path, [{".gitignore": "state/\n"}])
    git(tmp_path, "tag", "v2026.10")
    ran: list[str] = []
    blocks = [*blocks_of(PAGE.name, PAGE.read_text(encoding="utf-8")), Block(PAGE.name, 0, "", (), "")]
    with serving(PROFILES["embedded"], (Dialect.TMF620_V5, Dialect.TMF633_V4, Dialect.TMF634_V5)) as server:
        settings = tmp_path / "tmfkit.yaml"
        assert CONFIGURED in settings.read_text()
        settings.write_text(settings.read_text().replace(CONFIGURED, server.url))
        for block, following in pairwise(blocks):
            if block.language == "sh" and "serve" not in block.text:
                done = pasted(block, tmp_path)
                assert done.returncode == 0, f"{block}: {done.stdout}{done.stderr}"
                assert following.language != "text" or matches(following.text, done.stdout), f"{block}: prints\n{done.stdout}"
                ran.append(block.text.split()[1])
    assert ran == ["plan", "publish", "plan", "plan", "drift", "adopt", "rollback"]
