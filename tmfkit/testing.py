"""Helps to test a generator: what it makes of a small catalog, without a folder, and in readable words what is wrong."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from tmfkit.catalog import Catalog
from tmfkit.check.engine import inspect_entity
from tmfkit.check.whole import check
from tmfkit.compile.bundle import Settings
from tmfkit.diagnostics.model import Diagnostic, Outcome, Severity, in_order
from tmfkit.errors import TmfkitError
from tmfkit.generate.discover import Sources
from tmfkit.generate.engine import jobs
from tmfkit.generate.run import Job, run
from tmfkit.link.link import link
from tmfkit.load.load import load
from tmfkit.project import find
from tmfkit.source.tree import MemoryTree
from tmfkit.views.diagnostics_text import as_text

FILE = "catalog.yaml"
SETTINGS = Settings("test", datetime(2026, 1, 1, tzinfo=UTC), ZoneInfo("UTC"))
"""The release of every test: what a generator makes must not depend on the day."""


def generated(generator: str, catalog: str | Mapping[str, str], system: str | None = None, project: Path = Path()) -> dict[str, str]:
    """The files that a generator makes, without stamps, by their paths below the folder of the system.

    `catalog` is the YAML of a small catalog with a System that names the generator, or several files of it by name; `system` is needed
    where several do. The generator is looked for as ever: in the project that `project` lies in, in installed packages, in tmfkit. An error
    of the catalog or the generator is an AssertionError that reads as `tmfkit generate` would show it.
    """
    made, found = _made(generator, catalog, system, project)
    errors = [one for one in found if one.severity is Severity.ERROR]
    if errors:
        raise AssertionError("\n" + as_text(errors, lambda file: _lines(file, catalog, project)))
    return made


def findings(generator: str, catalog: str | Mapping[str, str], system: str | None = None, project: Path = Path()) -> list[str]:
    """What is found in the catalog and while the generator runs, as `CODE file:line:column message`; empty where all is well."""
    _, found = _made(generator, catalog, system, project)
    return [f"{one.code} {one.primary} {one.message}" for one in found]


def _made(
    generator: str, catalog: str | Mapping[str, str], system: str | None, project: Path
) -> tuple[dict[str, str], Sequence[Diagnostic]]:
    outcome = _linked(catalog)
    if outcome.failed:
        return {}, outcome.diagnostics
    root = _root(project)
    ran = run(_job(generator, outcome.value, system), outcome.value, SETTINGS, Sources(root), root)
    return {artifact.path: artifact.text for artifact in ran.artifacts}, (*outcome.diagnostics, *ran.found)


def _linked(catalog: str | Mapping[str, str]) -> Outcome[Catalog]:
    tree = MemoryTree({FILE: catalog} if isinstance(catalog, str) else catalog)
    loaded = load(tree, inspect_entity)
    linked = link(loaded, tree, ZoneInfo("UTC"), inspect_entity)
    return Outcome(linked.value, in_order((*loaded.diagnostics, *linked.diagnostics, *check(linked.value))))


def _job(generator: str, catalog: Catalog, system: str | None) -> Job:
    users = sorted(job for job in jobs(catalog) if job.generator == generator and system in (None, job.system))
    if not users:
        which = f"the System `{system}`" if system else "no System"
        raise AssertionError(f"{which} of this catalog names {'no' if system else 'the'} generator `{generator}`")
    if len(users) > 1:
        raise AssertionError(f"several systems name the generator: say `system=`, one of {', '.join(job.system for job in users)}")
    return users[0]


def _root(project: Path) -> Path | None:
    """The project whose own generators come first; none for the tests of a package."""
    try:
        return find(project)
    except TmfkitError:
        return None


def _lines(file: str, catalog: str | Mapping[str, str], project: Path) -> Sequence[str]:
    return list(_texts(file, catalog, project))


def _texts(file: str, catalog: str | Mapping[str, str], project: Path) -> Iterator[str]:
    files = {FILE: catalog} if isinstance(catalog, str) else catalog
    root = _root(project)
    if file in files:
        yield from files[file].splitlines()
    elif root is not None and (root / file).is_file():
        yield from (root / file).read_text(encoding="utf-8", errors="replace").splitlines()
