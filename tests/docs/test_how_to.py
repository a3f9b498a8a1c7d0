"""The how-to pages work when they are pasted: the commands of a page run one after the other in a copy of the checkout."""

import shutil
from itertools import pairwise
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, project_files
from tests.docs.blocks import Block, blocks_of, documents
from tests.docs.test_readme import exit_code, matches, pasted

PAGES = [path for path in documents() if path.parent == ROOT / "docs" / "how-to"]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_a_page_runs_as_it_is_written(page: Path, tmp_path: Path) -> None:
    copy_of_the_checkout(tmp_path)
    blocks = list(blocks_of(page.name, page.read_text(encoding="utf-8")))
    for block, following in pairwise([*blocks, Block(page.name, 0, "", (), "")]):
        if block.language == "sh" and "setup" not in block.marks:
            done = pasted(block, tmp_path)
            assert done.returncode == exit_code(block), f"{block}: ends with {done.returncode}\n{done.stdout}{done.stderr}"
            if following.language == "text":
                assert matches(following.text, done.stdout), f"{block}: prints\n{done.stdout}"


def copy_of_the_checkout(folder: Path) -> None:
    """The files of the repository, without what was made of them."""
    for path in project_files():
        copy = folder / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)


def test_there_are_pages() -> None:
    assert PAGES
