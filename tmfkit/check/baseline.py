"""The baseline: the findings of a catalog as it was found, which are counted and hidden so that only new ones fail."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tmfkit.check.identity import Identity, identities
from tmfkit.check.policy import Policy, why_not
from tmfkit.diagnostics.model import Diagnostic, Severity
from tmfkit.source.text import Position, Span, whole_file
from tmfkit.source.tree import FileTree

FILE = "tmfkit-baseline.json"
VERSION = 1
ANEW = "`tmfkit validate --write-baseline` writes it anew"
ABOUT_BASELINES = frozenset(("TK025", "TK026"))
"""What is said of a baseline itself: gone with the next one."""

_END = "\n  "
_KEYS = {"code", "entity", "path", "message", "count"}


@dataclass(frozen=True, slots=True)
class Compared:
    """What a baseline makes of findings: the new ones, those that it knows, and what is to be said of the baseline itself."""

    new: tuple[Diagnostic, ...]
    known: tuple[Diagnostic, ...] = ()
    remarks: tuple[Diagnostic, ...] = ()


def can_be_known(finding: Diagnostic) -> bool:
    """Whether a finding has a place in a baseline."""
    return not why_not(finding.code)


def written(found: Sequence[Diagnostic], tree: FileTree) -> str:
    """The text of a baseline that knows these findings: sorted, one a line, without any line numbers."""
    counts = Counter(identities([finding for finding in found if can_be_known(finding)], tree))
    rows = sorted(counts, key=lambda identity: (identity.entity, identity.path, identity.code, identity.message))
    lines = ",".join(f"\n    {json.dumps(_row(row, counts[row]), ensure_ascii=False)}" for row in rows)
    return f'{{\n  "tmfkit-baseline": {VERSION},\n  "findings": [{lines}{_END if rows else ""}]\n}}\n'


def compared(text: str, found: Sequence[Diagnostic], tree: FileTree, entities: Collection[str], policy: Policy, whole: bool) -> Compared:
    """Findings beside a baseline; `entities` are those of the catalog, as `Kind id`.

    What is gone is said only of a catalog that could be checked as a `whole`.
    """
    rows = _parsed(text)
    if isinstance(rows, Diagnostic):
        return Compared(tuple(found), remarks=(rows,))
    codes = {row.code for row in rows}
    candidates = [finding for finding in found if finding.code in codes and can_be_known(finding)]
    left = Counter(rows)
    known: set[int] = set()
    for finding, identity in zip(candidates, identities(candidates, tree), strict=True):
        if left[identity] > 0:
            left[identity] -= 1
            known.add(id(finding))
    named = [row.entity for row in rows if " " in row.entity]
    if named and not known and not any(entity in entities for entity in named):
        return Compared(tuple(found), remarks=(_of_another(len(rows)),))
    gone = [row for row in left.elements() if policy.speaks(row.code)]
    return Compared(
        tuple(finding for finding in found if id(finding) not in known),
        tuple(finding for finding in found if id(finding) in known),
        tuple(_remarks(gone, policy)) if whole else (),
    )


def _remarks(gone: Sequence[Identity], policy: Policy) -> Iterator[Diagnostic]:
    if not gone:
        return
    first = "; ".join(f"{row.code} of {row.entity}" for row in gone[:3]) + ("; …" if len(gone) > 3 else "")
    message = f"{len(gone)} findings" if len(gone) > 1 else "1 finding"
    yield Diagnostic("TK026", Severity.INFO, f"{message} of the baseline no longer needed: {first}", whole_file(FILE), help=ANEW)


def _parsed(text: str) -> Counter[Identity] | Diagnostic:
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        at = Position(error.lineno, error.colno)
        return _unusable("this is not JSON", Span(FILE, at, at))
    except (ValueError, RecursionError):
        return _unusable("this is not JSON that can be read", whole_file(FILE))
    if not isinstance(data, dict) or "tmfkit-baseline" not in data:
        return _unusable("this is not a baseline", whole_file(FILE))
    if data["tmfkit-baseline"] != VERSION:
        return _unusable("this baseline is of a version that is not known here", whole_file(FILE))
    rows = data.get("findings")
    if not isinstance(rows, list) or not all(_is_row(row) for row in rows):
        return _unusable("a row of this baseline is not understood", whole_file(FILE))
    return Counter(_elements(rows))


def _elements(rows: Iterable[dict[str, Any]]) -> Iterator[Identity]:
    for row in rows:
        for _ in range(row.get("count", 1)):
            yield Identity(row["code"], row["entity"], row["path"], row["message"])


def _is_row(row: Any) -> bool:
    if not isinstance(row, dict) or not row.keys() <= _KEYS:
        return False
    count = row.get("count", 1)
    return all(isinstance(row.get(name), str) for name in Identity._fields) and type(count) is int and 0 < count < 1_000_000


def _row(identity: Identity, count: int) -> dict[str, Any]:
    return identity._asdict() | ({"count": count} if count > 1 else {})


def _of_another(rows: int) -> Diagnostic:
    message = f"this baseline is of another catalog: nothing here is what its {f'{rows} findings are' if rows > 1 else 'finding is'} about"
    return _unusable(message, whole_file(FILE))


def _unusable(message: str, span: Span) -> Diagnostic:
    return Diagnostic(
        "TK025", Severity.ERROR, message, span, help=f"delete it, bring the right one, or let {ANEW.split(' writes')[0]} write one"
    )
