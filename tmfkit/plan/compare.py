"""Compares what the catalog wants of an item with what was sent last and what the server has now, attribute by attribute."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tmfkit.plan.canonical import label
from tmfkit.plan.patch import fixed
from tmfkit.plan.states import Known
from tmfkit.plan.steps import Field
from tmfkit.tmf.attributes import declared
from tmfkit.tmf.roles import STATUS


@dataclass(frozen=True, slots=True)
class Compared:
    """What differs, and the attributes that both the catalog and somebody on the server changed, not to the same."""

    fields: tuple[Field, ...] = ()
    clashes: tuple[str, ...] = ()


def compare(wanted: Mapping[str, Any], known: Known, live: Mapping[str, Any]) -> Compared:
    """What has to be written; all three in canonical form and with the ids of the catalog.

    Left alone is what the server made of a value when it was sent, what it fills in by itself, whatever it has under names that
    no official file declares and the catalog does not use, and what it does not keep and no change may write.
    """
    fields: list[Field] = []
    clashes: list[str] = []
    ours_to_say = declared(known.address.dialect, known.address.resource)
    unwritten = fixed(known.address)
    for name in dict.fromkeys((*wanted, *live)):
        here, there, sent, seen = wanted.get(name), live.get(name), known.sent.get(name), known.seen.get(name)
        if here == there or (here is None and sent is None and name not in ours_to_say) or (there is None and name in unwritten):
            continue
        if known.doubtful or (known.retired and name == STATUS):
            fields += differences(name.replace("/", "~1"), there, here)
            continue
        ours, theirs = here != sent, there != seen
        if ours and theirs:
            clashes.append(name)
        if ours or theirs:
            fields += differences(name.replace("/", "~1"), there if theirs else sent, here, foreign=theirs)
    return Compared(tuple(fields), tuple(clashes))


def differences(path: str, before: Any, after: Any, *, foreign: bool = False) -> Iterator[Field]:
    """The smallest parts of a value that differ; elements of a set are told apart by their id or name."""
    if before == after:
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for name in dict.fromkeys((*before, *after)):
            yield from differences(f"{path}/{name}", before.get(name), after.get(name), foreign=foreign)
        return
    old, new = _named(before), _named(after)
    if old is None or new is None or old == new:
        yield Field(path, before, after, foreign)
        return
    for name in sorted({*old, *new}):
        yield from differences(f"{path}/{name}", old.get(name), new.get(name), foreign=foreign)


def _named(value: Any) -> dict[str, Any] | None:
    """The elements of a list by name, of which nothing has none; None where they cannot be told apart."""
    if value is None:
        return {}
    if not isinstance(value, list):
        return None
    named = {label(item): item for item in value}
    return named if len(named) == len(value) and "" not in named else None
