"""YANG modules read by pyang, and data held to them by yangson."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pyang import error
from pyang.context import Context
from pyang.repository import FileRepository
from yangson import DataModel
from yangson.enumerations import ContentType
from yangson.exceptions import YangsonException

QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)


def pyang_faults(file: Path, *folders: Path) -> list[str]:
    """What pyang holds against a module, warnings too; `folders` hold what it imports, and its own folder is looked at first."""
    context, _ = read_by_pyang(file, *folders)
    found = [(position, error.err_to_str(tag, arguments)) for position, tag, arguments in context.errors if position.ref == str(file)]
    return [f"{file.name}:{position.line}: {message}" for position, message in found]


def read_by_pyang(file: Path, *folders: Path) -> tuple[Context, Any]:
    """A module as pyang understands it, by the letter of the standard, with what it found."""
    path = ":".join(str(folder) for folder in (file.parent, *folders))
    context = Context(FileRepository(path, use_env=False, no_path_recurse=True))
    context.strict = True
    name = file.name.partition("@")[0].removesuffix(".yang")
    module = context.add_module(str(file), file.read_text(encoding="utf-8"), expect_modulename=name)
    context.validate()
    return context, module


def pyang_paths(file: Path, *folders: Path) -> set[str]:
    """What a module puts into others: the paths of its nodes below the one that it adds, as `/leaf` and `/container/leaf`."""
    _, module = read_by_pyang(file, *folders)
    (added,) = [node for augment in module.search("augment") for node in augment.i_children]
    return {path for node in added.i_children for path in node_paths(node, "")}


def node_paths(node: Any, above: str) -> Iterator[str]:
    path = f"{above}/{node.arg}"
    yield path
    for child in getattr(node, "i_children", ()):
        yield from node_paths(child, path)


def data_model(folders: Sequence[Path], implemented: Iterable[str]) -> DataModel:
    """The data model of the implemented modules with everything that they import, each with all of its features.

    What a leafref of theirs points into has to be implemented too: the network models need `ietf-interfaces`, for one.
    """
    library = {"ietf-yang-library:modules-state": {"module-set-id": "", "module": entries(folders, set(implemented))}}
    return DataModel(json.dumps(library), tuple(str(folder) for folder in folders))


def entries(folders: Sequence[Path], implemented: set[str]) -> list[dict[str, Any]]:
    """The rows of the library (RFC 7895) for these modules and what they import, found by following the imports."""
    waiting, seen = sorted(implemented), dict[str, dict[str, Any]]()
    while waiting:
        name = waiting.pop()
        if name not in seen:
            text = source(folders, name)
            parts = {part: source(folders, part) for part in re.findall(r"\binclude\s+([\w.-]+)", text)}
            seen[name] = entry(name, text, parts, name in implemented)
            waiting += [used for one in (text, *parts.values()) for used in re.findall(r"\bimport\s+([\w.-]+)", one)]
    return [seen[name] for name in sorted(seen)]


def entry(name: str, text: str, parts: Mapping[str, str], implement: bool) -> dict[str, Any]:
    return {
        "name": name,
        "revision": revision(text),
        "namespace": first(r'\bnamespace\s+"?([^";\s]+)"?', text),
        "conformance-type": "implement" if implement else "import",
        "feature": [feature for one in (text, *parts.values()) for feature in re.findall(r"^\s*feature\s+([\w.-]+)", one, re.MULTILINE)],
        "submodule": [{"name": part, "revision": revision(one)} for part, one in parts.items()],
    }


def source(folders: Sequence[Path], name: str) -> str:
    """A module without its comments and without the prose in it, which may hold any word of the language."""
    found = [file for folder in folders for file in sorted(folder.glob(f"{name}.yang"))]
    assert found, f"no {name}.yang in {', '.join(folder.name for folder in folders)}"
    text = QUOTED.sub(
        lambda quoted: quoted[0] if "\n" not in quoted[0] and " " not in quoted[0] else '""', found[0].read_text(encoding="utf-8")
    )
    return re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", "", text, flags=re.DOTALL)


def revision(text: str) -> str:
    return max(re.findall(r'\brevision\s+"?(\d{4}-\d{2}-\d{2})', text), default="")


def first(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    return found[1] if found else ""


def yangson_fault(model: DataModel, data: Mapping[str, Any]) -> str | None:
    """What yangson holds against a configuration in RFC 7951 JSON: types, must, when, leafref, mandatory. None for nothing."""
    try:
        model.from_raw(dict(data)).validate(ctype=ContentType.config)
    except YangsonException as fault:
        return f"{type(fault).__name__}: {fault}"
    return None
