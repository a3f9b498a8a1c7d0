"""Checks a project again and again while it is edited: says what `validate` says, and does only the work that an edit calls for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from tmfkit.catalog import Catalog
from tmfkit.check.engine import inspect_catalog, inspect_neighbours
from tmfkit.check.plugins import Guests, inspector
from tmfkit.check.policy import Policy
from tmfkit.check.verdict import judged
from tmfkit.diagnostics.model import Diagnostic, in_order
from tmfkit.edit.fixes import with_fixes
from tmfkit.files import FolderTree
from tmfkit.link.link import link
from tmfkit.load.load import Inspect, Loaded, load_files, put_together
from tmfkit.lsp.snapshot import Buffers, Reading, Snapshot
from tmfkit.lsp.view import Fact, View, changes
from tmfkit.model.base import Key
from tmfkit.project import Project, open_project


@dataclass(frozen=True)
class Checked:
    """A project as it was at one moment, its catalog, and everything that is wrong with it."""

    project: Project
    snapshot: Snapshot
    catalog: Catalog
    diagnostics: tuple[Diagnostic, ...]

    def of(self, file: str) -> tuple[Diagnostic, ...]:
        """The findings in one file."""
        return tuple(found for found in self.diagnostics if found.primary.file == file)


@dataclass(frozen=True, slots=True)
class _Part:
    """What one file brought, and the files that were read for it: itself, and the tables that it names."""

    loaded: Loaded
    read: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the rules found that look at an entity and its neighbours, and what that depends on."""

    asked: frozenset[Fact]
    found: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class _Memory:
    """What is worth keeping from one check for the next; it holds for one project with its decisions."""

    project: Project
    policy: Policy
    snapshot: Snapshot
    parts: Mapping[str, _Part]
    catalog: Catalog
    answers: Mapping[Key, _Answer]


class Checker:
    """Keeps a whole project in memory, file by file and entity by entity."""

    def __init__(self, root: Path) -> None:
        """`root` is the folder of the project's `tmfkit.yaml`."""
        self.root = root
        self.reread: tuple[str, ...] = ()
        """The files that the last check had to read."""
        self.asked: tuple[Key, ...] = ()
        """The entities that it had to look at together with their neighbours."""
        self._project: Project | None = None
        self._memory: _Memory | None = None

    def check(self, buffers: Buffers, on: date | None = None) -> Checked:
        """The project now, with open files as their editor has them; `tmfkit.yaml` counts as it was saved.

        While the settings are wrong, the last right ones hold.
        """
        opened = open_project(self.root)
        if not opened.failed or self._project is None:
            self._project = opened.value
        project, policy = self._project, self._project.policy
        before = self._memory if self._memory and _is_alike(self._memory, project, policy) else None
        folders = FolderTree(self.root, project.configuration.catalog, project.configuration.changes)
        snapshot = Snapshot(folders, buffers, before.snapshot if before else None)
        guests = Guests(policy.plugins, policy.silent)
        inspect = inspector(guests)
        changed = snapshot.changed(before.snapshot) if before else set()
        parts = self._parts(snapshot, inspect, before, changed)
        loaded = put_together((part.loaded for part in parts.values()), bool(parts))
        linked = link(loaded, snapshot, project.configuration.timezone, inspect)
        answers = self._answers(linked.value, guests, before, changed)
        self._memory = _Memory(project, policy, snapshot, parts, linked.value, answers)
        around = (found for answer in answers.values() for found in answer.found)
        everything = in_order((*loaded.diagnostics, *linked.diagnostics, *around, *_over(linked.value, guests)))
        verdict = judged(linked.value, with_fixes(everything, snapshot), loaded.commented, policy, on or _today())
        return Checked(project, snapshot, linked.value, in_order((*opened.diagnostics, *verdict.diagnostics)))

    def _parts(self, snapshot: Snapshot, inspect: Inspect, before: _Memory | None, changed: set[str]) -> dict[str, _Part]:
        """Every file's part: the one from before, unless it or a table that it names has changed."""
        known = before.parts if before else {}
        kept = {file: known[file] for file in snapshot.files() if file in known and known[file].read.isdisjoint(changed)}
        self.reread = tuple(file for file in snapshot.files() if file not in kept)
        return {file: kept[file] if file in kept else _read(snapshot, inspect, file) for file in snapshot.files()}

    def _answers(self, catalog: Catalog, guests: Guests, before: _Memory | None, changed: set[str]) -> dict[Key, _Answer]:
        """What the rules find around every entity: what they found before, unless something has changed that they asked for."""
        different = changes(before.catalog, catalog, changed) if before else set()
        known = before.answers if before else {}
        keys = sorted(catalog.summaries)
        kept = {key: known[key] for key in keys if key in known and known[key].asked.isdisjoint(different)}
        self.asked = tuple(key for key in keys if key not in kept)
        return {key: kept[key] if key in kept else _answer(catalog, key, guests) for key in keys}


def _is_alike(memory: _Memory, project: Project, policy: Policy) -> bool:
    """Whether what is remembered was found under the same settings."""
    return memory.project.configuration == project.configuration and memory.policy.silent == policy.silent


def _read(snapshot: Snapshot, inspect: Inspect, file: str) -> _Part:
    reading = Reading(snapshot)
    loaded = load_files(reading, inspect, (file,))
    return _Part(loaded, frozenset(reading.paths))


def _over(catalog: Catalog, guests: Guests) -> tuple[Diagnostic, ...]:
    return (*inspect_catalog(catalog, silent=guests.silent), *guests.whole(catalog))


def _answer(catalog: Catalog, key: Key, guests: Guests) -> _Answer:
    view = View(catalog)
    found = (*inspect_neighbours(view, (key,), silent=guests.silent), *guests.neighbours(view, (key,)))
    return _Answer(frozenset(view.asked | {key}), found)


def _today() -> date:
    return datetime.now().astimezone().date()
