"""Proves an import: reads the files back with those of the project, checks and compiles them, and tells what came to be wrong."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from tmfkit.catalog import Catalog
from tmfkit.check.engine import inspect_catalog, inspect_entity, inspect_neighbours, located
from tmfkit.compile.bundle import Claim, Found
from tmfkit.compile.collisions import collisions
from tmfkit.compile.compile import compile_all
from tmfkit.diagnostics.model import Diagnostic, Severity
from tmfkit.importer.carry import compiled, leaves, unsaid
from tmfkit.importer.entities import Made
from tmfkit.importer.notes import Notebook
from tmfkit.link.link import link
from tmfkit.load.load import load
from tmfkit.project import Project
from tmfkit.source.document import text_of
from tmfkit.source.tree import FileTree, MemoryTree
from tmfkit.tmf.dialects import Dialect


class _Overlay:
    """The project as it will be: its own files, and over them those of the import."""

    def __init__(self, project: Project, files: Mapping[str, str]) -> None:
        self._own = own_files(project)
        self._files = MemoryTree(files)
        self._names = frozenset(files)

    def files(self) -> Iterator[str]:
        """The YAML files, sorted."""
        return iter(sorted({*self._own.files(), *self._names}))

    def read(self, path: str) -> bytes:
        """The content of one file."""
        return self._files.read(path) if path in self._names else self._own.read(path)


def own_files(project: Project) -> FileTree:
    """The files that the project has; none where it has no catalog folder yet."""
    is_there = (project.root / project.configuration.catalog).is_dir()
    return project.tree if is_there else MemoryTree({})


def proof(project: Project, made: Made, files: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Looks for every leaf of every payload in what is compiled; yields what `compile` will say and did not say of the project before."""
    catalog, found = _found(_Overlay(project, files), project)
    for item in made.items:
        for payload in item.payloads:
            notebook = item.notebooks[payload.place]
            body = compiled(item.key, catalog, payload.dialect, project.settings)
            lost = unsaid(payload, body, Notebook("", []))
            for path in leaves(lost) if lost is not None else ():
                notebook.leave(f"`{text_of(path)}` does not come back when it is compiled", path)
    own = own_files(project)
    before = {_identity(one) for one in _found(own, project)[1]} if any(own.files()) else set()
    yield from (one for one in found if one.primary.file in files or _identity(one) not in before)


def _identity(found: Diagnostic) -> tuple[object, ...]:
    return found.code, found.message, found.primary


def _found(tree: FileTree, project: Project) -> tuple[Catalog, list[Diagnostic]]:
    """A catalog, and what `compile` finds in it; it compiles what the rules find no error in."""
    loaded = load(tree, inspect_entity)
    linked = link(loaded, tree, project.configuration.timezone, inspect_entity)
    catalog = linked.value
    found = [*loaded.diagnostics, *linked.diagnostics, *inspect_neighbours(catalog, sorted(catalog.summaries)), *inspect_catalog(catalog)]
    if any(one.severity is Severity.ERROR for one in found):
        return catalog, found
    clashes = ((one, one.finding.key) for one in _clashes(catalog, project))
    found += dict.fromkeys(located(catalog, one.code, one.severity, key, one.finding) for one, key in clashes if key is not None)
    return catalog, found


def _clashes(catalog: Catalog, project: Project) -> list[Found]:
    """Identities in the catalog APIs that two entities would have."""
    claims: dict[Dialect, list[Claim]] = defaultdict(list)
    for key in sorted(catalog.summaries):
        for dialect, made in compile_all(key, catalog, project.configuration.dialects, project.settings).items():
            claims[dialect] += (payload.claim for payload in made.payloads)
    return [one for part in claims.values() for one in collisions(part) if one.severity is Severity.ERROR]
