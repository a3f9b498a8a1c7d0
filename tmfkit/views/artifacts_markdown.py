"""The part of a comment about files: which systems receive something else, and how much of it."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from tmfkit.model.base import Key
from tmfkit.model.landscape import System
from tmfkit.views.changes_words import Names
from tmfkit.views.github_text import Block, code, plain, table

HEAD = "### Files that systems receive"
FILES = 4
"""Files that are named of one system."""


class File(NamedTuple):
    """A file that differs: its system and path, lines that are new and gone, and whether it is new, gone or changed."""

    system: str
    path: str
    added: int
    removed: int
    kind: str


def not_made() -> list[Block]:
    """What is said where nobody trusts the code of the project."""
    words = "Not compared: generators are code of this project, and nobody said that it may run."
    return [Block((HEAD, "", f"{words} Where it may, `tmfkit diff --format markdown --trust-project` adds which files change."))]


def files_block(files: Sequence[File], failures: Sequence[tuple[str, str]], names: Names) -> list[Block]:
    """A row for each system."""
    if failures:
        rows = tuple(f"- The generators of {plain(state)} do not get through: {plain(said)}" for state, said in failures)
        return [Block((HEAD, ""), rows)]
    if not files:
        return [Block((HEAD, "", "No system receives anything else: the generated files stay as they are."))]
    return [Block((HEAD,)), table(("System", "Files", "Lines"), list(_rows(files, names)), frozenset((2,)))]


def _rows(files: Sequence[File], names: Names) -> Iterator[tuple[str, str, str]]:
    for system, found in groupby(sorted(files), lambda one: one.system):
        alike = list(found)
        shown = "<br>".join(f"{code(one.path)}{'' if one.kind == 'changed' else f' ({one.kind})'}" for one in alike[:FILES])
        more = f"<br>and {len(alike) - FILES:,} more" if len(alike) > FILES else ""
        added, removed = sum(one.added for one in alike), sum(one.removed for one in alike)
        yield plain(names.title(Key(System.KIND, system))), shown + more, f"+{added:,} -{removed:,}"
