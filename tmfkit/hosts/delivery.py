"""What the check of a change hands over to be shown to reviewers, read as data: sizes and contents are checked, nothing of it runs."""

import json
import os
import stat
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zlib import error as ZlibError

from tmfkit.errors import TmfkitError
from tmfkit.hosts.harmless import faults

COMMENT, META, SARIF, GITLAB = "comment.md", "meta.json", "tmfkit.sarif", "gl-code-quality-report.json"
"""The files that are handed over."""

FORMAT = 1
"""The layout of what is handed over."""

LONGEST_COMMENT = 65_536
"""Characters that GitHub takes."""

LONGEST_NAME = 60
"""Characters of the name that tells the projects of one repository apart."""

MARKER = "<!-- tmfkit: {} -->\n"
"""The line, hidden in what people see, by which a comment is found again."""

MOST = {COMMENT: 4 * LONGEST_COMMENT, META: 4_000, SARIF: 10_000_000}
"""Bytes of each file that are read."""

LARGEST = sum(MOST.values())
"""Bytes of an archive with all of it."""

Read = Callable[[str], bytes | None]
"""The content of a file that was handed over; None where it is not there."""

NOTHING = "nothing is posted"


@dataclass(frozen=True, slots=True)
class Delivery:
    """The comment, without its marker; the findings for code scanning, if there are any; the number that the change says it has."""

    comment: str
    sarif: bytes | None = None
    request: int | None = None


def from_archive(content: bytes) -> Delivery:
    """What an artifact of GitHub holds."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return _checked(lambda name: _unpacked(archive, name))
    except (zipfile.BadZipFile, RuntimeError, EOFError, OSError, ZlibError):
        raise TmfkitError("the artifact of the check is no sound archive", NOTHING) from None


def from_folder(folder: Path) -> Delivery:
    """What an earlier job of GitLab left in a folder. Links are not followed: they could lead to what is not theirs."""
    if folder.is_symlink():
        raise TmfkitError(f"{folder.name} is a link", NOTHING)
    return _checked(lambda name: _on_disk(folder / name))


def with_marker(comment: str, name: str) -> str:
    """The comment as it is posted; `name` tells the projects of one repository apart."""
    return MARKER.format(name) + comment


def _unpacked(archive: zipfile.ZipFile, name: str) -> bytes | None:
    """Reads no more than is allowed, whatever the archive says of its size."""
    try:
        with archive.open(name) as file:
            return _bounded(name, file.read(MOST[name] + 1))
    except KeyError:
        return None


def _on_disk(path: Path) -> bytes | None:
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError:
        return None
    except OSError:
        raise TmfkitError(f"{path.name} is no file that can be read, or a link", NOTHING) from None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise TmfkitError(f"{path.name} is no plain file", NOTHING)
    with os.fdopen(handle, "rb") as file:
        return _bounded(path.name, file.read(MOST[path.name] + 1))


def _bounded(name: str, content: bytes) -> bytes:
    if len(content) > MOST[name]:
        raise TmfkitError(f"{name} of the check is larger than {MOST[name]:,} bytes", NOTHING)
    return content


def _checked(read: Read) -> Delivery:
    meta = _meta(read(META))
    return Delivery(_comment(read(COMMENT)), _sarif(read(SARIF)), meta)


def _meta(content: bytes | None) -> int | None:
    """The number of the change, if it says one; raises where the layout is another."""
    said = _json(META, content or b"")
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise TmfkitError(f"{META} of the check has another layout than this version of tmfkit reads", "use the same version in both jobs")
    request = said.get("request")
    return request if type(request) is int and request > 0 else None


def _comment(content: bytes | None) -> str:
    try:
        text = (content or b"").decode()
    except UnicodeDecodeError:
        raise TmfkitError(f"{COMMENT} of the check is no text in UTF-8", NOTHING) from None
    if not text.strip():
        raise TmfkitError(f"{COMMENT} of the check is empty or missing", NOTHING)
    if len(text) > LONGEST_COMMENT - len(MARKER) - LONGEST_NAME:
        raise TmfkitError(f"{COMMENT} of the check is longer than a comment may be: {len(text):,} characters", NOTHING)
    if found := faults(text):
        raise TmfkitError(f"{COMMENT} of the check has what tmfkit never writes: {'; '.join(found)}", NOTHING)
    return text


def _sarif(content: bytes | None) -> bytes | None:
    """Findings that tmfkit made, and no other tool's: nobody speaks in the name of another check."""
    if content is None:
        return None
    said = _json(SARIF, content)
    runs = said.get("runs") if isinstance(said, dict) else None
    if not isinstance(runs, list) or not runs or any(_tool(run) != "tmfkit" for run in runs):
        raise TmfkitError(f"{SARIF} of the check holds findings of something else than tmfkit", NOTHING)
    return content


def _tool(run: object) -> object:
    for key in ("tool", "driver", "name"):
        run = run.get(key) if isinstance(run, dict) else None
    return run


def _json(name: str, content: bytes) -> object:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        raise TmfkitError(f"{name} of the check is no JSON, or missing", NOTHING) from None
