"""Makes out where a cursor stands in a text that is not yet YAML: by indentation, brackets and colons, one line after the other."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from tmfkit.source.document import Data, Path

_LINE = re.compile(r"[^\n\r]*(?:\r\n|\r|\n|$)")
_KEY = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s#\[\]{},"'&*!|>%@`-][^:#]*?|-[^\s:#][^:#]*?)[ \t]*:(?=\s|$)""")
_BLOCK = re.compile(r"[|>][-+0-9]*\s*(#.*)?$")
_SEPARATOR = re.compile(r"(---|\.\.\.)(?=\s|$)")
_WORD = re.compile(r"""[^\s,\[\]{}"'#][^,\[\]{}"'#\n\r]*""")
_FLOW = re.compile(r"""(\s+\#[^\n\r]*|[\[\]{},]|"(?:[^"\\\n\r]|\\.)*"?|'(?:[^'\n\r]|'')*'?|:(?=[\s,\[\]{}]|$)|(?:[^\s,\[\]{}:"']|:(?![\s,\[\]{}]|$)|[ \t](?!\#|[ \t]*:(?:\s|$)))+|\s)""")


class Entry(NamedTuple):
    """A key or a text that was made out, with its place in characters."""

    path: Path
    at_key: bool
    start: int
    end: int
    text: str


@dataclass
class _Open:
    """Something that is being written: a key with its column, an item of a list, or a bracket."""

    column: int
    path: Path
    is_item: bool = False
    items: int = 0


@dataclass
class Sketch:
    """What could be made out of one document."""

    start: int
    end: int
    entries: list[Entry] = field(default_factory=list)
    ways: list[tuple[int, int, int, Path, str]] = field(default_factory=list)
    """For each line and each part of a bracket: from where to where, the column, the path of the mapping or list, and what it is."""

    def keys(self, path: Path) -> list[str]:
        """The keys that are written in the mapping at a path."""
        return [entry.text for entry in self.entries if entry.at_key and entry.path[:-1] == path]

    @property
    def data(self) -> dict[str, Data]:
        """What could be made out, as plain data; lists become mappings from their numbers."""
        top: dict[str, Data] = {}
        for entry in self.entries:
            inner = top
            for part in entry.path[:-1]:
                found = inner.get(str(part))
                if not isinstance(found, dict):
                    found = inner[str(part)] = {}
                inner = found
            if entry.at_key:
                inner.setdefault(str(entry.path[-1]), None)
            elif entry.path and not isinstance(inner.get(str(entry.path[-1])), dict):
                inner[str(entry.path[-1])] = entry.text
        return top
