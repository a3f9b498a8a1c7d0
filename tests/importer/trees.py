"""Projects and payload files for the tests of the importer, and a look at what comes of them."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tmfkit.files import write_all
from tmfkit.importer.run import Import, prepare
from tmfkit.project import Project, open_project


def project(folder: Path, settings: str = "") -> Project:
    """A project without a catalog."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tmfkit.yaml").write_text(settings)
    return open_project(folder).value


def payloads(folder: Path, files: Mapping[str, Any]) -> Path:
    """A folder of payload files; text and bytes are written as they are, anything else as JSON."""
    for name, body in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        content = body if isinstance(body, bytes) else (body if isinstance(body, str) else json.dumps(body)).encode()
        file.write_bytes(content)
    return folder


def imported(folder: Path, files: Mapping[str, Any], settings: str = "") -> Import:
    """What importing some payloads into a new project comes to."""
    return prepare(project(folder / "project", settings), [payloads(folder / "in", files)])


def written(folder: Path, files: Mapping[str, Any], settings: str = "") -> Project:
    """A project into which some payloads were imported; all of them got in."""
    target = project(folder / "project", settings)
    result = prepare(target, [payloads(folder / "in", files)])
    assert result.is_whole, [note for note in result.notes if note.weight.value == "left out"]
    write_all(target.root, result.files)
    return open_project(target.root).value


def entity(result: Import, id: str) -> str:
    """The YAML document of one entity."""
    documents = [document for text in result.files.values() for document in text.split("---\n")]
    return next(document for document in documents if f"\nid: {id}\n" in document)


def messages(result: Import, weight: str) -> list[str]:
    """What is said in the notes of one weight."""
    return [note.message for note in result.notes if note.weight.value == weight]
