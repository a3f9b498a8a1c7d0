"""Puts the rows of CSV table files where the YAML names the file, and remembers which line of it each row stands on."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from io import StringIO
from posixpath import dirname, isabs, join, normpath
from typing import Any

from tmfkit.diagnostics.model import Diagnostic, Related, Severity
from tmfkit.load.read import decode
from tmfkit.model.problems import Problem, short
from tmfkit.model.tables import ELSE, NOT_SOLD
from tmfkit.source.document import Data, Document, Path, locate
from tmfkit.source.text import Position, Span, whole_file
from tmfkit.source.tree import FileTree, Unreadable

MAY_HAVE_TABLES = re.compile(r"\.csv\b", re.IGNORECASE)
"""What a document has that names a table file."""

_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}


@dataclass(frozen=True, slots=True)
class TableFile:
    """A table file and the part of the document that names it; on which line the row of some keys stands."""

    path: Path
    file: str
    named: Span
    columns: int
    lines: Mapping[Path, int]

    def line(self, path: Path) -> int:
        """On which line a cell stands; 0 for what is no cell."""
        return self.lines.get(path[-self.columns :], 0)


@dataclass(frozen=True, slots=True)
class TableFiles:
    """All table files of a document, and what is wrong with them."""

    found: list[TableFile] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def pointing(self, problems: Iterable[Problem], diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """The findings of a declaration; one about a cell of a file points at the line of that file."""
        for problem, diagnostic in zip(problems, diagnostics, strict=True):
            table = next((one for one in self.found if problem.path[: len(one.path)] == one.path), None)
            line = table.line(problem.path) if table else 0
            yield _at_line(diagnostic, table.file, line, table.named) if table and line else diagnostic


NO_TABLES = TableFiles()


def table_files(data: Data, document: Document, text: str, tree: FileTree) -> TableFiles:
    """Replaces every `table: rows.csv` of a document by its rows; a file that cannot be used leaves one closed row, and findings."""
    files = TableFiles()
    for path, holder, key, by in list(_named(data, ())):
        name = holder[key]
        assert isinstance(name, str)
        named = locate(document, text, path)
        reading = _Reading(normpath(join(dirname(document.file), name.strip())), by, named)
        holder[key] = reading.rows(name, tree)
        files.found.append(TableFile(path, reading.file, named, len(by), reading.lines))
        files.diagnostics.extend(reading.faults)
    return files


def _named(data: Data, path: Path) -> Iterator[tuple[Path, dict[str, Data], str, list[str]]]:
    """Where a document names table files: the place, the mapping and its key, and the columns that the file must have."""
    if isinstance(data, list):
        for index, item in enumerate(data):
            yield from _named(item, (*path, index))
    if not isinstance(data, dict):
        return
    table, by = data.get("table"), data.get("by")
    columns = [str(name) for name in by] if isinstance(by, list) else [str(by)]
    if _is_file(table):
        yield (*path, "table"), data, "table", columns
    for index, step in enumerate(table if isinstance(table, list) else ()):
        if isinstance(step, dict) and _is_file(step.get("is")):
            yield (*path, "table", index, "is"), step, "is", columns
    for key, value in data.items():
        yield from _named(value, (*path, key))


def _is_file(value: Data) -> bool:
    return isinstance(value, str) and value.strip().lower().endswith(".csv")


class _Reading:
    """One reading of one file: its rows, on which line each stands, and all that is wrong with it."""

    def __init__(self, file: str, by: list[str], named: Span) -> None:
        self.file = file
        self.by = by
        self.named = named
        self.lines: dict[Path, int] = {}
        self.faults: list[Diagnostic] = []

    def rows(self, name: str, tree: FileTree) -> Data:
        """The rows as nested mappings, or one closed row where the file cannot be used."""
        text = self._text(name, tree)
        table = self._table(text) if text is not None else {}
        return _closed(len(self.by)) if self.faults else table

    def _text(self, name: str, tree: FileTree) -> str | None:
        if isabs(name) or self.file.split("/")[0] == "..":
            self._unusable(f"the table file {short(name)} lies outside the project", "put it beside the YAML that names it")
            return None
        try:
            content = decode(self.file, tree.read(self.file))
        except Unreadable as error:
            self._unusable(f"the table file {short(self.file)} cannot be read: {error.reason}", "")
            return None
        if content.fault:
            self.faults.append(replace(content.fault, related=(Related("the table is named here", self.named),)))
            return None
        return content.text

    def _unusable(self, message: str, help: str) -> None:
        self.faults.append(Diagnostic("TK017", Severity.ERROR, message, self.named, help=help))

    def _table(self, text: str) -> dict[str, Data]:
        reader = csv.reader(StringIO(text, newline=""), skipinitialspace=True)
        table: dict[str, Data] = {}
        try:
            first = next(reader, None)
            if self._is_head(first):
                self._rows(reader, table)
        except csv.Error as error:
            self._fault(reader.line_num, f"this is not CSV: {error}", "look at the quotes here and above")
        return table

    def _is_head(self, first: list[str] | None) -> bool:
        wanted = ",".join([*self.by, "amount"])
        if not first:
            self._fault(1, f"this table file {'has an empty first line' if first is not None else 'is empty'}", f"begin with `{wanted}`")
            return False
        if [column.strip() for column in first[:-1]] == self.by:
            return True
        message = f"the first line reads `{short(','.join(first))}`; it must read `{wanted}`: the names of `by`, then that of the cells"
        odd = next((words for sign, words in _SEPARATORS.items() if len(first) == 1 and sign in first[0]), "")
        self._fault(1, message, f"save the file with commas between the columns, not {odd}" if odd else "")
        return False

    def _rows(self, reader: Any, table: dict[str, Data]) -> None:
        """Takes in the rows; a row of several lines is named by its last."""
        for row in reader:
            line, cells = reader.line_num, [cell.strip() for cell in row]
            if not any(cells):
                continue
            if len(cells) != len(self.by) + 1:
                self._fault(line, f"this row has {len(cells)} columns in place of {len(self.by) + 1}", _decimals(cells, len(self.by)))
                continue
            keys = tuple(cells[:-1])
            empty = next((name for name, key in zip(self.by, keys, strict=True) if not key), None)
            if empty is not None:
                self._fault(line, f"this row has nothing under `{empty}`", "write its value, or `else` for all others")
            elif any(len(key.splitlines()) > 1 for key in keys):
                self._fault(line, "a line break stands in a key of this row", "look at the quotes here and above")
            elif keys in self.lines:
                self._fault(line, f"this row repeats line {self.lines[keys]}: {short(', '.join(keys))}", "delete one of them")
            else:
                self.lines[keys] = line
                _put(table, keys, cells[-1])

    def _fault(self, line: int, message: str, help: str = "") -> None:
        found = Diagnostic("TK017", Severity.ERROR, message, whole_file(self.file), help=help)
        self.faults.append(_at_line(found, self.file, max(line, 1), self.named))


def _put(table: dict[str, Data], keys: tuple[str, ...], cell: str) -> None:
    row = table
    for key in keys[:-1]:
        inner = row.setdefault(key, {})
        assert isinstance(inner, dict)
        row = inner
    row[keys[-1]] = cell or None


def _decimals(cells: list[str], keys: int) -> str:
    """A decimal comma makes one column more."""
    if len(cells) == keys + 2 and cells[-2].lstrip("-").isdecimal() and re.match(r"\d{1,2}\b", cells[-1]):
        return f"decimals follow a point: write `{cells[-2]}.{cells[-1]}`"
    return ""


def _closed(depth: int) -> Data:
    return {ELSE: _closed(depth - 1)} if depth else NOT_SOLD


def _at_line(diagnostic: Diagnostic, file: str, line: int, named: Span) -> Diagnostic:
    at = Position(line, 1)
    return replace(diagnostic, primary=Span(file, at, at), related=(Related("the table is named here", named),))
