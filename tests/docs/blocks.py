"""The documents of the project and the fenced blocks in them, for the tests that run what the documents say."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.architecture.sources import ROOT, project_files

PLANTED = ROOT / "tests" / "spec"
FENCE = re.compile(r"^(?P<indent> *)```(?P<info>[^`\n]*)\n(?P<text>.*?)^(?P=indent)``` *$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A fenced block: its document and line, the language, the other words of its first line, and its text."""

    file: str
    line: int
    language: str
    marks: tuple[str, ...]
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


def blocks_of(file: str, text: str) -> Iterator[Block]:
    """The fenced blocks of a text, in order."""
    for found in FENCE.finditer(text):
        language, *marks = found["info"].split() or [""]
        line = text.count("\n", 0, found.start()) + 1
        indent = len(found["indent"])
        lines = "".join(line[indent:] for line in found["text"].splitlines(keepends=True))
        yield Block(file, line, language, tuple(marks), lines)


def documents() -> tuple[Path, ...]:
    """Every Markdown document that is in git or would be added to it."""
    return tuple(path for path in project_files() if path.suffix == ".md")


def all_blocks(*languages: str) -> list[Block]:
    """The blocks of every document that are in one of these languages; the pages of planted faults have a test of their own."""
    sound = (path for path in documents() if path.parent != PLANTED)
    read = ((path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")) for path in sound)
    return [block for file, text in read for block in blocks_of(file, text) if block.language in languages]
