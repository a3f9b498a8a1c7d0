"""Finds ids that are given to something new although systems still know something else under them."""

from collections.abc import Iterator

from tmfkit.diagnostics.model import Diagnostic, Severity
from tmfkit.diff.change import Kind
from tmfkit.diff.gate.passage import LIVING, Passage
from tmfkit.model.base import Key
from tmfkit.model.kinds import KINDS

CODE = "TK902"
_SPACE = {row.name: row.space for row in KINDS.values()}


def check(passage: Passage) -> Iterator[Diagnostic]:
    """Every new entity whose id belonged to another one: one that goes now, or one that went before."""
    gone = [change.key for change in passage.changes if change.kind is Kind.REMOVED and not change.path]
    for change in passage.changes:
        if change.kind is not Kind.ADDED or change.path or change.key.kind not in LIVING:
            continue
        other = next((key for key in gone if _is_alike(key, change.key)), None)
        if other is not None:
            message = f"the id `{change.key.id}` belongs to a {other.kind} until now, and to a {change.key.kind} from now on"
            yield _finding(passage, change.key, message)
        elif (earlier := next((key for key in passage.removed if _is_alike(key, change.key)), None)) is not None:
            file = passage.removed[earlier]
            yield _finding(
                passage, change.key, f"the id `{change.key.id}` belonged to a {earlier.kind} that was removed; it stood in {file}"
            )


def _is_alike(one: Key, other: Key) -> bool:
    return one.id.casefold() == other.id.casefold() and _SPACE[one.kind] == _SPACE[other.kind]


def _finding(passage: Passage, key: Key, message: str) -> Diagnostic:
    help = "choose an id that was never used: bills, orders and inventories still know the old one"
    return Diagnostic(CODE, Severity.ERROR, message, passage.after.span(key, ("id",)), help=help)
