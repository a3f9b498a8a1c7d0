"""Reads payload files: JSON with its numbers exactly as written, one payload or a list of them a file."""

import json
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import islice
from pathlib import Path
from typing import Any

from tmfkit.diagnostics.model import Diagnostic, Severity
from tmfkit.errors import TmfkitError
from tmfkit.importer.places import constant_in, half_in, items_of, level_in, reason_of, repeated_in
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


class _Repeated(Exception):
    """A key that stands twice in one object."""


class _Constant(Exception):
    """A number of JavaScript that JSON does not have."""


def read_sources(paths: Sequence[Path]) -> tuple[list[Source], list[Diagnostic]]:
    """All payloads below some files and folders, in the order of their names, and what cannot be read."""
    sources: list[Source] = []
    faults: list[Diagnostic] = []
    for file in _files(paths):
        try:
            sources += _payloads(os.fspath(file), *_json(file))
        except _Fault as fault:
            faults.append(fault.diagnostic)
    if not (sources or faults):
        where = ", ".join(os.fspath(path) for path in paths)
        faults.append(Diagnostic("TK020", Severity.ERROR, f"there is no payload in {where}", whole_file(os.fspath(paths[0]))))
    return sources, faults


def lines_of(file: str) -> list[str]:
    """The lines of a payload file, for showing them; none where it cannot be read."""
    try:
        return _content(file, Path(file)).decode("utf-8-sig", "replace").splitlines()
    except (OSError, _Fault):
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


def _json(file: Path) -> tuple[Any, str]:
    """What a file holds, and its text."""
    name = os.fspath(file)
    text = _text(name, file)
    try:
        value = json.loads(text, parse_float=_number, parse_int=Decimal, parse_constant=_refuse, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        raise _fault("TK020", f"this is not JSON: {reason_of(error, text)}", name, Position(error.lineno, error.colno)) from None
    except _Repeated:
        key, again, first = repeated_in(text)
        message = f"the key `{key}` stands twice in one object, before this in line {first.line}, column {first.column}"
        raise _fault("TK020", message, name, again, "keep one of them") from None
    except _Constant:
        constant, place = constant_in(text)
        help = "write a number, or leave the key out"
        raise _fault("TK020", f"this is not JSON: `{constant}` is no number", name, place, help) from None
    except RecursionError:
        raise _too_deep(name, text) from None
    _check(value, name, text)
    return value, text


def _text(name: str, file: Path) -> str:
    try:
        content = _content(name, file)
    except OSError as error:
        raise _Fault("TK001", f"this cannot be read: {(error.strerror or 'no reason is given').lower()}", whole_file(name)) from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8", "replace")
        at = Position(before.count("\n") + 1, len(before) - before.rfind("\n"))
        raise _Fault("TK002", "this is not UTF-8 text", Span(name, at, at), "save the file in UTF-8") from None


def _content(name: str, file: Path) -> bytes:
    """The bytes of a regular file; a pipe or a device is not read, because it may have no end."""
    with open(os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as opened:
        about = os.fstat(opened.fileno())
        if not stat.S_ISREG(about.st_mode):
            raise _Fault("TK001", "this is not a regular file, and is not read", whole_file(name), "name a file that holds a payload")
        if about.st_size > LARGEST_FILE:
            raise _Fault("TK005", f"this file has more than {LARGEST_FILE // 1024 // 1024} MB", whole_file(name), "split it")
        return opened.read()


def _fault(code: str, message: str, file: str, at: Position, help: str = "") -> _Fault:
    return _Fault(code, message, Span(file, at, at), help)


def _too_deep(name: str, text: str) -> _Fault:
    return _fault("TK005", f"this is nested more than {DEEPEST} levels deep", name, level_in(text, DEEPEST))


def _number(text: str) -> Decimal | str:
    """A number with its digits; one whose exponent no program can work with stays a text."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


def _refuse(constant: str) -> None:
    raise _Constant(constant)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise _Repeated(next(name for name in names if names.count(name) > 1))
    return found


def _check(value: Any, name: str, text: str) -> None:
    """Refuses what YAML cannot hold: halves of characters, and nesting without end."""
    open_values: list[tuple[Any, int]] = [(value, 1)]
    while open_values:
        value, depth = open_values.pop()
        if isinstance(value, dict | list) and depth > DEEPEST:
            raise _too_deep(name, text)
        if isinstance(value, dict):
            open_values += ((part, depth + 1) for pair in value.items() for part in pair)
        elif isinstance(value, list):
            open_values += ((item, depth + 1) for item in value)
        elif isinstance(value, str) and any("\ud800" <= character <= "\udfff" for character in value):
            raise _fault("TK003", "a text holds half of a character", name, half_in(text), "write both halves of the surrogate pair")


def _payloads(file: str, value: Any, text: str) -> Iterator[Source]:
    if isinstance(value, dict):
        yield Source(file, None, value)
        return
    if not isinstance(value, list):
        found = f"a payload is a JSON object, or a list of such objects; this is {_called(value)}"
        raise _Fault("TK020", found, whole_file(file), "name files that hold payloads of TMF620, TMF633 or TMF634")
    bad = [number for number, item in enumerate(value) if not isinstance(item, dict)]
    if bad:
        more = f", and {len(bad) - 1} more {'is' if len(bad) == 2 else 'are'} no object{'' if len(bad) == 2 else 's'}" if bad[1:] else ""
        message = f"a payload is a JSON object; item {bad[0] + 1} of the list is {_called(value[bad[0]])}{more}"
        raise _fault("TK020", message, file, _nth(text, bad[0]))
    for index, item in enumerate(value):
        yield Source(file, index, item)


def _nth(text: str, index: int) -> Position:
    return next(islice(items_of(text), index, None), Position(1, 1))


def _called(value: Any) -> str:
    match value:
        case bool():
            return "`true`" if value else "`false`"
        case None:
            return "`null`"
        case Decimal():
            return "a number"
        case list():
            return "a list"
        case _:
            return "a text"
