"""The order of an import, on one screen: read, recognise, repair, take apart, identify, map, carry, write down, prove."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from tmfkit.catalog import Catalog
from tmfkit.diagnostics.model import Diagnostic, Severity
from tmfkit.importer.carry import carry, leaves
from tmfkit.importer.clean import cleaned
from tmfkit.importer.entities import Made, Surroundings, entities
from tmfkit.importer.families import Suggestions, files_of, homes_of
from tmfkit.importer.identify import CANDIDATES, identified, newest
from tmfkit.importer.inline import taken_out
from tmfkit.importer.mentions import mentioned
from tmfkit.importer.named import renamed
from tmfkit.importer.notes import Note, Notebook, Weight
from tmfkit.importer.proof import own_files, proof
from tmfkit.importer.read import Source, read_sources
from tmfkit.importer.recognise import Payload, recognise
from tmfkit.link.link import link
from tmfkit.load.load import load
from tmfkit.model.kinds import KINDS
from tmfkit.model.landscape import Vocabulary
from tmfkit.project import Project
from tmfkit.source.text import whole_file

_UNREADABLE = frozenset(f"TK00{number}" for number in range(1, 9))
"""What keeps a file of the project from being read; an empty catalog is none of it."""


class Origin(NamedTuple):
    """Where a payload went: which entity it became, and the file of the project that holds it."""

    payload: str
    kind: str
    id: str
    file: str


@dataclass(frozen=True, slots=True)
class Import:
    """What an import comes to: the files to write, what there is to report, and what stands in its way."""

    places: tuple[str, ...]
    """The payloads that were read."""
    entities: int
    files: Mapping[str, str]
    notes: tuple[Note, ...]
    leaves: int
    """How many values the payloads have."""
    origins: tuple[Origin, ...] = ()
    remaining: tuple[Diagnostic, ...] = ()
    """What `validate` will find in the files: what no payload says and somebody has to add."""
    faults: tuple[Diagnostic, ...] = ()
    """Why nothing can be written."""

    @property
    def is_whole(self) -> bool:
        """Whether every payload got in."""
        return not (self.faults or any(note.weight is Weight.LEFT_OUT for note in self.notes))


def prepare(project: Project, paths: Sequence[Path], *, force: bool = False) -> Import:
    """Everything that importing these files and folders into a project comes to; writes nothing."""
    sources, faults = read_sources(paths)
    return prepare_sources(project, sources, faults, force=force)


def prepare_sources(project: Project, sources: Sequence[Source], faults: Sequence[Diagnostic] = (), *, force: bool = False) -> Import:
    """The same for payloads that were read already, wherever they come from."""
    places = tuple(source.place for source in sources)
    if faults:
        return Import(places, 0, {}, (), 0, faults=tuple(faults))
    notebooks = {source.place: Notebook(source.place, []) for source in sources}
    payloads = _payloads(sources, project, notebooks)
    existing = _existing(project)
    candidates = tuple(payload for payload in payloads if payload.noun in CANDIDATES)
    groups = newest((payload for payload in payloads if payload.noun not in CANDIDATES), notebooks)
    around = Surroundings(existing, project.configuration.timezone, candidates, any(existing.of(Vocabulary.KIND)))
    mentions = frozenset(one for payload in payloads for one in mentioned(payload))
    made = entities(identified(groups, mentions, notebooks), around, notebooks)
    carry(made.items, made.vocabulary, existing, project.settings)
    suggestions = Suggestions(made.items)
    _suggest(made, suggestions)
    folder = PurePosixPath(project.configuration.catalog)
    homes = homes_of(made.items, suggestions)
    files = {str(folder / file): text for file, text in files_of(made.items, made.vocabulary, homes, suggestions).items()}
    origins = tuple(Origin(payload.place, *item.key, str(folder / homes[item.key])) for item in made.items for payload in item.payloads)
    in_the_way = tuple(_in_the_way(project, existing, made, files, force))
    remaining = () if in_the_way else tuple(proof(project, made, files))
    notes = tuple(note for notebook in notebooks.values() for note in notebook.notes)
    total = sum(len(list(leaves(source.body))) for source in sources)
    return Import(places, len(made.items) + bool(made.vocabulary), files, notes, total, origins, remaining, in_the_way)


def _payloads(sources: Sequence[Source], project: Project, notebooks: dict[str, Notebook]) -> list[Payload]:
    found: list[Payload] = []
    for source in sources:
        payload = recognise(source, notebooks[source.place])
        if payload is not None:
            found.append(cleaned(payload, project.configuration.timezone, notebooks[source.place]))
    return [one for payload in renamed(found, notebooks) for one in taken_out(payload, notebooks)]


def _existing(project: Project) -> Catalog:
    """What the project has already; an import into an empty project is the usual case."""
    tree = own_files(project)
    return link(load(tree, lambda *_: ()), tree, project.configuration.timezone, lambda *_: ()).value


def _suggest(made: Made, suggestions: Suggestions) -> None:
    for item in made.items:
        if item.key.kind == "ProductOfferingPrice" and item.key.id not in suggestions.owners:
            offering = suggestions.of(item)
            hint = f"; by its name it belongs to `{offering.key.id}`: add it to the `prices` there" if offering else ""
            item.notebook.doubt((), f"no offering among the payloads uses this price{hint}")


def _in_the_way(project: Project, existing: Catalog, made: Made, files: Mapping[str, str], force: bool) -> Iterator[Diagnostic]:
    """Files that would be overwritten, and ids that the project declares elsewhere."""
    yield from _unreadable(project, files, force)
    root = project.root.resolve()
    for file in files:
        if not (project.root / file).parent.resolve().is_relative_to(root):
            message, help = "a link on the way to this file leads out of the project", "put a folder in the place of the link"
            yield Diagnostic("TK023", Severity.ERROR, message, whole_file(file), help=help)
        elif not force and _is_there(project.root / file):
            help = "move it away, or import with --force"
            yield Diagnostic("TK023", Severity.ERROR, "this file is there already", whole_file(file), help=help)
    declared = {(KINDS[key.kind].space, key.id.casefold()): summary for key, summary in existing.summaries.items()}
    for item in made.items:
        found = declared.get((KINDS[item.key.kind].space, item.key.id.casefold()))
        if found is not None and found.origins[0].file not in files:
            message = f"the project has a {found.key.kind} `{found.key.id}` already, and {item.payload.place} brings another"
            help = "delete or rename one of them"
            yield Diagnostic("TK023", Severity.ERROR, message, existing.span(found.key, ("id",)), help=help)


def _is_there(path: Path) -> bool:
    return path.exists() or path.is_symlink()


def _unreadable(project: Project, files: Mapping[str, str], force: bool) -> Iterator[Diagnostic]:
    """Files of the project that cannot be read: what they declare is not known. Those that the import puts in their place do not matter."""
    found = load(own_files(project), lambda *_: ()).diagnostics
    yield from (one for one in found if one.code in _UNREADABLE and not (force and one.primary.file in files))
