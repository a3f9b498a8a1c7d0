"""Compares what the catalog wants of an item with what was sent last and what the server has now, attribute by attribute."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tmfkit.plan.canonical import label
from tmfkit.plan.packed import opened
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
    if wanted == live:
        return Compared()
    before, after = opened(known.sent), opened(known.seen)
    wanted, live = opened(wanted), opened(live)
    fields: list[Field] = []
    clashes: list[str] = []
    ours_to_say = declared(known.address.dialect, known.address.resource)
    unwritten = fixed(known.address)
    for name in dict.fromkeys((*wanted, *live)):
        here, there, sent, seen = wanted.get(name), live.get(name), before.get(name), after.get(name)
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
    found = _by_name(before, after)
    if found is None or found[0] == found[1]:
        yield Field(path, before, after, foreign)
        return
    old, new = found
    for name in sorted({*old, *new}):
        yield from differences(f"{path}/{name}", old.get(name), new.get(name), foreign=foreign)


def _by_name(before: Any, after: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """The elements of two lists by name, of which nothing has none; None where they cannot be told apart."""
    if any(not (value is None or isinstance(value, list)) for value in (before, after)):
        return None
    for naming in (label, _related):
        old, new = ({naming(item): item for item in value or ()} for value in (before, after))
        if (len(old), len(new)) == (len(before or ()), len(after or ())) and "" not in {*old, *new}:
            return old, new
    return None


def _related(item: Any) -> str:
    """What an element is known by where one id stands in several relationships: `dsl-basic (replaces)`."""
    kind = item.get("relationshipType") or item.get("role") if isinstance(item, Mapping) else None
    return f"{label(item)} ({kind})" if kind else label(item)
