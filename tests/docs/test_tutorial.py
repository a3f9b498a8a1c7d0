"""The tutorials work when they are pasted: their commands run one after the other, from an empty folder on, and print what is shown."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT
from tests.docs.blocks import Block, blocks_of, documents
from tests.docs.test_readme import exit_code, matches, pasted

PAGES = [path for path in documents() if path.parent == ROOT / "docs" / "tutorial"]
CHANGES_FOLDER = re.compile(r"^cd (\S+)$", re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_a_tutorial_runs_as_it_is_written(page: Path, tmp_path: Path) -> None:
    folder = tmp_path
    blocks = list(blocks_of(page.name, page.read_text(encoding="utf-8")))
    for block, following in pairwise([*blocks, Block(page.name, 0, "", (), "")]):
        if block.language == "sh" and "setup" not in block.marks:
            done = pasted(block, folder)
            assert done.returncode == exit_code(block), f"{block}: ends with {done.returncode}\n{done.stdout}{done.stderr}"
            if following.language == "text":
                assert matches(following.text, done.stdout), f"{block}: prints\n{done.stdout}"
            for name in CHANGES_FOLDER.findall(block.text):
                folder /= name


def test_there_are_pages() -> None:
    assert [page.stem for page in PAGES] == ["first-catalog"]
