"""Builds the site: MkDocs or Zensical makes it of the pages, in a process of its own; a site that fails leaves the last one as it was."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tmfkit.errors import TmfkitError
from tmfkit.site.builders import Builder
from tmfkit.site.config import FILE, Derived, derived, documents
from tmfkit.site.redirects import front_page
from tmfkit.site.write import FOLDER, MARK, Written

HERE = Path(__file__).resolve().parent
DERIVED = ".tmfkit-mkdocs.yml"
FRESH = ".tmfkit-site.new"
"""Where the site grows: Zensical writes nowhere but in the project."""

SAID = 20
"""Lines of a builder's complaint that are shown."""

FRONT = "index.html"

STANDARD = HERE.parent / "starter" / "frame" / "mkdocs.yml"
"""What a new project gets."""


def settings_of(root: Path) -> str:
    """The `mkdocs.yml` of a project; where it has none, the one that `tmfkit init` writes."""
    file = root / FILE
    try:
        return file.read_text(encoding="utf-8") if file.is_file() else STANDARD.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise TmfkitError(f"{FILE} cannot be read: {str(error).lower()}") from None


def pages_folder(root: Path) -> Path:
    """Where the pages of the catalog go: below the folder of documents that `mkdocs.yml` names."""
    return root / documents(settings_of(root)) / FOLDER


def build(root: Path, output: Path, written: Written, builder: Builder, name: str | None = None) -> None:
    """Makes the site of a project's documents in a fresh folder, and moves it to its place when it is whole."""
    _refuse_foreign(root, output)
    fresh, config = root / FRESH, root / DERIVED
    try:
        shutil.rmtree(fresh, ignore_errors=True)
        config.write_text(derived(settings_of(root), root, Derived(FRESH, name, written.menus)), encoding="utf-8")
        _run(builder, config)
        (fresh / MARK).write_text("made by tmfkit docs\n", encoding="utf-8")
        if written.menus and not (fresh / FRONT).is_file():
            (fresh / FRONT).write_bytes(front_page(next(iter(written.menus)), f"{FOLDER}/{FRONT}"))
        _move(fresh, output)
    except OSError as error:
        raise TmfkitError(f"cannot write {output}: {(error.strerror or str(error)).lower()}") from None
    finally:
        config.unlink(missing_ok=True)
        shutil.rmtree(fresh, ignore_errors=True)


def _move(fresh: Path, output: Path) -> None:
    """Puts a whole site in the place of the last one, which is there until the new one is beside it."""
    beside = output.with_name(f".{output.name}.new")
    shutil.rmtree(beside, ignore_errors=True)
    output.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(fresh, beside)
    shutil.rmtree(output, ignore_errors=True)
    beside.rename(output)


def _refuse_foreign(root: Path, output: Path) -> None:
    place, pages = output.resolve(), pages_folder(root).parent.resolve()
    if place.is_relative_to(pages) or pages.is_relative_to(place) or root.resolve().is_relative_to(place):
        raise TmfkitError(f"{output} and the documents overlap", "the site replaces what stands there: name another folder with --output")
    if output.is_dir() and any(output.iterdir()) and not any((output / name).is_file() for name in (MARK, "sitemap.xml")):
        raise TmfkitError(f"{output} holds something that is no site", "move it away, or name another folder with --output")


def _run(builder: Builder, config: Path) -> None:
    command = [sys.executable, "-m", builder.value, "build", "--strict", "--config-file", config.name]
    quiet = {"NO_MKDOCS_2_WARNING": "1", "NO_COLOR": "1", "PYTHONUTF8": "1"}
    done = subprocess.run(
        command, cwd=config.parent, env=os.environ | quiet, capture_output=True, encoding="utf-8", errors="replace", check=False
    )
    if done.returncode:
        said = [line for line in (done.stdout + done.stderr).splitlines() if line.strip() and not line.startswith("INFO")]
        raise TmfkitError(f"{builder} cannot build the site", "\n  ".join(said[-SAID:]) or f"it ended with {done.returncode}")
