"""Sites built for tests: the example operator's, once for all processes of a test run, and those of small catalogs."""

import fcntl
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from lxml import html

from tests.catalogs import written
from tests.conftest import ROOT

TMFKIT = Path(sys.executable).with_name("tmfkit")
SECONDS = 500
NOT_COPIED = shutil.ignore_patterns(".*", "build", "site", "dist", "tests", "bench", "__pycache__")


@dataclass(frozen=True)
class Site:
    """A built site: the folder that a web server would be given."""

    folder: Path

    @property
    def pages(self) -> list[str]:
        """Every page, by its path."""
        return sorted(path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*.html"))

    def page(self, name: str) -> str:
        """The path of the page whose Markdown is `<name>.md`, whichever way its builder lays pages out."""
        found = [path for path in (f"{name}.html", f"{name}/index.html") if (self.folder / path).is_file()]
        assert found, f"the site has no page {name}"
        return found[0]

    def read(self, path: str) -> html.HtmlElement:
        """A page as a browser would see it before any script ran."""
        return html.fromstring((self.folder / path).read_bytes(), parser=html.HTMLParser(encoding="utf-8"))

    def size(self, path: str) -> int:
        """How many bytes a file has."""
        return (self.folder / path).stat().st_size


def docs(project: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    """`tmfkit docs` in a project."""
    command = [str(TMFKIT), "docs", *options]
    return subprocess.run(command, cwd=project, capture_output=True, text=True, encoding="utf-8", timeout=SECONDS, check=False)


def built(project: Path, *options: str) -> Site:
    """The site of a project; the test fails where it cannot be built."""
    done = docs(project, *options)
    assert done.returncode == 0, done.stdout + done.stderr
    return Site(project / "site")


def small(folder: Path, files: Mapping[str, str | bytes], settings: str = "", *options: str) -> Site:
    """The site of a catalog of these files."""
    return built(written(folder, files, settings), *options)


def example(folder: Path) -> Path:
    """A copy of this repository's project, with the documentation of the toolkit, below a folder; it has no history."""
    return Path(shutil.copytree(ROOT, folder / "example", ignore=_left_out))


def _left_out(folder: str, names: list[str]) -> set[str]:
    """What was made is made anew."""
    made = {"catalog"} if Path(folder) == ROOT / "docs" else set()
    return {*NOT_COPIED(folder, names), *made}


def once(shared: Path, name: str, make: Callable[[Path], Site]) -> Site:
    """What `make` builds in a folder that all processes of a test run share: the first that asks builds, the others wait for it.

    A site that cannot be built is not tried again.
    """
    done = shared / f"{name}.txt"
    with _locked(shared / f"{name}.lock"):
        if not done.is_file():
            done.write_text(_tried(shared / name, make), encoding="utf-8")
    found = Path(done.read_text(encoding="utf-8"))
    assert found.is_absolute(), str(found)
    return Site(found)


def _tried(folder: Path, make: Callable[[Path], Site]) -> str:
    folder.mkdir()
    try:
        return str(make(folder).folder)
    except AssertionError as error:
        return f"not built: {error}"


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
