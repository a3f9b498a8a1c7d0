"""The texts of a new project: the example operator or a small example, and the frame of settings, checks and editor files."""

import json
import os
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from tmfkit import __version__
from tmfkit.errors import TmfkitError
from tmfkit.model.schema import language_schema
from tmfkit.project import FILE, Configuration

CARRIED = (FILE, "catalog")
"""What of the repository of tmfkit itself is the example operator; wheels carry it, see `force-include` in pyproject.toml."""

HERE = Path(__file__).resolve().parent

FRAME: Mapping[str, str] = {
    ".editorconfig": "editorconfig",
    ".github/workflows/catalog-comment.yml": "github-comment.yml",
    ".github/workflows/catalog.yml": "github.yml",
    ".gitignore": "gitignore",
    ".gitlab-ci.yml": "gitlab.yml",
    ".vscode/extensions.json": "vscode-extensions.json",
    ".vscode/settings.json": "vscode-settings.json",
    "CODEOWNERS": "CODEOWNERS",
    "README.md": "README.md",
    "docs/index.md": "docs-index.md",
    "mkdocs.yml": "mkdocs.yml",
}
"""Where each text of the folder `frame/` goes; their own names are plain, so that neither git nor an editor obeys them here."""

SCHEMA = ".vscode/tmfkit.schema.json"

CATALOG = "catalog/"


def frame(configuration: Configuration) -> dict[str, str]:
    """What every new project gets besides its settings and its catalog."""
    texts = {name: _filled((HERE / "frame" / source).read_bytes().decode(), configuration) for name, source in FRAME.items()}
    return texts | {SCHEMA: json.dumps(language_schema(), ensure_ascii=False, separators=(",", ":")) + "\n"}


def settings(configuration: Configuration, today: date) -> str:
    """A `tmfkit.yaml` for a catalog that is just begun; today becomes the date of its release."""
    text = (HERE / "frame" / FILE).read_bytes().decode()
    return _filled(text, configuration).replace("@TODAY@", today.isoformat())


def small() -> dict[str, str]:
    """The smallest catalog that shows the whole way: one offering, down to a piece of equipment."""
    return dict(_texts(HERE / "small"))


def example() -> dict[str, str]:
    """The example operator: its settings and its catalog."""
    folder = example_folder()
    texts = dict(_texts(folder / "catalog", CATALOG))
    return {FILE: (folder / FILE).read_bytes().decode()} | texts


def example_folder() -> Path:
    """Where the example operator lies: in the package as it is installed, or at the root of the repository that it runs from."""
    for folder in (HERE.parent / "_starter", HERE.parent.parent):
        if all((folder / name).exists() for name in CARRIED):
            return folder
    raise TmfkitError(
        "this installation of tmfkit carries no example operator", "`tmfkit init --empty` works without it; or install it anew"
    )


def _texts(folder: Path, prefix: str = "") -> Iterator[tuple[str, str]]:
    """The files below a folder but for hidden ones, under the names that they get in the project."""
    for where, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for file in sorted(name for name in files if not name.startswith(".")):
            path = Path(where, file)
            yield prefix + path.relative_to(folder).as_posix(), path.read_bytes().decode()


def _filled(text: str, configuration: Configuration) -> str:
    words = {
        "@CATALOG@": configuration.catalog,
        "@CHANGES@": configuration.changes,
        "@BUILD@": configuration.build,
        "@VERSION@": __version__,
    }
    for mark, word in words.items():
        text = text.replace(mark, word)
    return text
