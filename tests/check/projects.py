"""Projects in memory with findings that can be accepted."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from tests.catalogs import UTC
from tmfkit.check.engine import inspect_entity
from tmfkit.check.policy import Policy
from tmfkit.check.verdict import Verdict, judged
from tmfkit.check.whole import check
from tmfkit.diagnostics.model import Diagnostic
from tmfkit.link.link import link
from tmfkit.load.load import load
from tmfkit.source.tree import MemoryTree

PLAIN = Policy(UTC)
TODAY = date(2026, 11, 23)
RFS = "kind: ResourceFacingServiceSpecification\nid: {0}\nname: {0}\n"
LOOSE = RFS.format("loose")
"""One finding: TK601 at line 2, column 5."""


def verdict(files: Mapping[str, str] | str, policy: Policy = PLAIN, on: date | None = TODAY) -> Verdict:
    """What counts of the findings of a catalog in memory; a single text is one file called `catalog.yaml`."""
    tree = MemoryTree({"catalog.yaml": files} if isinstance(files, str) else files)
    inspect = partial(inspect_entity, silent=policy.silent)
    loaded = load(tree, inspect)
    linked = link(loaded, tree, UTC, inspect)
    found = (*loaded.diagnostics, *linked.diagnostics, *check(linked.value, policy.silent))
    return judged(linked.value, found, loaded.commented, policy, on)


def shown(found: tuple[Diagnostic, ...]) -> list[str]:
    """Findings as `severity CODE line:column`."""
    return [f"{one.severity} {one.code} {one.primary.start.line}:{one.primary.start.column}" for one in found]
