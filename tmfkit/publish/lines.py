"""JSON, one object a line: the form of everything that the state folder keeps, so that people can read it and programs can add to it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from tmfkit.compile.encode import compact
from tmfkit.errors import TmfkitError
from tmfkit.files import write_file
from tmfkit.publish.records import Damaged

AWAY = "put back an earlier copy of it, or move the folder away: `tmfkit adopt` takes over what the server has"


def encoded(data: Any) -> bytes:
    """One line, the same for the same content."""
    return compact(data) + b"\n"


def decoded(line: bytes) -> Any:
    """What `encoded` wrote; raises `Damaged`."""
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError:
        raise Damaged("it is no JSON") from None


def read(file: Path, *, torn: bool = False) -> Iterator[tuple[int, Any]]:
    """The lines of a file with their numbers; nothing where there is none. With `torn`, a last line that was cut off is passed over."""
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        return
    except OSError as error:
        raise TmfkitError(f"cannot read {file}: {(error.strerror or str(error)).lower()}") from None
    *whole, rest = content.split(b"\n")
    for number, line in enumerate(whole, 1):
        yield number, _line(file, number, line)
    if rest and not torn:
        raise broken(file, len(whole) + 1, "it is cut off")


def write(file: Path, rows: Iterator[Any]) -> None:
    """Writes a file whole."""
    write_file(file, b"".join(map(encoded, rows)))


def broken(file: Path, number: int, why: str) -> TmfkitError:
    """What is said of a line that nobody can use."""
    return TmfkitError(f"{file}:{number} cannot be used: {why}", AWAY)


def _line(file: Path, number: int, line: bytes) -> Any:
    try:
        return decoded(line)
    except Damaged as error:
        raise broken(file, number, str(error)) from None
