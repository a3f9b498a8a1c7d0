"""Reads all files of a catalog, each entity once, and keeps a summary of each."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import TypeAlias

from tmfkit.catalog import Summary
from tmfkit.diagnostics.model import Diagnostic, Severity, has_errors
from tmfkit.load.parse import Declaration, Fields, declare, diagnose, head, mapping, summarize
from tmfkit.load.read import decode, read
from tmfkit.load.tables import MAY_HAVE_TABLES, NO_TABLES, table_files
from tmfkit.model.base import Key
from tmfkit.source.comments import MARK
from tmfkit.source.document import Data, Document, Path, locate
from tmfkit.source.text import Span, whole_file
from tmfkit.source.tree import FileTree, Unreadable
from tmfkit.workers import Tell, blocks, collector_paused, deal, each, processors, unheard

FILES_WORTH_A_PROCESS = 150
STRETCH = 40
"""Files that one process reads at a stretch: neighbours are alike, and so every process gets some of each sort."""

UNREAD = frozenset(("TK004", "TK005", "TK013"))
"""Findings after which the rest of a file is unknown."""

SpanOf: TypeAlias = Callable[[Path, bool], Span]
"""Finds the place of a part of one entity; the second argument asks for that of the key."""

Inspect: TypeAlias = Callable[[Declaration, SpanOf], Iterable[Diagnostic]]
"""What looks at an entity while it is at hand."""


@dataclass(frozen=True, slots=True)
class Heir:
    """A document that extends another: it waits until all bases are known."""

    key: Key
    fields: Fields
    document: Document


@dataclass(slots=True)
class Loaded:
    """What reading a part of the files brought. `lost` are ids whose declarations are too broken to be known: they cause no echo."""

    summaries: list[Summary] = field(default_factory=list)
    heirs: list[Heir] = field(default_factory=list)
    lost: set[str] = field(default_factory=set)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    commented: list[str] = field(default_factory=list)
    """Files with the word that begins a comment to tmfkit."""

    def add(self, other: "Loaded") -> None:
        """Takes over what another part brought."""
        self.summaries += other.summaries
        self.heirs += other.heirs
        self.lost |= other.lost
        self.diagnostics += other.diagnostics
        self.commented += other.commented


def load(tree: FileTree, inspect: Inspect, tell: Tell = unheard) -> Loaded:
    """Everything below the catalog's folder; `inspect` sees each entity as soon as it is read."""
    files = list(tree.files())
    tell(f"reading {len(files):,} files")
    jobs = processors() if len(files) >= FILES_WORTH_A_PROCESS else 1
    with collector_paused():
        shares = [list(chain(*hand)) for hand in deal(blocks(files, STRETCH), jobs)]
        return put_together(each(partial(load_files, tree, inspect), shares), bool(files))


def put_together(parts: Iterable[Loaded], any_files: bool) -> Loaded:
    """What the parts of a catalog brought, in the order of the files, as one; `any_files` is whether there was anything to read."""
    whole = Loaded()
    for part in parts:
        whole.add(part)
    whole.summaries.sort(key=lambda summary: summary.origins[0])
    whole.heirs.sort(key=lambda heir: heir.document)
    if not (whole.summaries or whole.heirs or has_errors(whole.diagnostics)):
        whole.diagnostics.append(_nothing("the catalog has no entity" if any_files else "the catalog has no YAML file"))
    return whole


def _nothing(message: str) -> Diagnostic:
    help = "write the first entity, or let `tmfkit import` make YAML of what exists"
    return Diagnostic("TK009", Severity.ERROR, message, whole_file("tmfkit.yaml"), help=help)


def load_files(tree: FileTree, inspect: Inspect, files: Sequence[str]) -> Loaded:
    """Some files of a catalog; what they say together with the others is for `put_together` and for linking."""
    part = Loaded()
    for file in files:
        _load_file(tree, inspect, file, part)
    return part


def _load_file(tree: FileTree, inspect: Inspect, file: str, part: Loaded) -> None:
    try:
        content = tree.read(file)
    except Unreadable as error:
        part.diagnostics.append(Diagnostic("TK001", Severity.ERROR, f"this cannot be read: {error.reason}", whole_file(file)))
        return
    text = decode(file, content)
    if text.fault:
        part.diagnostics.append(text.fault)
        part.lost.update(_ids(content))
        return
    if MARK in text.text:
        part.commented.append(file)
    documents, found = read(file, text.text)
    part.diagnostics += found
    if not (documents or found):
        part.diagnostics.append(Diagnostic("TK018", Severity.WARNING, "this file holds nothing", whole_file(file), help="delete it"))
    if any(diagnostic.code in UNREAD for diagnostic in found):
        part.lost.update(_ids(content))
    for document, data in documents:
        _load_document(tree, inspect, text.text, document, data, part)


def _load_document(tree: FileTree, inspect: Inspect, text: str, document: Document, data: Data, part: Loaded) -> None:
    key, problems = head(data)
    tables = table_files(data, document, text, tree) if MAY_HAVE_TABLES.search(document.slice(text)) else NO_TABLES
    part.diagnostics += (*diagnose(problems, document, text), *tables.diagnostics)
    if key is None:
        part.lost.update(_id_of(data))
        return
    fields = mapping(data)
    if fields.get("extends") is not None:
        part.heirs.append(Heir(key, fields, document))
        return
    declaration = declare(key, fields, (document,), broken=bool(problems or tables.diagnostics))
    part.diagnostics += tables.pointing(declaration.problems, diagnose(declaration.problems, document, text))
    part.diagnostics += inspect(declaration, partial(_span_in, document, text))
    part.summaries.append(summarize(declaration))


def _ids(content: bytes) -> Iterator[str]:
    """The ids that a file seems to declare; for files that cannot be read as YAML."""
    return (found.decode("utf-8", "replace") for found in re.findall(rb"^id: *([\w.-]+)", content, re.MULTILINE))


def _id_of(data: Data) -> Iterator[str]:
    id = data.get("id") if isinstance(data, dict) else None
    if isinstance(id, str):
        yield id


def _span_in(document: Document, text: str, path: Path, at_key: bool) -> Span:
    return locate(document, text, path, at_key=at_key)


def inspected(declaration: Declaration, inspect: Inspect, span_of: SpanOf) -> Iterator[Diagnostic]:
    """What is wrong about a declaration that was put together from several documents."""
    for problem in declaration.problems:
        yield Diagnostic(problem.code, Severity.ERROR, problem.message, span_of(problem.path, problem.at_key), help=problem.help)
    yield from inspect(declaration, span_of)
