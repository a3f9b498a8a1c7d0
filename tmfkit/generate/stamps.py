"""Writes into a file, in the form that its format has for it, which release it belongs to and what it was made from."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Stamp:
    """The release, who made the file for whom, and the digest of all that it was made from."""

    release: str
    generator: str
    system: str
    digest: str

    @property
    def words(self) -> str:
        """The stamp on one line."""
        return f"release {self.release}, made by tmfkit ({self.generator} for {self.system}) from sha256:{self.digest}; do not edit"


def stamped(path: str, text: str, stamp: Stamp) -> str:
    """The text with its stamp; unchanged where its format has no place for one: there the index has it alone."""
    write = STYLES.get(PurePosixPath(path).suffix)
    return write(text, stamp) if write else text


def has_place(path: str, text: str) -> bool:
    """Whether the format of a file has a place for a stamp."""
    return stamped(path, text, Stamp("", "", "", "")) != text


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
    return f"{path}-metadata.json", json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def _xml(text: str, stamp: Stamp) -> str:
    head, comment = "", f"<!-- {stamp.words.replace('--', '- -')} -->\n"
    if text.startswith("<?xml"):
        end = text.index("?>") + 2
        head, text = text[:end] + "\n", text[end:].lstrip("\n")
    return head + comment + text


def _json(text: str, stamp: Stamp) -> str:
    """Into an object as its first member: `$comment` where it is a JSON Schema, else the extension `x-tmfkit`."""
    if not text.startswith("{"):
        return text
    rest = text[1:].lstrip()
    comma = "" if rest.startswith("}") else ","
    if '"$schema"' in text[:200]:
        said = f'"$comment": {json.dumps(stamp.words)}'
    else:
        parts = {"release": stamp.release, "generator": stamp.generator, "system": stamp.system, "digest": f"sha256:{stamp.digest}"}
        said = f'"x-tmfkit": {json.dumps(parts, ensure_ascii=False)}'
    return "{\n  " + said + comma + "\n  " + rest if "\n" in text else "{" + said + comma + rest


def _line(before: str, after: str = "") -> Callable[[str, Stamp], str]:
    def write(text: str, stamp: Stamp) -> str:
        comment = f"{before}{stamp.words}{after}\n"
        if text.startswith("#!"):
            first, _, rest = text.partition("\n")
            return f"{first}\n{comment}{rest}"
        return comment + text

    return write


_HASH, _SLASHES, _DASHES = _line("# "), _line("// "), _line("-- ")

STYLES: MappingProxyType[str, Callable[[str, Stamp], str]] = MappingProxyType(
    {
        **dict.fromkeys((".xml", ".dmn", ".bpmn", ".svg", ".html", ".xsd"), _xml),
        ".md": _line("<!-- ", " -->"),
        ".json": _json,
        **dict.fromkeys((".yaml", ".yml", ".toml", ".ini", ".cfg", ".conf", ".properties", ".sh", ".py", ".txt", ".tf"), _HASH),
        **dict.fromkeys((".yang", ".js", ".ts", ".java", ".proto"), _SLASHES),
        ".sql": _DASHES,
    }
)
"""How each format says it, by the ending of the file's name."""
