"""The folder that a new project goes into: what is in its way there, and what of the project is missing."""

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from tmfkit.diagnostics.model import Outcome
from tmfkit.errors import TmfkitError
from tmfkit.project import FILE, Configuration, Project, open_project
from tmfkit.starter.contents import CATALOG, example, frame, settings, small

HARMLESS = frozenset((".git", ".venv", ".DS_Store"))
"""What may lie in a folder that counts as empty: the repository, the virtual environment that tmfkit runs in, a trace of a desktop."""

NAMED = 8
"""How many of the things in the way a message names."""


def make_sure_it_is_empty(folder: Path) -> None:
    """Refuses a folder with anything in it, or in the catalog of another project; one that does not exist is as good as empty."""
    above = next((one for one in folder.resolve().parents if (one / FILE).is_file()), None)
    if above and folder.resolve().is_relative_to(above / open_project(above).value.configuration.catalog):
        raise TmfkitError(f"{folder} lies in the catalog of the project {above}", "name a folder outside that catalog")
    if not (names := in_the_way(folder)):
        return
    rest = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    raise TmfkitError(
        f"{'this folder' if folder == Path() else folder} is not empty: {', '.join(names[:NAMED])}{rest}",
        "name a new folder, as in `tmfkit init my-catalog`; or let --force add what is missing, which changes nothing that is there",
    )


def in_the_way(folder: Path) -> list[str]:
    """What lies in a folder, sorted; folders with a slash behind them."""
    try:
        with os.scandir(folder) as entries:
            return sorted(_shown(entry) for entry in entries if entry.name not in HARMLESS)
    except FileNotFoundError:
        return []
    except NotADirectoryError:
        raise TmfkitError(f"{folder} is a file", "name a folder that is empty or does not exist yet") from None
    except OSError as error:
        raise TmfkitError(f"{folder} cannot be read: {(error.strerror or '').lower()}") from None


def project_in(folder: Path) -> Outcome[Project]:
    """The project that a folder is already, with what is wrong about its settings; else the one that it is going to be."""
    return open_project(folder) if (folder / FILE).is_file() else Outcome(Project(folder, Configuration()))


def around(project: Project, today: date) -> dict[str, str]:
    """Everything but a catalog that the project is still without."""
    configuration = project.configuration
    return _absent(project, {FILE: settings(configuration, today), **frame(configuration)})


def with_small_example(project: Project, today: date) -> dict[str, str]:
    """What the project is still without, and the small example if it has no catalog."""
    return around(project, today) | _catalog(project, small())


def with_example_operator(project: Project, today: date) -> dict[str, str]:
    """What the project is still without, and the example operator if it has no catalog."""
    texts = example()
    own = _absent(project, {FILE: texts[FILE]})
    return around(project, today) | own | _catalog(project, texts)


def _catalog(project: Project, texts: Mapping[str, str]) -> dict[str, str]:
    """The texts of a catalog, where the project wants it; none where it has one, for two catalogs do not mix."""
    folder = project.configuration.catalog
    if in_the_way(project.root / folder):
        return {}
    return {f"{folder}/{name.removeprefix(CATALOG)}": text for name, text in texts.items() if name.startswith(CATALOG)}


def _absent(project: Project, texts: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in texts.items() if not os.path.lexists(project.root / name)}


def _shown(entry: "os.DirEntry[str]") -> str:
    name = entry.name if entry.name.isprintable() else ascii(entry.name)
    return f"{name}/" if entry.is_dir(follow_symlinks=False) else name
