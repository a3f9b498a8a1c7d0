"""Which systems learn of a change in one entity, and by which of their files."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tmfkit.generate.engine import File, Projections
from tmfkit.model.base import Key

_STAMP = re.compile(r"sha256:[0-9a-f]{32,}")


@dataclass(frozen=True, slots=True)
class Receiver:
    """A file of a system that is made from the entity; `changes` says whether the change is to be seen in it."""

    system: str
    path: str
    changes: bool


def receivers(before: Projections, after: Projections, key: Key, *, kept: bool = False) -> tuple[Receiver, ...]:
    """The files made from the entity, by system: stamps do not count as a change. With `kept`, only those that were there before."""
    old, new = dict(_files(before)), dict(_files(after))
    found = (
        Receiver(system, path, _said(old.get((system, path))) != _said(new.get((system, path))))
        for system, path in sorted({*old} if kept else {*old, *new})
        if key in _sources(old.get((system, path))) + _sources(new.get((system, path)))
    )
    return tuple(found)


def _files(made: Projections) -> Iterator[tuple[tuple[str, str], File]]:
    for folder in made.folders:
        for file in folder.files:
            yield (folder.system, f"{folder.generator}/{folder.system}/{file.path}"), file


def _sources(file: File | None) -> tuple[Key, ...]:
    return file.sources if file else ()


def _said(file: File | None) -> list[str] | None:
    """The lines of a file without those that only say from what it was made."""
    return [line for line in file.text.splitlines() if not _STAMP.search(line)] if file else None
