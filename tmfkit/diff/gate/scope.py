"""What an acceptance accepts: `fibre-home`, `fibre-home/prices/monthly`, `ProductOffering fibre-home/terms/*`."""

from collections.abc import Iterable
from fnmatch import fnmatchcase

from tmfkit.diff.change import Change, Kind
from tmfkit.model.kinds import KINDS


def covers(scope: str, change: Change) -> bool:
    """Whether a line of a scope speaks of a change.

    It names an entity, if need be with its kind before it, and perhaps a path in it; all that lies below the path is meant too. In each
    part `*` and `?` stand for letters, `**` at the end for all that follows.
    """
    kind, _, rest = scope.partition(" ")
    if kind in KINDS and rest.strip():
        return change.key.kind == kind and _leads(rest.strip(), change)
    return _leads(scope, change)


def _leads(pattern: str, change: Change) -> bool:
    whole = _place(change)
    if whole == pattern or whole.startswith(f"{pattern}/"):
        return True
    words, place = pattern.split("/"), whole.split("/")
    words = words[:-1] if words[-1] == "**" and len(words) > 1 else words
    return len(words) <= len(place) and all(fnmatchcase(name, word) for word, name in zip(words, place, strict=False))


def scope_of(change: Change, others: Iterable[Change]) -> str:
    """The line that accepts exactly one change, with the kind where the id has several."""
    twice = any(other.key.id == change.key.id and other.key.kind != change.key.kind for other in others)
    place = _place(change)
    return f"{change.key.kind} {place}" if twice else place


def _place(change: Change) -> str:
    """Where a change is: a new id stands in `renamedFrom`, so that who accepts it accepts nothing else of the entity."""
    path = "renamedFrom" if change.kind is Kind.RENAMED else change.path
    return f"{change.key.id}/{path}" if path else change.key.id
