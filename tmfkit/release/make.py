"""Makes the parts of a release in a staging folder, from where they are moved to their places when everything is right."""

from collections.abc import Mapping

from tmfkit.catalog import Catalog
from tmfkit.diagnostics.model import Outcome, in_order
from tmfkit.files import Staging
from tmfkit.generate.engine import Projections, generate
from tmfkit.project import Project
from tmfkit.release.payloads import Made, Order, write_release
from tmfkit.release.projections import files_of, write_projections
from tmfkit.workers import Tell, collector_paused


def payloads(project: Project, catalog: Catalog, staging: Staging, tell: Tell, *, files: bool = True, hints: bool = True) -> Outcome[Made]:
    """What catalog APIs get."""
    tell(f"compiling {len(catalog):,} entities")
    with collector_paused():
        outcome = write_release(catalog, Order(project.configuration.dialects, project.settings, files, hints), staging)
    return Outcome(outcome.value, in_order(outcome.diagnostics))


def projections(project: Project, catalog: Catalog, staging: Staging, tell: Tell) -> Outcome[Projections]:
    """What all other systems get."""
    outcome = projected(project, catalog, tell)
    if not outcome.failed:
        write_projections(texts(project, catalog, outcome.value), staging)
    return outcome


def projected(project: Project, catalog: Catalog, tell: Tell) -> Outcome[Projections]:
    """What the generators make, written nowhere. A project's own generators run here, and nowhere else."""
    outcome = generate(catalog, project.settings, project.generators, project.root, tell)
    return Outcome(outcome.value, in_order(outcome.diagnostics))


def texts(project: Project, catalog: Catalog, made: Projections) -> Mapping[str, str]:
    """The files that generating writes, by their paths below the output folder."""
    return files_of(made, catalog, project.settings)
