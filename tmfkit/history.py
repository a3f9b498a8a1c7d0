"""Two states of a catalog, ready to be compared: of two revisions, of a revision and the files at hand, or of two folders."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path, PurePosixPath

from tmfkit.catalog import Catalog, Summary
from tmfkit.diagnostics.model import Diagnostic, Outcome, Severity
from tmfkit.diff.change import Change, Kind
from tmfkit.diff.compare import compare
from tmfkit.diff.consequences import Consequence, consequences, reached
from tmfkit.diff.prices import PriceChange, price_changes
from tmfkit.diff.sellable import SaleChange, sale_changes
from tmfkit.errors import TmfkitError
from tmfkit.model.base import Key
from tmfkit.pipeline import linked
from tmfkit.project import FILE, Project, find, open_project, open_revision
from tmfkit.source.document import Document
from tmfkit.source.text import Span
from tmfkit.vcs.repository import Repository, is_bare
from tmfkit.workers import Tell, unheard

AT_HAND = "the working tree"
MAIN = "the main branch"

UNREAD = frozenset(("TK001", "TK002", "TK003", "TK004", "TK005"))
"""Findings after which nobody knows what a file declares."""

EMPTY = "TK009"
TABLE = "TK017"
NAMED = 5
"""How many of several are named in a note."""


@dataclass(frozen=True)
class State:
    """A project at one time: how people call that time, its settings, and its catalog as far as it can be read.

    `commit` is empty for files at hand and for folders. `prefix` is the way to the project from the top of the repository, as that commit
    has it; `moved` says that it is not the one of the later state.
    """

    name: str
    project: Outcome[Project]
    catalog: Outcome[Catalog]
    commit: str = ""
    prefix: str = ""
    moved: bool = False

    @cached_property
    def unread(self) -> tuple[Diagnostic, ...]:
        """Why some of its files cannot be read, a finding each."""
        return tuple({found.primary.file: found for found in reversed(self.catalog.diagnostics) if _hides(found)}.values())[::-1]

    @cached_property
    def broken(self) -> tuple[Key, ...]:
        """The entities that it declares and nobody can make sense of, or not of a table file that they name."""
        places = [place for found in self.catalog.diagnostics if (place := _names_table(found))]
        rows = self.catalog.value.summaries.items()
        starts = {_start(place, [one for _, summary in rows for one in summary.origins]) for place in places}
        return tuple(key for key, summary in rows if summary.broken or starts.intersection((one.file, one.line) for one in summary.origins))

    def hides(self, summary: Summary) -> bool:
        """Whether an entity that it seems to lack may stand in a part that cannot be read."""
        file = summary.origins[0].file
        return summary.key.id in self.catalog.value.lost or any(
            file == found.primary.file or file.startswith(f"{found.primary.file}/") for found in self.unread
        )


@dataclass(frozen=True)
class History:
    """Two states of a catalog. An entity that cannot be understood in one of them is `left_out`: it is neither there nor gone."""

    before: State
    after: State

    @cached_property
    def left_out(self) -> tuple[Key, ...]:
        """The entities that are not compared, sorted."""
        return tuple(
            sorted({*self.before.broken, *self.after.broken, *_hidden(self.before, self.after), *_hidden(self.after, self.before)})
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """What whoever reads the comparison has to know of it, a line each; none where all is plain."""
        return (*_about(self.before, "new"), *_about(self.after, "removed"), *_leaving(self.left_out))


def two_states(folder: Path, before: str | None = None, after: str | None = None, tell: Tell = unheard) -> History:
    """Opens what is to be compared: each name is a git revision or the folder of a project.

    Without names: where the work at hand left the main branch, and the files of the project that `folder` lies in. Raises
    `TmfkitError` for names that mean nothing, or too much.
    """
    place = _Place(folder)
    first, second = place.opened(before, place.base), place.opened(after, place.at_hand)
    first = place.followed(first.as_in(second), second)
    return History(first.as_in(second).read(tell), second.as_in(first).read(tell))


@dataclass(frozen=True)
class Comparison:
    """All that is to say about two states: what changes, what that reaches, what is sold from now on or no more, and what it costs."""

    changes: tuple[Change, ...]
    consequences: tuple[Consequence, ...]
    sales: tuple[SaleChange, ...]
    prices: tuple[PriceChange, ...]


def compared(history: History) -> Comparison:
    """Compares two states, but for the entities that are left out, and for prices and sales of what is made of these."""
    before, after = history.before.catalog.value, history.after.catalog.value
    silent = frozenset(history.left_out)
    changes = tuple(change for change in compare(before, after) if not _entities(change) & silent)
    doubtful = silent.union(*(reached(key, catalog) for catalog in (before, after) for key in silent if key in catalog.summaries))
    sales = tuple(row for row in sale_changes(changes, before, after) if row.key not in doubtful)
    prices = tuple(row for row in price_changes(changes, before, after) if row.offering not in doubtful)
    return Comparison(changes, consequences(changes, before, after), sales, prices)


def _entities(change: Change) -> frozenset[Key]:
    """What a change is about: for a likely new name, also the entity of the old one."""
    old = (Key(change.key.kind, change.before),) if change.kind in (Kind.RENAMED, Kind.SUGGESTED) else ()
    return frozenset((change.key, *old))


@dataclass(frozen=True)
class _Opened:
    """A project at one time, whose catalog is not read yet."""

    name: str
    project: Outcome[Project]
    commit: str = ""
    prefix: str = ""
    moved: bool = False

    def as_in(self, other: "_Opened") -> "_Opened":
        """The same files, with the settings of the other state where its own cannot be understood, or it has none."""
        if not (self.project.failed or self._has_no_settings):
            return self
        project = replace(self.project.value, configuration=other.project.value.configuration)
        return replace(self, project=Outcome(project, self.project.diagnostics))

    @property
    def _has_no_settings(self) -> bool:
        revision = self.project.value.revision
        return revision is not None and not revision.has(FILE)

    @property
    def catalog_files(self) -> list[str]:
        """The files that its catalog stands in, by their path from the top of the repository; only of a revision."""
        project = self.project.value
        tree = project.revision.within(project.configuration.catalog) if project.revision else None
        return [f"{self.prefix}{file}" for file in tree.files()] if tree else []

    def read(self, tell: Tell) -> State:
        """The state with its catalog."""
        return State(self.name, self.project, linked(self.project.value, tell), self.commit, self.prefix, self.moved)


class _Place:
    """Where somebody asks for a comparison: finds the project and its repository when they are needed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def root(self) -> Path:
        return find(self.folder)

    @cached_property
    def repository(self) -> Repository:
        try:
            return Repository.find(self.root)
        except TmfkitError:
            if self.folder.is_dir() and is_bare(self.folder):
                return Repository.find(self.folder)  # has no project, and says why
            raise

    def base(self) -> _Opened:
        return self._at(MAIN, self.repository.base())

    def at_hand(self) -> _Opened:
        return _Opened(AT_HAND, open_project(self.root))

    def opened(self, name: str | None, otherwise: Callable[[], _Opened]) -> _Opened:
        """What a name means; `otherwise` is asked where none is given."""
        if name is None:
            return otherwise()
        if _is_path(name):
            return _Opened(f"`{name}`", open_project(_project_at(name)))
        is_folder = os.path.isdir(name)
        if is_folder and not self._is_revision(name):
            return _Opened(f"`{name}`", open_project(_project_at(name)))
        if is_folder and os.path.isfile(os.path.join(name, FILE)):
            help = f"write `./{name}` for the folder, `refs/heads/{name}` for the branch"
            raise TmfkitError(f"`{name}` is both a folder and a revision", help)
        return self._at(f"`{name}`", self.repository.commit(name))

    def followed(self, before: _Opened, after: _Opened) -> _Opened:
        """The base of a project that has none in its folder: the project that stood elsewhere and stands there no more.

        Else whoever moves a project would have everything count as new, and nothing as changed or gone.
        """
        if not before.commit or before.catalog_files:
            return before
        folders = [prefix for prefix in self.repository.holding(before.commit, FILE) if prefix != before.prefix]
        others = [self._at(before.name, before.commit, prefix) for prefix in folders]
        gone = [one for one in others if self._is_gone(one, after)]
        if len(gone) > 1:
            listed = ", ".join(_folder(one.prefix) for one in gone)
            hint = "move one project at a time, or name two folders of projects to compare"
            raise TmfkitError(f"{before.name} has no catalog here, and several projects that are gone since: {listed}", hint)
        return replace(gone[0], moved=True) if gone else before

    def _is_gone(self, project: _Opened, after: _Opened) -> bool:
        """Whether the later state has no such project any more, or none of the files of its catalog."""
        files = project.catalog_files
        there = self.repository.tree(after.commit, "").has if after.commit else self._is_on_disk
        return bool(files) and not (there(f"{project.prefix}{FILE}") and any(map(there, files)))

    def _is_on_disk(self, path: str) -> bool:
        up = [".." for _ in PurePosixPath(self.repository.prefix).parts]
        return self.root.joinpath(*up, path).is_file()

    def _is_revision(self, name: str) -> bool:
        try:
            return self.repository.knows(name)
        except TmfkitError:
            return False

    def _at(self, name: str, commit: str, prefix: str | None = None) -> _Opened:
        place = self.repository.prefix if prefix is None else prefix
        return _Opened(name, open_revision(self.root, self.repository.tree(commit, place)), commit, place)


def _folder(prefix: str) -> str:
    return f"`{prefix}`" if prefix else "the top of the repository"


def _is_path(name: str) -> bool:
    return name in (".", "..") or name.startswith(("./", "../")) or os.path.isabs(name)


def _project_at(name: str) -> Path:
    folder = Path(name).resolve()
    if not folder.is_dir():
        raise TmfkitError(f"there is no folder {name}", "name two folders of projects, or git revisions")
    if not (folder / FILE).is_file():
        raise TmfkitError(f"there is no {FILE} in {name}", "name the folder of a project: the one that its tmfkit.yaml stands in")
    return folder


def _hides(found: Diagnostic) -> bool:
    return found.severity is Severity.ERROR and found.code in UNREAD


def _names_table(found: Diagnostic) -> Span | None:
    """Where a table file is named that cannot be used."""
    if found.severity is not Severity.ERROR or not (found.code == TABLE or found.primary.file.endswith(".csv")):
        return None
    return found.related[0].span if found.related else found.primary


def _start(place: Span, documents: list[Document]) -> tuple[str, int]:
    """The file and first line of the document in which a place lies."""
    return place.file, max((one.line for one in documents if one.file == place.file and one.line <= place.start.line), default=0)


def _hidden(state: State, other: State) -> Iterator[Key]:
    """What another state has, and this one may have in a part that cannot be read."""
    own = state.catalog.value.summaries
    return (key for key, summary in other.catalog.value.summaries.items() if key not in own and state.hides(summary))


def _about(state: State, sort: str) -> Iterator[str]:
    for found in state.project.diagnostics[:1] if state.project.failed else ():
        yield f"{state.name} is read with the settings of the other state: {found.primary}: {found.message}"
    if state.moved:
        yield f"{state.name} has no catalog here: it is compared with the project that moved away from {_folder(state.prefix)}"
    if any(found.code == EMPTY for found in state.catalog.diagnostics):
        yield f"{state.name} has no catalog: everything counts as {sort}"
    for found in state.unread[:NAMED]:
        yield f"{state.name} cannot be read as a whole: {found.primary}: {found.message}"
    if len(state.unread) > NAMED:
        yield f"{state.name} has further files that cannot be read: {len(state.unread) - NAMED:,}"
    broken = [f"{key.kind} {key.id}" for key in state.broken]
    if broken:
        yield f"{state.name} has declarations that cannot be understood: {_some(broken)}"


def _leaving(keys: tuple[Key, ...]) -> Iterator[str]:
    if keys:
        names = [key.id for key in keys]
        yield f"left out of the comparison, with all prices that depend on it, for one side cannot be understood: {_some(names)}"


def _some(names: list[str]) -> str:
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more:,} more" if more > 0 else "")
