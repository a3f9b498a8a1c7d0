"""Puts the rows of CSV table files where the YAML names the file."""

import csv
from collections.abc import Iterator
from posixpath import dirname, join, normpath

from tmfkit.model.problems import Problem
from tmfkit.source.document import Data, Path
from tmfkit.source.tree import FileTree, Unreadable


def inline_tables(data: Data, file: str, tree: FileTree, path: Path = ()) -> Iterator[Problem]:
    """Replaces every `table: rows.csv` below `data` by its rows; yields what stands in the way."""
    if isinstance(data, list):
        for index, item in enumerate(data):
            yield from inline_tables(item, file, tree, (*path, index))
    if not isinstance(data, dict):
        return
    table = data.get("table")
    for steps in table if isinstance(table, list) else [data]:
        key = "is" if steps is not data else "table"
        name = steps.get(key) if isinstance(steps, dict) else None
        if isinstance(steps, dict) and isinstance(name, str) and name.endswith(".csv"):
            rows, problem = _rows(name, file, tree, _names(data.get("by")))
            steps[key] = rows
            if problem:
                yield Problem("TK017", problem, path=(*path, "table"))
    for key, value in data.items():
        yield from inline_tables(value, file, tree, (*path, key))


def _names(by: Data) -> list[str]:
    return [str(name) for name in by] if isinstance(by, list) else [str(by)]


def _rows(name: str, file: str, tree: FileTree, by: list[str]) -> tuple[dict[str, Data], str]:
    """The rows as nested mappings, or the reason why there are none."""
    path = normpath(join(dirname(file), name))
    if path.startswith("..") or name.startswith("/"):
        return {}, f"the table file {name} lies outside the project"
    try:
        lines = list(csv.reader(tree.read(path).decode("utf-8-sig").splitlines(), skipinitialspace=True))
    except Unreadable as error:
        return {}, f"the table file {path} cannot be read: {error.reason}"
    except UnicodeDecodeError:
        return {}, f"the table file {path} is not UTF-8 text"
    except csv.Error as error:
        return {}, f"the table file {path} is not CSV: {error}"
    if not lines or [column.strip() for column in lines[0]][:-1] != by:
        return {}, f"the first line of {path} names other columns than `by`: it reads {','.join([*by, 'amount'])}"
    return _nest(path, lines, len(by))


def _nest(path: str, lines: list[list[str]], depth: int) -> tuple[dict[str, Data], str]:
    table: dict[str, Data] = {}
    for number, line in enumerate(lines[1:], 2):
        if not line:
            continue
        if len(line) != depth + 1:
            return {}, f"line {number} of {path} has {len(line)} columns instead of {depth + 1}"
        row = table
        for key in line[: depth - 1]:
            inner = row.setdefault(key.strip(), {})
            assert isinstance(inner, dict)
            row = inner
        if line[-2].strip() in row:
            return {}, f"line {number} of {path} repeats {', '.join(key.strip() for key in line[:-1])}"
        row[line[-2].strip()] = line[-1].strip()
    return table, ""
