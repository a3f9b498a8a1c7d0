"""JSON, one object a line: the form of everything that the state folder keeps, so that people can read it and programs can add to it."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from tmfkit.errors import TmfkitError
from tmfkit.plan.packed import written
from tmfkit.publish.records import Damaged

AWAY = "put back an earlier copy of it, or move the folder away: `tmfkit adopt` takes over what the server has"


def encoded(data: Any) -> bytes:
    """One line, the same for the same content."""
    return orjson.dumps(data, written, orjson.OPT_APPEND_NEWLINE)


def decoded(line: bytes) -> Any:
    """What `encoded` wrote; raises `Damaged`."""
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError:
        raise Damaged("it is no JSON") from None


def read(file: Path, *, torn: bool = False) -> Iterator[tuple[int, Any]]:
    """The lines of a file with their numbers; nothing where there is none. With `torn`, a last line that was cut off is passed over."""
    try:
        with file.open("rb") as content:
            yield from _lines(file, content, torn)
    except FileNotFoundError:
        return
    except OSError as error:
        hint = "`state` in tmfkit.yaml says where the folder is: look what stands there, and who may read it"
        raise TmfkitError(f"cannot read {file}: {(error.strerror or str(error)).lower()}", hint) from None


def _lines(file: Path, content: BinaryIO, torn: bool) -> Iterator[tuple[int, Any]]:
    for number, line in enumerate(content, 1):
        if line.endswith(b"\n"):
            yield number, _line(file, number, line)
        elif not torn:
            raise broken(file, number, "it is cut off")


def write(file: Path, rows: Iterator[Any]) -> None:
    """Writes a file whole, and waits until it is on the disk: what it takes over is thrown away then."""
    beside = file.with_name(f".{file.name}.new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with open(beside, "wb") as fresh:
            fresh.writelines(map(encoded, rows))
            fresh.flush()
            os.fsync(fresh.fileno())
        beside.replace(file)
        settle(file.parent)
    except OSError as error:
        raise TmfkitError(
            f"cannot write {file}: {(error.strerror or str(error)).lower()}", "what was there before is there still"
        ) from None


def settle(folder: Path) -> None:
    """Waits until the names of the files in a folder are on the disk; where folders cannot be opened, the system sees to that."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def broken(file: Path, number: int, why: str) -> TmfkitError:
    """What is said of a line that nobody can use."""
    return TmfkitError(f"{file}:{number} cannot be used: {why}", AWAY)


def _line(file: Path, number: int, line: bytes) -> Any:
    try:
        return decoded(line)
    except Damaged as error:
        raise broken(file, number, str(error)) from None
