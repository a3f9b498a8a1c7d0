"""What the rules about history look at: two states of a catalog, what changed, and what was there before both."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from tmfkit.catalog import Catalog
from tmfkit.diagnostics.model import Diagnostic
from tmfkit.diff.change import Change, Impact, Kind
from tmfkit.model.base import Key
from tmfkit.model.landscape import Acceptance

LIVING = (
    "ProductOffering",
    "ProductOfferingPrice",
    "ProductSpecification",
    "CustomerFacingServiceSpecification",
    "ResourceFacingServiceSpecification",
    "PhysicalResourceSpecification",
    "LogicalResourceSpecification",
)
"""The kinds that customers, orders and inventories refer to: these have a history that binds."""


@dataclass(frozen=True)
class Passage:
    """The way from one state to another on a day. `removed` says in which file what is gone stood last."""

    before: Catalog
    after: Catalog
    changes: tuple[Change, ...]
    today: date
    removed: Mapping[Key, str] = field(default_factory=dict)

    @cached_property
    def acceptances(self) -> tuple[Acceptance, ...]:
        """Those that count: written or changed on this way. Older ones spoke of older changes."""
        rows = [(summary, self.before.summaries.get(summary.key)) for summary in self.after.of(Acceptance.KIND)]
        found = (self.after.get(Acceptance, new.key.id) for new, old in rows if old is None or old.hash != new.hash)
        return tuple(one for one in found if one is not None)

    @cached_property
    def breaking(self) -> tuple[Change, ...]:
        """The changes that somebody has to accept."""
        return tuple(change for change in self.changes if change.impact is Impact.BREAKING and change.kind is not Kind.SUGGESTED)

    def both(self) -> Iterator[tuple[Key, Key]]:
        """Every entity that can bind and is there in both states, changed or not, under the keys that it has in them."""
        renamed = {Key(change.key.kind, str(change.before)): change.key for change in self.changes if change.kind is Kind.RENAMED}
        for kind in LIVING:
            for summary in self.before.of(kind):
                key = renamed.get(summary.key, summary.key)
                other = self.after.summaries.get(key)
                if other is not None and other.usable and other.hash != summary.hash:
                    yield summary.key, key


HistoryRule = Callable[[Passage], Iterator[Diagnostic]]
"""What a rule about history is: it looks at the way between two states, and finds."""
