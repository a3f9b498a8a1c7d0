"""Runs one shipped generator over a small catalog in memory, or over the example operator, without writing anything."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo

from tests.architecture.sources import ROOT
from tests.catalogs import validated
from tmfkit.catalog import Catalog
from tmfkit.compile.bundle import Settings
from tmfkit.diagnostics.model import Outcome
from tmfkit.generate.discover import Sources
from tmfkit.generate.engine import Projections, generate
from tmfkit.generate.run import Job, Ran, run
from tmfkit.generate.stamps import Stamp, stamped
from tmfkit.pipeline import linked
from tmfkit.project import open_project
from tmfkit.workers import unheard

SETTINGS = Settings("test", datetime(2026, 11, 23, tzinfo=UTC), ZoneInfo("UTC"))


def generated(files: Mapping[str, str | bytes] | str, system: str, generator: str) -> dict[str, str]:
    """What a shipped generator makes for one system, with stamps, by paths below the system's folder; nothing found is an error."""
    outcome = projected(files)
    assert not outcome.failed, [str(found) for found in outcome.diagnostics]
    return texts(outcome.value, system, generator)


def projected(files: Mapping[str, str | bytes] | str) -> Outcome[Projections]:
    """What all generators that a catalog names make of it, and what they complain about."""
    checked = validated(files)
    assert not checked.failed, [f"{found.code} {found.primary} {found.message}" for found in checked.diagnostics]
    return generate(checked.value, SETTINGS, Sources())


def texts(made: Projections, system: str, generator: str) -> dict[str, str]:
    """The files of one generator for one system."""
    folders = [folder for folder in made.folders if (folder.system, folder.generator) == (system, generator)]
    return {file.path: file.text for folder in folders for file in folder.files}


@cache
def example_operator() -> Catalog:
    """The catalog of the example operator."""
    return linked(open_project(ROOT).value, unheard).value


@cache
def example_projections() -> Projections:
    """Everything that is generated for the example operator."""
    outcome = generate(example_operator(), open_project(ROOT).value.settings, Sources())
    assert not outcome.failed, [f"{found.code} {found.primary} {found.message}" for found in outcome.diagnostics]
    return outcome.value


@cache
def example_ran(system: str, generator: str) -> Ran:
    """One generator for one system of the example operator, whatever the others do."""
    made = run(Job(generator, system), example_operator(), open_project(ROOT).value.settings, Sources())
    assert made.artifacts, [f"{found.code} {found.primary} {found.message}" for found in made.found]
    return made


def example_files(system: str, generator: str) -> dict[str, str]:
    """Its files, with stamps, by their paths."""
    stamp = Stamp("2026.11", generator, system, "0" * 64)
    return {one.path: stamped(one.path, one.text, stamp) if one.stamped else one.text for one in example_ran(system, generator).artifacts}
