"""The pages beside this file as one catalog: every block of YAML is a file of it, and says itself which findings it expects."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.docs.blocks import Block, blocks_of

PAGES = Path(__file__).parent
README = PAGES / "README.md"
EXPECTED = re.compile(r" *#!(?P<findings>(?: TK\d{3} \d+)+)$", re.MULTILINE)
ONE = re.compile(r"(TK\d{3}) (\d+)")


@dataclass(frozen=True, order=True)
class Fault:
    """A finding, at its place in a page."""

    page: str
    line: int
    column: int
    code: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}:{self.column} {self.code}"


def blocks() -> Iterator[Block]:
    """Every file of the catalog, page by page."""
    for path in sorted(PAGES.glob("*.md")):
        if path != README:
            yield from (block for block in blocks_of(path.name, path.read_text(encoding="utf-8")) if block.language == "yaml")


def files() -> Mapping[str, str]:
    """The catalog: what is expected is taken out, so that nothing but the catalog itself is checked."""
    return {name(block): EXPECTED.sub("", block.text) for block in blocks()}


def settings() -> str:
    """The `tmfkit.yaml` of the project."""
    (found,) = (block.text for block in blocks_of(README.name, README.read_text(encoding="utf-8")) if "tmfkit.yaml" in block.marks)
    return found


def planted() -> list[Fault]:
    """What is expected, in the order of the pages."""
    return sorted(
        Fault(block.file, block.line + number, int(column), code)
        for block in blocks()
        for number, line in enumerate(block.text.splitlines(), 1)
        for comment in EXPECTED.finditer(line)
        for code, column in ONE.findall(comment["findings"])
    )


def name(block: Block) -> str:
    """The file that a block is: its page, and the line at which it begins there."""
    return f"{Path(block.file).stem}-{block.line}.yaml"


def in_page(file: str, line: int, column: int, code: str) -> Fault:
    """A finding of the catalog, at its place in the page."""
    page, _, start = Path(file).stem.rpartition("-")
    return Fault(f"{page}.md", int(start) + line, column, code)
