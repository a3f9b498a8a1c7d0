"""The editions of a project's site: which state of the catalog, for whose eyes, about which day, and what changed in its releases."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice, pairwise
from typing import Any

from tmfkit.catalog import Catalog
from tmfkit.diagnostics.model import Outcome
from tmfkit.errors import TmfkitError
from tmfkit.history import History, State, compared
from tmfkit.history.past import project_at as past
from tmfkit.model.audience import Audience, Section
from tmfkit.model.base import instant
from tmfkit.pipeline import linked
from tmfkit.project import Project, open_revision
from tmfkit.site.edition import FOLDERS, Edition
from tmfkit.site.page import Asset
from tmfkit.site.payloads import Payloads, payloads
from tmfkit.site.releases import Release, told
from tmfkit.vcs.repository import Repository
from tmfkit.workers import Tell, unheard

LANGUAGE = "en"
"""The language of a site whose catalog names none."""

COMPARED = 3
"""How many releases are compared with the one before them: each is read anew from git."""

LOSSES = "losses.json"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to see: for which audience, about which day, of which release; else everything, as the files are now."""

    audience: Audience
    day: date | None = None
    release: str | None = None


def project_at(project: Project, release: str | None) -> Outcome[Project]:
    """The project as it stood in a release that git knows; the files at hand for None."""
    if release is None:
        return Outcome(project)
    return past(project, release, "without --release, the site shows the files as they are")


def editions(project: Project, catalog: Catalog, wanted: Wanted, tell: Tell = unheard) -> tuple[list[Edition], tuple[Asset, ...]]:
    """One edition for each language of the catalog, and the files that they share."""
    settings = project.settings
    languages = tuple(catalog.vocabulary.languages) or (LANGUAGE,)
    found = list(_releases(project, catalog, wanted, tell))
    first = Edition(
        catalog,
        settings,
        languages[0],
        languages,
        wanted.audience,
        settings.last_update if wanted.day is None else instant(wanted.day, settings.zone),
        _losses(project, wanted),
        project.configuration.site.source or "",
        holding=wanted.day is not None,
    )
    tell("compiling the payloads")
    compiled = _payloads(project, first)
    made = [_in(language, first, compiled, found) for language in languages]
    return made, compiled.files


def _in(language: str, first: Edition, compiled: Payloads, releases: Sequence[Release]) -> Edition:
    edition = replace(first, language=language, payloads=compiled.of)
    return replace(edition, extra={"releases": told(releases, edition)})


def _payloads(project: Project, edition: Edition) -> Payloads:
    if not edition.shows(Section.PAYLOADS):
        return Payloads()
    keys = [summary.key for summary in edition.of(*FOLDERS)]
    return payloads(edition.catalog, keys, project.configuration.dialects, edition.settings)


def _losses(project: Project, wanted: Wanted) -> Sequence[Mapping[str, Any]]:
    """The rows of the loss report in the build folder, if it is that of this release."""
    if wanted.release is not None:
        return ()
    try:
        said = json.loads((project.output / LOSSES).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ()
    if not isinstance(said, dict) or said.get("release") != project.settings.release_name:
        return ()
    rows = said.get("losses")
    return rows if isinstance(rows, list) else ()


def _releases(project: Project, catalog: Catalog, wanted: Wanted, tell: Tell) -> Iterator[Release]:
    """What changed in the last releases: the tags of git, and on top what is not released yet. Nothing where there is no history."""
    release = project.configuration.release
    now = State(release.name, Outcome(project), Outcome(catalog)), str(release.date)[:10]
    try:
        earlier = list(islice(_past(project, wanted, tell), COMPARED))
    except TmfkitError:
        return
    for (after, day), (before, _) in pairwise((now, *earlier)):
        tell(f"comparing {before.name} with {after.name}")
        found = compared(History(before, after))
        yield Release(after.name, day, found.changes, tuple(dict.fromkeys(row.offering for row in found.prices)))


def _past(project: Project, wanted: Wanted, tell: Tell) -> Iterator[tuple[State, str]]:
    """The tagged states that lead to the one that is shown, the latest first, each with its day."""
    repository = Repository.find(project.root)
    head = repository.commit(wanted.release or "HEAD")
    order = ("--sort=-version:refname", "--sort=-creatordate", f"--merged={head}")
    listed = repository.git.ask("for-each-ref", *order, "--format=%(creatordate:short) %(refname:short)", "refs/tags")
    for line in listed.text.splitlines():
        day, _, tag = line.partition(" ")
        tell(f"reading {tag}")
        commit = repository.commit(f"refs/tags/{tag}")
        opened = open_revision(project.root, repository.tree(commit))
        yield State(tag, opened, linked(opened.value), commit), day
