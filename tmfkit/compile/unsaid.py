"""Reports what a version of a TM Forum API cannot say (TK701), once for an entity and a word, and in which extension it travels."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from tmfkit.compile.bundle import Draft, Found
from tmfkit.compile.prices import PRICING_FILE
from tmfkit.diagnostics.model import Severity
from tmfkit.model.base import Key
from tmfkit.rules.base import Finding
from tmfkit.source.document import Path
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.render import EXTENSION, Unsaid
from tmfkit.tmf.versions import APIS

CODE = "TK701"
LANGUAGES = "other languages"

_WORDS = {"part": "partNumber", "type": "kind", "bundledGroups": "of"}
"""The word of the language for a field, where it is another."""

_PLACES = {"bundledGroups": ("bundle",), "translations": ("name",)}
"""Where an entity writes what a field says, where that is not under the word itself."""

_PARTS = ("characteristics", "terms", "prices", "services", "resources", "bundle")
"""The fields of the extension that hold named parts: each key of a part is a word of its own."""

_ROLE_SAID = frozenset("service resource offering of min max default name description".split())
"""The keys of a role that a reference or a number of members says already."""

_INSIDE = {"label": "values", "value": "values", "valueFrom": "min", "valueTo": "max"}
"""The key of a characteristic for a field of its values."""

_NAMED = 3
"""How many parts of an entity a message names before it counts the rest."""


@dataclass(frozen=True, slots=True)
class Gap:
    """One word that cannot be said: where it is written, why it cannot be said, and what carries it."""

    word: str
    path: Path
    reason: str
    carrier: str


Gaps: TypeAlias = Mapping[tuple[str, str, str], tuple[Path, ...]]
"""Where each word is written, by the word, the reason and the carrier."""


def report(key: Key, gaps: Mapping[Dialect, Gaps]) -> Iterator[tuple[Dialect, Found]]:
    """One finding for each word and reason; dialects that share one are named together, and it stands with the first of them."""
    for dialect, words in gaps.items():
        for what, paths in words.items():
            sharing = [other for other, others in gaps.items() if others.get(what) == paths]
            if sharing[0] is dialect:
                yield dialect, Found(CODE, Severity.INFO, Finding(paths[0], _message(sharing, what, paths), key=key))


def _message(dialects: list[Dialect], what: tuple[str, str, str], paths: tuple[Path, ...]) -> str:
    word, reason, carrier = what
    word = word if word == LANGUAGES else f"`{word}`"
    verb = "has" if len(dialects) == 1 else "have"
    return f"{_titles(dialects)} {verb} no place for {word}{_of(paths)}: {reason}; it travels in `{carrier}`"


def _titles(dialects: list[Dialect]) -> str:
    """The versions of one API: `TMF620 v4.1 and v5.0`."""
    first, *rest = (APIS[dialect] for dialect in dialects)
    return " and ".join((first.title, *(api.title.removeprefix(f"TMF{first.number} ") for api in rest)))


def grouped(gaps: Iterable[Gap]) -> Gaps:
    """The places of each word, in the order found."""
    found: dict[tuple[str, str, str], dict[Path, None]] = {}
    for gap in gaps:
        found.setdefault((gap.word, gap.reason, gap.carrier), {})[gap.path] = None
    return {what: tuple(paths) for what, paths in found.items()}


def foreign(key: Key, dialect: Dialect, extra: Mapping[str, Any], path: Path) -> Iterator[Found]:
    """`extra` that is written for other dialects only."""
    if not extra or dialect.value in extra:
        return
    names = ", ".join(f"`{name}`" for name in extra)
    message = f"{APIS[dialect].title} gets nothing of `extra`, which is written for {names} alone"
    help = f"write it for `{dialect.value}` too if that version takes it"
    yield Found(CODE, Severity.INFO, Finding((*path, "extra"), message, help, at_key=True, key=key))


def gaps_of(items: Iterable[tuple[Draft, Sequence[Unsaid]]]) -> Iterator[Gap]:
    """What the items of an entity could not say in a dialect; the cells of one price count once."""
    told: set[tuple[Path, str]] = set()
    for draft, unsaid in items:
        part = draft.path[:2]
        for one in unsaid:
            if (part, one.path) not in told:
                told.add((part, one.path))
                for word, path in _language(one, part):
                    yield Gap(word, path, one.reason, EXTENSION)
        for untold in draft.untold:
            yield Gap(untold.word, untold.path, untold.reason, PRICING_FILE)


def _language(unsaid: Unsaid, base: Path) -> Iterator[tuple[str, Path]]:
    """The words of the language that a field stands for, with their paths in the entity."""
    head, _, rest = unsaid.path.partition("[")
    head = head.partition("#")[0]
    if head == "externalIdentifiers":
        yield from ((one["type"], (*base, one["type"])) for one in unsaid.value)
    elif head == "characteristics" and rest:
        key = _INSIDE.get(unsaid.field, unsaid.field)
        yield key, ("characteristics", rest.partition("]")[0], key)
    elif head in _PARTS:
        yield from _in_parts(head, unsaid.value)
    elif head == "translations":
        yield LANGUAGES, ("name",)
    elif head != "language":
        word = _WORDS.get(head, head)
        yield word, _PLACES.get(head, (*base, word))


def _in_parts(field: str, parts: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, Path]]:
    """Each key of each part; where the names of the roles are all that is left to say, the field itself."""
    said = frozenset() if field in _PARTS[:3] else _ROLE_SAID
    found: list[tuple[str, Path]] = [(key, (field, name, key)) for name, part in parts.items() for key in part if key not in said]
    yield from found or [(field, (field,))]


def _of(paths: Iterable[Path]) -> str:
    """Which named parts of the entity are meant."""
    names = list(dict.fromkeys([path[1] for path in paths if len(path) > 2]))
    if not names:
        return ""
    shown = ", ".join(f"`{name}`" for name in names[:_NAMED])
    return f" of {shown}" + (f" and {len(names) - _NAMED} more" if len(names) > _NAMED else "")
