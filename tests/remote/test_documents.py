"""The page about targets shows settings that hold, and names every key, profile and way to say who asks."""

from pathlib import Path

import pytest

from tests.architecture.sources import ROOT
from tests.catalogs import written
from tests.docs.blocks import Block, blocks_of
from tmfkit.model.problems import keys_of
from tmfkit.project import open_project
from tmfkit.remote import identification
from tmfkit.remote.profiles import PROFILES
from tmfkit.remote.settings import Target

TEXT = (ROOT / "docs" / "reference" / "targets.md").read_text(encoding="utf-8")
BLOCKS = [block for block in blocks_of("targets.md", TEXT) if block.language == "yaml"]


@pytest.mark.parametrize("block", BLOCKS, ids=str)
def test_settings_that_are_shown_hold(tmp_path: Path, block: Block) -> None:
    outcome = open_project(written(tmp_path, {}, block.text))
    assert outcome.diagnostics == ()
    assert outcome.value.configuration.targets


def test_every_key_and_profile_is_named() -> None:
    parts = (Target, identification.Bearer, identification.Basic, identification.ApiKey, identification.ClientCredentials)
    words = {*PROFILES, *(key for part in parts for key in keys_of(part)), *identification.KINDS}
    assert [word for word in sorted(words) if f"`{word}`" not in TEXT] == []
