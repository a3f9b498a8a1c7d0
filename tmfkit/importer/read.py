"""Reads payload files: JSON with its numbers exactly as written, one payload or a list of them a file."""

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from tmfkit.diagnostics.model import Diagnostic, Severity
from tmfkit.errors import TmfkitError
from tmfkit.source.text import Position, Span, whole_file

LARGEST_FILE = 100 * 1024 * 1024
"""Bytes of one payload file."""

DEEPEST = 60
"""Levels of nesting in one payload; the YAML that it becomes may have a hundred."""


@dataclass(frozen=True, slots=True)
class Source:
    """One payload as it was read: its file, its position in a list (None for a file of one), and its JSON, numbers as `Decimal`."""

    file: str
    index: int | None
    body: dict[str, Any]

    @property
    def place(self) -> str:
        """Which payload it is, as people write it."""
        return self.file if self.index is None else f"{self.file}[{self.index}]"


class _Fault(Exception):
    """Why a file cannot be read as payloads."""

    def __init__(self, code: str, message: str, span: Span, help: str = "") -> None:
        super().__init__(message)
        self.diagnostic = Diagnostic(code, Severity.ERROR, message, span, help=help)


class _Repeated(ValueError):
    """A key that stands twice in one object."""


def read_sources(paths: Sequence[Path]) -> tuple[list[Source], list[Diagnostic]]:
    """All payloads below some files and folders, in the order of their names, and what cannot be read."""
    sources: list[Source] = []
    faults: list[Diagnostic] = []
    for file in _files(paths):
        try:
            sources += _payloads(os.fspath(file), _json(file))
        except _Fault as fault:
            faults.append(fault.diagnostic)
    if not (sources or faults):
        where = ", ".join(os.fspath(path) for path in paths)
        faults.append(Diagnostic("TK020", Severity.ERROR, f"there is no payload in {where}", whole_file(os.fspath(paths[0]))))
    return sources, faults


def lines_of(file: str) -> list[str]:
    """The lines of a payload file, for showing them; none where it cannot be read."""
    try:
        return Path(file).read_bytes().decode("utf-8-sig", "replace").splitlines()
    except OSError:
        return []


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    seen: set[str] = set()
    for path in paths:
        if not path.exists():
            raise TmfkitError(f"there is no file or folder {path}", "name a payload file, or a folder of `.json` files")
        for file in _below(path) if path.is_dir() else [path]:
            if (real := os.path.realpath(file)) not in seen:
                seen.add(real)
                yield file


def _below(folder: Path) -> Iterator[Path]:
    """The JSON files of a folder; links to folders are not followed, hidden names are passed over."""
    for where, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(where, name) for name in sorted(files) if name.lower().endswith(".json") and not name.startswith("."))


def _json(file: Path) -> Any:
    name = os.fspath(file)
    text = _text(name, file)
    try:
        value = json.loads(text, parse_float=Decimal, parse_int=Decimal, parse_constant=_refuse, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        at = Position(error.lineno, error.colno)
        reason = "it ends in the middle of a value" if error.pos >= len(text.rstrip()) else error.msg[0].lower() + error.msg[1:]
        raise _Fault("TK020", f"this is not JSON: {reason}", Span(name, at, at)) from None
    except _Repeated as error:
        raise _Fault("TK020", f"the key `{error}` stands twice in one object", whole_file(name), "keep one of them") from None
    except RecursionError:
        raise _Fault("TK005", f"this is nested more than {DEEPEST} levels deep", whole_file(name)) from None
    except ValueError as error:
        raise _Fault("TK020", f"this is not JSON: {error}", whole_file(name)) from None
    _check(value, name)
    return value


def _text(name: str, file: Path) -> str:
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise _Fault("TK005", f"this file has more than {LARGEST_FILE // 1024 // 1024} MB", whole_file(name), "split it")
        content = file.read_bytes()
    except OSError as error:
        raise _Fault("TK001", f"this cannot be read: {(error.strerror or 'no reason is given').lower()}", whole_file(name)) from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8", "replace")
        at = Position(before.count("\n") + 1, len(before) - before.rfind("\n"))
        raise _Fault("TK002", "this is not UTF-8 text", Span(name, at, at), "save the file in UTF-8") from None


def _refuse(constant: str) -> None:
    raise ValueError(f"`{constant}` is no number")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise _Repeated(next(name for name in names if names.count(name) > 1))
    return found


def _check(value: Any, name: str) -> None:
    """Refuses what YAML cannot hold: halves of characters, and nesting without end."""
    open_values: list[tuple[Any, int]] = [(value, 0)]
    while open_values:
        value, depth = open_values.pop()
        if depth > DEEPEST:
            raise _Fault("TK005", f"this is nested more than {DEEPEST} levels deep", whole_file(name))
        if isinstance(value, dict):
            open_values += ((part, depth + 1) for pair in value.items() for part in pair)
        elif isinstance(value, list):
            open_values += ((item, depth + 1) for item in value)
        elif isinstance(value, str) and any("\ud800" <= character <= "\udfff" for character in value):
            raise _Fault("TK003", "a text holds half of a character", whole_file(name), "write both halves of the surrogate pair")


def _payloads(file: str, value: Any) -> Iterator[Source]:
    if isinstance(value, dict):
        yield Source(file, None, value)
        return
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise _Fault("TK020", "a payload is a JSON object, or a list of such objects", whole_file(file))
    for index, item in enumerate(value):
        yield Source(file, index, item)
