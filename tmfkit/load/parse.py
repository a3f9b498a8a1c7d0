"""Makes declarations of entities out of plain data, with everything that is wrong about each."""

import marshal
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from re import compile as pattern
from typing import TypeAlias, cast

from pydantic import ValidationError

from tmfkit.catalog import Link, Summary
from tmfkit.diagnostics.model import Diagnostic, Severity
from tmfkit.diagnostics.suggest import did_you_mean
from tmfkit.model.base import ALWAYS, Entity, Key, Lifecycle
from tmfkit.model.kinds import KINDS
from tmfkit.model.landscape import Acceptance, Vocabulary
from tmfkit.model.names import is_visible
from tmfkit.model.problems import Problem, problems_of, short
from tmfkit.source.document import Data, Document, Path, locate

ID = pattern(r"[A-Za-z0-9][A-Za-z0-9._-]*")
PLAIN = 2
"""The version of marshal that says the same of equal data; later ones also say which texts are one object in memory."""

LONGEST_ID = 100
LONGEST_NAME = 200
NAMELESS = frozenset((Vocabulary.KIND, Acceptance.KIND))

Fields: TypeAlias = dict[str, Data]


@dataclass(frozen=True, slots=True)
class Declaration:
    """What one document declares. Without an entity it is broken or abstract, and still declares its key."""

    key: Key
    data: Fields
    origins: tuple[Document, ...]
    entity: Entity | None
    problems: tuple[Problem, ...] = ()
    broken: bool = False

    @property
    def is_abstract(self) -> bool:
        """Whether it is only a base for others."""
        return self.data.get("abstract") == "true"


def head(data: Data) -> tuple[Key | None, list[Problem]]:
    """The key that a document declares, and what is wrong with its first lines."""
    if not isinstance(data, dict):
        what = "list" if isinstance(data, list) else "text"
        return None, [
            Problem("TK008", f"a document is a mapping that begins with `kind`, not a {what}", "begin with `kind: ProductOffering`")
        ]
    kind = data.get("kind")
    if kind is None:
        return None, [Problem("TK010", "this document has no `kind`", f"begin with one of {', '.join(KINDS)}", at_key=True)]
    if not isinstance(kind, str):
        what = "list" if isinstance(kind, list) else "mapping"
        return None, [Problem("TK013", f"`kind` is a plain text, not a {what}", "write it as in `kind: ProductOffering`", ("kind",))]
    if kind not in KINDS:
        help = did_you_mean(kind, KINDS) or f"the kinds are {', '.join(KINDS)}"
        return None, [Problem("TK010", f"`{short(kind)}` is no kind of the language", help, ("kind",))]
    return _identity(kind, data)


def _identity(kind: str, data: Fields) -> tuple[Key | None, list[Problem]]:
    id = data.get("id", "vocabulary" if kind == Vocabulary.KIND else None)
    if id is None:
        return None, [Problem("TK012", "`id` is missing", "add it, as in `id: fibre-home`", ("kind",), at_key=True)]
    if not isinstance(id, str):
        return None, [Problem("TK013", "an id is a plain text", "", ("id",))]
    if not ID.fullmatch(id):
        help = "an id begins with a letter or digit and goes on with letters, digits, `.`, `_` and `-`"
        return None, [Problem("TK015", f"`{short(id)}` is not an id", help, ("id",))]
    if len(id) > LONGEST_ID:
        return Key(kind, id), [Problem("TK015", f"this id has {len(id)} characters; {LONGEST_ID} are the limit", "", ("id",))]
    return Key(kind, id), []


def declare(key: Key, data: Fields, origins: tuple[Document, ...], *, broken: bool = False) -> Declaration:
    """The declaration of one entity from its data, inherited parts included; `broken` when something was wrong with it before."""
    abstract = data.get("abstract") == "true"
    try:
        entity = KINDS[key.kind].model.model_validate(data)
    except ValidationError as error:
        problems = tuple(problem for problem in problems_of(KINDS[key.kind].model, error) if not (abstract and problem.code == "TK012"))
        return Declaration(key, data, origins, None, problems, broken or bool(problems) or not abstract)
    problems = tuple(_name_faults(entity))
    return Declaration(key, data, origins, entity, problems, broken or bool(problems))


def _name_faults(entity: Entity) -> Iterator[Problem]:
    if entity.name is None and entity.KIND not in NAMELESS and not entity.abstract:
        yield Problem("TK012", "`name` is missing", "add it, as in `name: Fibre Home`", at_key=True)
    for _, text in entity.name.texts if entity.name else ():
        if len(text) > LONGEST_NAME:
            yield Problem("TK014", f"this name has {len(text)} characters; {LONGEST_NAME} are the limit", "", ("name",))
        if not is_visible(text):
            yield Problem("TK014", "this name is empty", "", ("name",))


def salvaged(key: Key, data: Fields) -> Entity | None:
    """What is left of a broken entity without its faulty parts, so that its references are seen; None where nothing can be made of it."""
    rest = mapping(marshal.loads(marshal.dumps(data)))
    for cut_off in (0, 0, 1, 1, LONGEST_ID):
        rest |= {"abstract": "true", "lifecycle": rest.get("lifecycle") or Lifecycle.ACTIVE}
        try:
            return KINDS[key.kind].model.model_validate(rest)
        except ValidationError as error:
            for problem in problems_of(KINDS[key.kind].model, error):
                _cut(rest, problem.path[: max(1, len(problem.path) - cut_off)])
    return None


def _cut(data: Data, path: Path) -> None:
    """Takes out the part at a path, in place; steps that the language fills in are not written."""
    for index, step in enumerate(path):
        if not isinstance(data, dict) or step not in data:
            continue
        inner = data[str(step)]
        if not any(isinstance(inner, dict) and deeper in inner for deeper in path[index + 1 :]):
            del data[str(step)]
            return
        data = inner


def summarize(declaration: Declaration) -> Summary:
    """What the catalog keeps of a declaration; also of a broken one, what it refers to."""
    entity = declaration.entity
    data = marshal.dumps(declaration.data, PLAIN)
    left = entity or (None if declaration.is_abstract else salvaged(declaration.key, declaration.data))
    links = tuple(dict.fromkeys(Link(str(found.path[0]), found.kinds, found.id) for found in left.references())) if left else ()
    return Summary(
        declaration.key,
        entity.title if entity else declaration.key.id,
        entity.version if entity else "",
        entity.lifecycle if entity else Lifecycle.ACTIVE,
        entity.valid_for if entity else ALWAYS,
        declaration.is_abstract,
        declaration.broken,
        entity.renamed_from if entity else None,
        links,
        blake2b(data, digest_size=16).hexdigest(),
        declaration.origins,
        data,
    )


def diagnose(problems: Iterable[Problem], document: Document, text: str) -> Iterator[Diagnostic]:
    """Problems with their places, for a document whose file's text is at hand."""
    for problem in problems:
        span = locate(document, text, problem.path, at_key=problem.at_key)
        yield Diagnostic(problem.code, Severity.ERROR, problem.message, span, help=problem.help)


def mapping(data: Data) -> Fields:
    """The data of a document that is known to be a mapping."""
    return cast(Fields, data)
