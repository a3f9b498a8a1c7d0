"""A project: a folder with a `tmfkit.yaml` that says where the catalog is and what is made of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import Field, ValidationError, WithJsonSchema, model_validator

from tmfkit.check.baseline import FILE as BASELINE
from tmfkit.check.policy import Policy
from tmfkit.check.settings import Accepted, Rules, by_path
from tmfkit.diagnostics.model import Diagnostic, Outcome, Severity, in_order
from tmfkit.diagnostics.suggest import did_you_mean
from tmfkit.errors import TmfkitError
from tmfkit.files import FolderTree
from tmfkit.load.parse import diagnose
from tmfkit.load.read import decode, read
from tmfkit.model.audience import SiteSettings
from tmfkit.model.base import Many, Named, Part
from tmfkit.model.problems import NotUnderstood, Problem, as_text, problems_of, read_by, refuse
from tmfkit.model.values import Moment, Text, parse_moment
from tmfkit.remote.settings import Target, without_secrets
from tmfkit.remote.words import FilePath
from tmfkit.rules.plugins import Plugins, plugins
from tmfkit.source.document import Path as DocumentPath
from tmfkit.source.document import locate
from tmfkit.source.text import Span, whole_file
from tmfkit.source.tree import EditedTree, FileTree, Unreadable, text_in
from tmfkit.tmf.dialects import Dialect

if TYPE_CHECKING:
    from tmfkit.compile.bundle import Settings
    from tmfkit.generate.discover import Sources
    from tmfkit.vcs.tree import RevisionTree

FILE = "tmfkit.yaml"


def _zone(raw: Any) -> ZoneInfo:
    name = as_text(raw, "a time zone")
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        help = did_you_mean(name, available_timezones()) or "write it as in `Europe/Paris`"
        raise NotUnderstood(f"`{name}` is no time zone", help) from None


def _folder(raw: Any) -> str:
    name = as_text(raw, "a folder")
    if name.startswith(("/", "~")) or ".." in Path(name).parts or "\\" in name:
        raise NotUnderstood(f"`{name}` leads out of the project", "name a folder inside it, as in `catalog`")
    return name


Zone = Annotated[ZoneInfo, read_by(_zone), WithJsonSchema({"type": "string", "examples": ["Europe/Paris"]})]
Folder = Annotated[str, read_by(_folder), WithJsonSchema({"type": "string", "examples": ["catalog"]})]


class Release(Part):
    """What the compiled catalog is called, and the date that its payloads carry as their last update."""

    name: Text = "draft"
    date: Moment = parse_moment("1970-01-01")


class Configuration(Part):
    """The content of `tmfkit.yaml`; everything has a default."""

    catalog: Folder = "catalog"
    build: Folder = "build"
    changes: Folder = "changes"
    timezone: Zone = ZoneInfo("UTC")
    release: Release = Release()
    dialects: Many[Dialect] = tuple(Dialect)
    rules: Rules = Rules()
    ignore: Many[Accepted] = ()
    site: SiteSettings = SiteSettings()
    state: FilePath = "state"
    targets: Named[Target] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _apart(self) -> "Configuration":
        catalog, changes, build = map(PurePosixPath, (self.catalog, self.changes, self.build))
        problems = [*_overlap(catalog, build), *_lost(changes, build), *_forgotten(self.state, build), *_not_compiled(self)]
        if problems:
            raise refuse(problems)
        return self


def _overlap(catalog: PurePosixPath, build: PurePosixPath) -> Iterator[Problem]:
    """What is made replaces what stands in the build folder: that is no place for anything that people write."""
    if not build.parts or build.parts[0].startswith("."):
        yield Problem("TK014", "everything that is made needs a folder of its own", "write it as in `build: build`", ("build",))
    elif build.is_relative_to(catalog) or catalog.is_relative_to(build):
        message = f"the build folder and the catalog folder overlap: `{build}` and `{catalog}`"
        yield Problem("TK014", message, "what is made would replace what is written: name another folder", ("build",))


def _lost(changes: PurePosixPath, build: PurePosixPath) -> Iterator[Problem]:
    if changes.is_relative_to(build):
        message = f"the folder of acceptances lies in the build folder: `{changes}` and `{build}`"
        yield Problem("TK014", message, "what is made would replace what is written: name another folder", ("changes",))


def _forgotten(state: str, build: PurePosixPath) -> Iterator[Problem]:
    if PurePosixPath(state).is_relative_to(build):
        message = f"the folder of what was published lies in the build folder: `{state}` and `{build}`"
        yield Problem("TK014", message, "what is made would replace it, and nobody knew what is published: name another folder", ("state",))


def _not_compiled(configuration: Configuration) -> Iterator[Problem]:
    for name, target in configuration.targets.items():
        for dialect in target.apis:
            if dialect not in configuration.dialects:
                message = f"`{dialect}` is not among the `dialects` of this project: nothing would be published there"
                yield Problem(
                    "TK014", message, "add it to `dialects`, or leave it out here", ("targets", name, "apis", dialect.value), at_key=True
                )


@dataclass(frozen=True)
class Project:
    """A project folder and its settings; `rule_files` are files with rules that somebody named, never found in the project itself.

    With a `revision`, the files are those of that revision: nothing is read from the folder then. `edits` are files as somebody is about to
    write them.
    """

    root: Path
    configuration: Configuration
    rule_files: tuple[Path, ...] = ()
    revision: "RevisionTree | None" = None
    folder_made: Path | None = None
    edits: Mapping[str, bytes] = field(default_factory=dict)

    @cached_property
    def plugins(self) -> Plugins:
        """The rules of others; they are looked for, and their code runs, only where something is checked."""
        return plugins(self.rule_files)

    @cached_property
    def tree(self) -> FileTree:
        """The files of the project."""
        folders = self.configuration.catalog, self.configuration.changes
        tree = self.revision.within(*folders) if self.revision else FolderTree(self.root, *folders)
        return EditedTree(tree, self.edits) if self.edits else tree

    def lines(self, file: str) -> list[str]:
        """The lines of one of its files, for showing them; none where it cannot be read."""
        try:
            lines = self.tree.read(file).decode("utf-8-sig", "replace").splitlines()
        except Unreadable:
            return []
        return list(map(without_secrets, lines)) if file == FILE else lines

    @property
    def output(self) -> Path:
        """Where everything that is made goes."""
        return self.folder_made or self.root / self.configuration.build

    @property
    def output_name(self) -> str:
        """How that folder is called when it is named to people."""
        return str(self.folder_made or self.configuration.build)

    def writing_to(self, folder: Path | None) -> "Project":
        """The same project with another folder for what is made; the same altogether for None."""
        if folder is None:
            return self
        place, catalog = folder.resolve(), (self.root / self.configuration.catalog).resolve()
        if place.is_relative_to(catalog) or catalog.is_relative_to(place):
            raise TmfkitError(f"{folder} and the catalog folder overlap", "what is made would replace what is written: name another folder")
        return replace(self, folder_made=folder)

    @property
    def state(self) -> Path:
        """The folder that remembers what was published, and who confirmed it; machines that publish may share one elsewhere."""
        return self.root / Path(self.configuration.state).expanduser()

    @property
    def generators(self) -> "Sources":
        """Where generators are looked for: its own come first."""
        from tmfkit.generate.discover import Sources

        return Sources(self.root)

    @property
    def settings(self) -> "Settings":
        """What the compiler needs to know besides the catalog."""
        from tmfkit.compile.bundle import Settings

        zone, release = self.configuration.timezone, self.configuration.release
        return Settings(release.name, release.date, zone)

    @property
    def policy(self) -> Policy:
        """What the project decides about findings, its baseline included."""
        rules = self.configuration.rules
        entries = tuple(by_path(self.configuration.ignore, self._place))
        return Policy(self.configuration.timezone, rules.set, rules.severity, entries, self._baseline(), self.plugins)

    @property
    def folder(self) -> str:
        """The way from the top of the git repository to the project, with a slash at the end; empty where they are one."""
        top = next((folder for folder in (self.root, *self.root.parents) if (folder / ".git").exists()), self.root)
        way = self.root.relative_to(top).as_posix()
        return "" if way == "." else f"{way}/"

    def _baseline(self) -> str | None:
        is_there = self.revision.has(BASELINE) if self.revision else (self.root / BASELINE).exists()
        return text_in(self.tree, BASELINE) if is_there else None

    def _place(self, path: DocumentPath) -> Span:
        text = text_in(self.tree, FILE)
        documents, _ = read(FILE, text)
        return locate(documents[0][0], text, path) if documents else whole_file(FILE)


def find(start: Path) -> Path:
    """The project folder that `start` lies in; a project is wherever a `tmfkit.yaml` stands."""
    start = start.resolve()
    if not start.is_dir():
        raise TmfkitError(f"there is no folder {start}", "name the project's folder with --project")
    for folder in (start, *start.parents):
        if (folder / FILE).is_file():
            return folder
    raise TmfkitError(f"there is no {FILE} in {start} or above", f"an empty {FILE} makes a folder a project")


def open_project(root: Path) -> Outcome[Project]:
    """The project in a folder, with everything that is wrong about its settings."""
    return _opened(Project(root, Configuration()), FolderTree(root))


def open_revision(root: Path, revision: "RevisionTree") -> Outcome[Project]:
    """The project in a folder as it stood in a revision, its settings included; where it had none, they are the defaults."""
    project = Project(root, Configuration(), revision=revision)
    return _opened(project, revision) if revision.has(FILE) else Outcome(project)


def _opened(project: Project, tree: FileTree) -> Outcome[Project]:
    try:
        text = decode(FILE, tree.read(FILE))
    except Unreadable as error:
        raise TmfkitError(f"{FILE} cannot be read: {error.reason}") from None
    if text.fault:
        return Outcome(project, (text.fault,))
    documents, found = read(FILE, text.text)
    if not documents:
        return Outcome(project, tuple(found))
    document, data = documents[0]
    if len(documents) > 1 or not isinstance(data, dict):
        found.append(Diagnostic("TK008", Severity.ERROR, f"{FILE} is one mapping of settings", whole_file(FILE)))
        return Outcome(project, tuple(found))
    configuration, problems = _configure(data)
    return Outcome(replace(project, configuration=configuration), in_order((*found, *diagnose(problems, document, text.text))))


def _configure(data: dict[str, Any]) -> tuple[Configuration, list[Problem]]:
    try:
        return Configuration.model_validate(data), []
    except ValidationError as error:
        return Configuration(), list(problems_of(Configuration, error))
