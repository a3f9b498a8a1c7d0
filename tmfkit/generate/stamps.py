"""Writes into a file, in the form that its format has for it, which release it belongs to and what it was made from."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any

from tmfkit.rules.plugins import one_line

EXTENSION = "x-tmfkit"
"""The member of a JSON object that is the stamp, unless the object is a JSON Schema."""

METADATA = "-metadata.json"
"""What the name of a CSV file is followed by in that of its metadata."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """The release, who made the file for whom, and the digest of all that it was made from."""

    release: str
    generator: str
    system: str
    digest: str

    @property
    def words(self) -> str:
        """The stamp on one line, whatever the release is called."""
        return (
            f"release {one_line(self.release)}, made by tmfkit ({self.generator} for {self.system}) from sha256:{self.digest}; do not edit"
        )


def stamped(path: str, text: str, stamp: Stamp) -> str:
    """The text with its stamp; unchanged where its format has no place for one: there the index has it alone."""
    name = PurePosixPath(path)
    write = STYLES.get(name.suffix or name.name)
    return write(text, stamp) if write else text


def has_place(path: str, text: str) -> bool:
    """Whether the format of a file has a place for a stamp."""
    return stamped(path, text, Stamp("", "", "", "")) != text


def lines_added(path: str, text: str) -> int:
    """By how many lines a stamp moves what stands below it."""
    return stamped(path, text, Stamp("", "", "", "")).count("\n") - text.count("\n")


def metadata(path: str, stamp: Stamp) -> tuple[str, str] | None:
    """The metadata file that W3C's CSV on the Web puts beside a table, because a table has no comments; None for other formats."""
    name = PurePosixPath(path)
    if name.suffix != ".csv":
        return None
    said = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": name.name,
        "dc:title": name.stem,
        "dc:source": f"sha256:{stamp.digest}",
        "dc:description": stamp.words,
    }
    return f"{path}{METADATA}", json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def _xml(text: str, stamp: Stamp) -> str:
    head, comment = "", f"<!-- {_in_comment(stamp.words)} -->\n"
    if text.startswith("<?xml"):
        end = text.index("?>") + 2
        head, text = text[:end] + "\n", text[end:].lstrip("\n")
    return head + comment + text


def _markdown(text: str, stamp: Stamp) -> str:
    return f"<!-- {_in_comment(stamp.words)} -->\n{text}"


def _in_comment(words: str) -> str:
    """Two hyphens would end a comment of XML or HTML."""
    return re.sub(r"-(?=-)", "- ", words)


def _json(text: str, stamp: Stamp) -> str:
    """Into an object as its first member: `$comment` where it is a JSON Schema, else the extension `x-tmfkit`."""
    members = _members(text)
    if members is None:
        return text
    parts = {"release": stamp.release, "generator": stamp.generator, "system": stamp.system, "digest": f"sha256:{stamp.digest}"}
    is_schema = "$schema" in members and "$comment" not in members
    name = "$comment" if is_schema else EXTENSION
    value = json.dumps(stamp.words if is_schema else parts, ensure_ascii=False)
    if name in members:
        return text
    member, rest = f'"{name}": {value}' + ("," if members else ""), text[1:].lstrip()
    return "{\n  " + member + "\n  " + rest if "\n" in text else "{" + member + rest


def _members(text: str) -> dict[str, Any] | None:
    try:
        found = json.loads(text) if text.startswith("{") else None
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _line(before: str) -> Callable[[str, Stamp], str]:
    def write(text: str, stamp: Stamp) -> str:
        comment = f"{before}{stamp.words}\n"
        if text.startswith("#!"):
            first, _, rest = text.partition("\n")
            return f"{first}\n{comment}{rest}"
        return comment + text

    return write


_HASH, _SLASHES, _DASHES = _line("# "), _line("// "), _line("-- ")

STYLES: MappingProxyType[str, Callable[[str, Stamp], str]] = MappingProxyType(
    {
        **dict.fromkeys((".xml", ".dmn", ".bpmn", ".svg", ".html", ".xsd"), _xml),
        ".md": _markdown,
        ".json": _json,
        **dict.fromkeys((".yaml", ".yml", ".toml", ".ini", ".cfg", ".conf", ".properties", ".sh", ".py", ".txt", ".tf", "Makefile"), _HASH),
        **dict.fromkeys((".yang", ".js", ".ts", ".java", ".proto"), _SLASHES),
        ".sql": _DASHES,
    }
)
"""How each format says it, by the ending of the file's name, or by the name of a file that has none."""
