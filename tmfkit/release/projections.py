"""Writes what was generated for other systems: a folder for each generator with its index, and what became of every detail."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any

from tmfkit.catalog import Catalog
from tmfkit.compile.bundle import Settings
from tmfkit.errors import TmfkitError
from tmfkit.files import Staging
from tmfkit.generate.engine import Folder, Projections
from tmfkit.generate.loss_report import rows, table
from tmfkit.generate.refused import INDEX

LOSSES = "losses.json"
TABLE = "losses.md"


def files_of(made: Projections, catalog: Catalog, settings: Settings) -> dict[str, str]:
    """Every file that is written, by its path below the output folder."""
    files = {f"{folder.generator}/{folder.system}/{file.path}": file.text for folder in made.folders for file in folder.files}
    for generator, folders in groupby(made.folders, key=lambda folder: folder.generator):
        files[f"{generator}/{INDEX}"] = _json(_index(generator, list(folders), settings))
    files[LOSSES] = _json({"release": settings.release_name, "losses": rows(made.losses, catalog)})
    files[TABLE] = table(made.losses, catalog)
    return dict(sorted(files.items()))


def write_projections(files: Mapping[str, str], staging: Staging) -> None:
    """Stages the files; folders of generators that no system names any more are going to disappear."""
    for path, text in files.items():
        staging.write(path, text.encode())
    kept = {path.partition("/")[0] for path in files}
    for name in generated_folders(staging.output):
        if name not in kept:
            staging.retire(name)


def generated_folders(output: Path) -> Iterator[str]:
    """The folders that earlier runs made for generators; nothing else in the output folder is touched."""
    for index in sorted(output.glob(f"*/{INDEX}")):
        try:
            said = json.loads(index.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        if isinstance(said, dict) and said.get("generator") == index.parent.name:
            yield index.parent.name


def on_disk(output: Path) -> dict[str, str]:
    """What an earlier run wrote, by path; bytes that are no text become signs that no text has, and differ from everything."""
    folders = [output / name for name in generated_folders(output)]
    paths = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
    paths += [path for path in (output / LOSSES, output / TABLE) if path.is_file()]
    try:
        return {path.relative_to(output).as_posix(): path.read_bytes().decode("utf-8", "surrogateescape") for path in paths}
    except OSError as error:
        raise TmfkitError(f"cannot read {output}: {(error.strerror or '').lower()}") from None


def _index(generator: str, folders: list[Folder], settings: Settings) -> dict[str, Any]:
    systems: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for folder in folders:
        systems[folder.system] += (
            {
                "path": f"{folder.system}/{file.path}",
                "sha256": sha256(file.text.encode()).hexdigest(),
                "digest": f"sha256:{file.digest}",
                "sources": [f"{key.kind}/{key.id}" for key in file.sources],
            }
            for file in folder.files
        )
    return {"generator": generator, "release": settings.release_name, "systems": systems}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
