"""The order of the stages: read, link, check, compile."""

from datetime import date
from typing import TYPE_CHECKING

from tmfkit.catalog import Catalog
from tmfkit.check.engine import inspect_entity
from tmfkit.check.plugins import Guests, inspector
from tmfkit.check.verdict import Verdict, judged
from tmfkit.check.whole import check
from tmfkit.diagnostics.model import Outcome, in_order
from tmfkit.edit.fixes import with_fixes
from tmfkit.files import Staging
from tmfkit.link.link import link
from tmfkit.load.load import load
from tmfkit.project import Project
from tmfkit.workers import Tell, collector_paused, unheard

if TYPE_CHECKING:
    from tmfkit.generate.engine import Projections
    from tmfkit.release.payloads import Made


def validate(project: Project, on: date | None = None, tell: Tell = unheard) -> Verdict:
    """The catalog of a project, and everything that is wrong with it; suppressions are held to their dates on a day, if one is given."""
    policy = project.policy
    guests = Guests(policy.plugins, policy.silent)
    inspect = inspector(guests)
    with collector_paused():
        loaded = load(project.tree, inspect, tell)
        tell(f"linking {len(loaded.summaries) + len(loaded.heirs):,} entities")
        linked = link(loaded, project.tree, project.configuration.timezone, inspect)
        tell(f"checking {len(linked.value):,} entities")
        checked = tuple(check(linked.value, policy.silent, guests))
    found = with_fixes(in_order((*loaded.diagnostics, *linked.diagnostics, *checked)), project.tree)
    return judged(linked.value, found, loaded.commented, policy, on)


def linked(project: Project, tell: Tell = unheard) -> Outcome[Catalog]:
    """The catalog of a project for looking something up in it: the rules that look further than one entity have not seen it."""
    with collector_paused():
        loaded = load(project.tree, inspect_entity, tell)
        found = link(loaded, project.tree, project.configuration.timezone, inspect_entity)
    return Outcome(found.value, in_order((*loaded.diagnostics, *found.diagnostics)))


def compile_release(project: Project, catalog: Catalog, *, files: bool = True, hints: bool = True, tell: Tell = unheard) -> "Outcome[Made]":
    """Everything that catalog APIs get, in the build folder; when something found is an error, nothing changes there."""
    from tmfkit.release.make import payloads

    with Staging(project.output) as staging:
        compiled = payloads(project, catalog, staging, tell, files=files, hints=hints)
        staging.commit_unless(compiled.failed)
    return compiled


def generate_release(project: Project, catalog: Catalog, tell: Tell = unheard) -> "Outcome[Projections]":
    """Everything that other systems get, in the build folder; when something found is an error, nothing changes there."""
    from tmfkit.release.make import projections

    with Staging(project.output) as staging:
        generated = projections(project, catalog, staging, tell)
        staging.commit_unless(generated.failed)
    return generated


def build_release(project: Project, catalog: Catalog, tell: Tell = unheard) -> "tuple[Outcome[Made], Outcome[Projections]]":
    """Both at once: the whole release, or nothing of it."""
    from tmfkit.release.make import payloads, projections

    with Staging(project.output) as staging:
        made = payloads(project, catalog, staging, tell, hints=False), projections(project, catalog, staging, tell)
        staging.commit_unless(any(outcome.failed for outcome in made))
    return made
