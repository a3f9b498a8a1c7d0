"""Finds versions that do not say how grave the changes of their entity are."""

import re
from collections.abc import Iterator

from tmfkit.diagnostics.model import Diagnostic, Severity
from tmfkit.diff.change import Change, Impact, Kind
from tmfkit.diff.gate.passage import Passage
from tmfkit.diff.sorts import DRAFTS
from tmfkit.model.base import Key

CODE = "TK904"
UNCOUNTED = ("version", "lifecycle")
"""Fields that need no version of their own: a step of life is told by the lifecycle itself."""


def check(passage: Passage) -> Iterator[Diagnostic]:
    """Each entity whose version is too low for what changed in it, or higher for nothing."""
    rows: dict[Key, list[Change]] = {}
    for change in passage.changes:
        if change.kind is not Kind.SUGGESTED:
            rows.setdefault(change.key, []).append(change)
    for old, new in passage.both():
        if old == new and passage.before.summaries[old].lifecycle not in DRAFTS:
            yield from _entity(passage, new, [one for one in rows.get(new, []) if one.path.split("/")[0] not in UNCOUNTED])


def _entity(passage: Passage, key: Key, changes: list[Change]) -> Iterator[Diagnostic]:
    before, after = passage.before.summaries[key].version, passage.after.summaries[key].version
    impact = max((change.impact for change in changes), default=Impact.COSMETIC)
    span = passage.after.span(key, ("version",))
    if impact is Impact.COSMETIC:
        if before != after:
            message = f"`{key.id}` has the version {after} instead of {before}, and nothing changes in it but texts"
            yield Diagnostic(CODE, Severity.WARNING, message, span, help=f'leave `version: "{before}"`')
        return
    if not _is_enough(before, after, impact):
        worst = next(change for change in changes if change.impact is impact)
        message = f"`{key.id}` has {_article(impact)} change at `{worst.path or key.id}`, and {_step(before, after)}"
        wanted = f'write `version: "{_next(before, impact)}"`' if _numbers(before) else "give it a version that it did not have"
        rule = "a breaking change needs a new major version" if impact is Impact.BREAKING else "such a change needs a new minor version"
        yield Diagnostic(CODE, Severity.ERROR, message, span, help=f"{wanted}: {rule}")


def _step(before: str, after: str) -> str:
    return f"keeps the version {before}" if before == after else f"its version goes from {before} to {after}"


def _article(impact: Impact) -> str:
    return f"an {impact}" if impact is Impact.ADDITIVE else f"a {impact}"


def _numbers(version: str) -> tuple[int, ...]:
    """A version as numbers; none where it is not made of them."""
    return tuple(map(int, version.split("."))) if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})*", version) else ()


def _is_enough(before: str, after: str, impact: Impact) -> bool:
    old, new = _numbers(before), _numbers(after)
    if not (old and new):
        return before != after
    return new[0] > old[0] if impact is Impact.BREAKING else (*new, 0)[:2] > (*old, 0)[:2]


def _next(version: str, impact: Impact) -> str:
    major, minor = (*_numbers(version), 0)[:2]
    return f"{major + 1}.0" if impact is Impact.BREAKING else f"{major}.{minor + 1}"
