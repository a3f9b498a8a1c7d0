"""A change between two states of a catalog: what it is, how grave it is, and whom it reaches."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tmfkit.model.base import Key
from tmfkit.source.text import Span


class _Ranked(StrEnum):
    """Words in an order that is not that of the alphabet: the one in which they are declared."""

    @property
    def rank(self) -> int:
        """Where it stands, from the mildest on."""
        return list(type(self)).index(self)

    def __lt__(self, other: str) -> bool:
        return self.rank < type(self)(other).rank

    def __le__(self, other: str) -> bool:
        return self.rank <= type(self)(other).rank

    def __gt__(self, other: str) -> bool:
        return self.rank > type(self)(other).rank

    def __ge__(self, other: str) -> bool:
        return self.rank >= type(self)(other).rank


class Impact(_Ranked):
    """How grave a change is, the mildest first."""

    COSMETIC = "cosmetic"
    ADDITIVE = "additive"
    COMMERCIAL = "commercial"
    BREAKING = "breaking"


class Reach(_Ranked):
    """How far a change goes; each includes the ones before it: what reaches the installed base also reaches whoever orders next."""

    NOBODY = "nobody"
    NEW = "new customers"
    ORDERS = "running orders"
    BASE = "installed base"


class Kind(StrEnum):
    """What happened. `suggested` is no change: it is the likely reading of one that was removed and one that was added."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    RENAMED = "renamed"
    SUGGESTED = "suggested"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `path` is in words of the language (`prices/monthly/table/500/24-months`), empty for the whole entity.

    `before` and `after` are plain JSON in the notation of the catalog, None for what is not there. `span` lies in the later state, for
    what was removed in the earlier one.
    """

    kind: Kind
    key: Key
    path: str
    before: Any
    after: Any
    impact: Impact
    reach: Reach
    span: Span
    reason: str
