"""Opens two states of a project: what a name means, where the base is, and where a project stood that moved since."""

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path, PurePosixPath

from tmfkit.diagnostics.model import Outcome
from tmfkit.errors import TmfkitError
from tmfkit.history.states import History, State, folder_words
from tmfkit.pipeline import linked
from tmfkit.project import FILE, Project, find, open_project, open_revision
from tmfkit.vcs.repository import Repository, is_bare
from tmfkit.workers import Tell, unheard

AT_HAND = "the working tree"
MAIN = "the main branch"


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
            listed = ", ".join(folder_words(one.prefix) for one in gone)
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


def _is_path(name: str) -> bool:
    return name in (".", "..") or name.startswith(("./", "../")) or os.path.isabs(name)


def _project_at(name: str) -> Path:
    folder = Path(name).resolve()
    if not folder.is_dir():
        raise TmfkitError(f"there is no folder {name}", "name two folders of projects, or git revisions")
    if not (folder / FILE).is_file():
        raise TmfkitError(f"there is no {FILE} in {name}", "name the folder of a project: the one that its tmfkit.yaml stands in")
    return folder
