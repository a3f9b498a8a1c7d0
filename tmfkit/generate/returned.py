"""Judges what a generator returns: whether it can be written, whether it says where it comes from, whether it is of the right kind."""

import re
from collections.abc import Coroutine, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import PurePosixPath
from types import ModuleType
from typing import Any, NamedTuple

from tmfkit.catalog import Catalog
from tmfkit.generate.artifact import Amount, Artifact, Note, Status
from tmfkit.generate.capabilities import Capabilities, Feature, Options
from tmfkit.generate.refused import INDEX, NO_ARTIFACT, OUTSIDE, TWICE, UNFIT, Refused
from tmfkit.generate.stamps import METADATA
from tmfkit.model.base import Key
from tmfkit.rules.base import Finding
from tmfkit.rules.plugins import one_line

MOST_FILES = 200_000
"""More than this from one generator for one system is a generator that does not end."""

LONGEST = 200
"""Characters in one part of a path: file systems take 255 bytes, and some files get a longer neighbour."""

_FEATURES: frozenset[str] = frozenset(Feature)
_STATES: frozenset[str] = frozenset(Status)
_LEGAL = re.compile(r"[A-Za-z0-9._-]+")


class Returned(NamedTuple):
    """The artifacts of one run in the order of their paths, its notes, and what it finds wrong."""

    artifacts: tuple[Artifact, ...]
    notes: tuple[Note, ...]
    findings: tuple[Finding, ...] = ()


def returned(made: object, generator: str, catalog: Catalog) -> Returned:
    """What `generate` returned, sorted out; refuses whatever cannot be written."""
    if isinstance(made, Coroutine):
        made.close()  # else Python complains that nobody waited for it
    if not isinstance(made, Iterable) or isinstance(made, str | bytes | Artifact):
        raise Refused(NO_ARTIFACT, f"`generate` of `{generator}` returns {_a(made)}", "it yields Artifacts, or returns a list of them")
    found = list(islice(made, MOST_FILES + 1))
    if len(found) > MOST_FILES:
        raise Refused(NO_ARTIFACT, f"`{generator}` yields more than {MOST_FILES:,} things", "it has to end")
    notes = tuple(_plain_note(one, generator, catalog) for one in found if isinstance(one, Note))
    findings = tuple(_plain_finding(one, generator, catalog) for one in found if isinstance(one, Finding))
    artifacts = [_plain(one, generator, catalog) for one in found if not isinstance(one, Note | Finding)]
    _apart(artifacts, generator)
    return Returned(tuple(sorted(artifacts, key=lambda artifact: artifact.path)), notes, findings)


def capabilities_of(module: ModuleType, options: Options, generator: str) -> Capabilities:
    """What the generator says that its system can express; nothing where it says nothing."""
    said = module.capabilities(options) if hasattr(module, "capabilities") else Capabilities()
    if not isinstance(said, Capabilities):
        raise Refused(UNFIT, f"`capabilities` of `{generator}` returns {_a(said)}", "it returns Capabilities")
    for word in (*said.carried, *said.mapped, *said.dropped):
        if word not in _FEATURES:
            raise Refused(UNFIT, f"`capabilities` of `{generator}` names `{one_line(str(word))}`", "it names members of Feature")
    return said


def amounts_of(module: ModuleType, artifacts: Sequence[Artifact], generator: str) -> tuple[Amount, ...]:
    """The amounts that the generator reads back from its own files; none where it does not."""
    said = module.amounts(artifacts) if hasattr(module, "amounts") else ()
    if not isinstance(said, Iterable):
        raise Refused(UNFIT, f"`amounts` of `{generator}` returns {_a(said)}", "it yields Amounts")
    found = tuple(said)
    for one in found:
        if not isinstance(one, Amount):
            raise Refused(UNFIT, f"`amounts` of `{generator}` yields {_a(one)}", "it yields Amounts")
    return found


def _plain(one: object, generator: str, catalog: Catalog) -> Artifact:
    """An artifact that can be written: of texts and keys alone, so that it crosses the border of a process."""
    if not isinstance(one, Artifact):
        raise Refused(NO_ARTIFACT, f"`{generator}` yields {_a(one)}", "it yields Artifacts with a path and a text, Notes and Findings")
    if type(one.path) is not str or type(one.text) is not str or not _is_utf8(one.text):
        raise Refused(NO_ARTIFACT, f"`{generator}` yields an Artifact that is no text file", "its path and its text are texts in UTF-8")
    _inside(one.path, generator)
    named = (one.sources, one.mentions, one.covers)
    sources, mentions, covers = (tuple(_known(key, generator, catalog) for key in keys) for keys in named)
    return Artifact(one.path, one.text, sources, bool(one.stamped), mentions, covers)


def _plain_note(one: Note, generator: str, catalog: Catalog) -> Note:
    if one.feature not in _FEATURES or one.status not in _STATES:
        said = f"{one_line(str(one.status))} of `{one_line(str(one.feature))}`"
        raise Refused(UNFIT, f"`{generator}` yields a Note about {said}", "a note has a Status and a Feature")
    path = tuple(step if isinstance(step, int) else str(step) for step in one.path)
    return Note(Status(one.status), _known(one.key, generator, catalog), path, str(one.feature), str(one.words))


def _plain_finding(one: Finding, generator: str, catalog: Catalog) -> Finding:
    key = None if one.key is None else _known(one.key, generator, catalog)
    return Finding(tuple(one.path), one_line(str(one.message)), one_line(str(one.help)), at_key=bool(one.at_key), key=key)


def _known(key: object, generator: str, catalog: Catalog) -> Key:
    if isinstance(key, Key) and key in catalog.summaries:
        return Key(*key)
    said = f"`{one_line(str(key))}`" if isinstance(key, Key) else _a(key)
    raise Refused(
        NO_ARTIFACT, f"`{generator}` names {said}, which the catalog does not have", "sources, mentions and covers are keys of entities"
    )


def _inside(written: str, generator: str) -> None:
    path = PurePosixPath(written)
    plain = not path.is_absolute() and path.parts and all(_is_plain(part) for part in path.parts)
    if not plain or str(path) != written or written == INDEX:
        message = f"`{generator}` wants to write `{one_line(written)[:80]}`, which is no place in its folder"
        help = f"a path stays inside, has no hidden or very long part and no spaces, and `{INDEX}` is written by tmfkit"
        raise Refused(OUTSIDE, message, help)


def _is_plain(part: str) -> bool:
    return bool(_LEGAL.fullmatch(part)) and not part.startswith(".") and not part.endswith(".") and len(part) <= LONGEST


def _apart(artifacts: Sequence[Artifact], generator: str) -> None:
    """No two files of one name, with their metadata, and no file where a folder has to be; capital letters make no difference."""
    files: dict[str, str] = {}
    for artifact in artifacts:
        for path in _written(artifact):
            if (other := files.get(path.casefold())) is not None:
                both = f"`{other}`" + ("" if other == path else f" and `{path}`")
                help = "names differ in more than capital letters: put the id of what a file is about into its name"
                raise Refused(TWICE, f"`{generator}` makes two files of one name: {both}", help)
            files[path.casefold()] = path
    for path in files.values():
        for folder in PurePosixPath(path).parents:
            if (file := files.get(str(folder).casefold())) is not None:
                raise Refused(TWICE, f"`{generator}` makes a file `{file}` and another inside it: `{path}`", "a file is no folder")


def _written(artifact: Artifact) -> Iterator[str]:
    yield str(artifact.path)
    if artifact.stamped and artifact.path.endswith(".csv"):
        yield f"{artifact.path}{METADATA}"


def _is_utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text


def _a(thing: object) -> str:
    name: Any = type(thing).__name__
    return f"a thing of the type {name}" if thing is not None else "nothing"
