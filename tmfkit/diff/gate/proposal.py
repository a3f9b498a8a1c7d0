"""Writes the acceptance that is missing, ready to be put into a file once a person has said why and who."""

import json
import re
from collections.abc import Collection, Sequence

from tmfkit.diff.change import Change
from tmfkit.diff.gate.scope import scope_of

REASON = "<why customers and systems can bear this>"
OWNER = "<who decides it>"
"""What stands where a person has to answer; an acceptance that still says it does not count."""

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*( [A-Za-z0-9][A-Za-z0-9._/-]*)?")


def proposal(changes: Sequence[Change], breaking: Sequence[Change], taken: Collection[str], folder: str) -> str:
    """The text of the file; empty where nothing is missing. `taken` are the ids that acceptances have already."""
    if not changes:
        return ""
    id = _unused(changes[0].key.id, {one.casefold() for one in taken})
    lines = dict.fromkeys(scope_of(change, breaking) for change in changes)
    scope = "\n".join(f"  - {_scalar(line)}" for line in lines)
    head = f"# {folder}/{id}.yaml\nkind: Acceptance\nid: {id}\n"
    return f'{head}reason: "{REASON}"\nowner: "{OWNER}"\nscope:\n{scope}\n'


def _unused(id: str, taken: Collection[str]) -> str:
    names = (id if number == 1 else f"{id}-{number}" for number in range(1, len(taken) + 2))
    return next(name for name in names if name.casefold() not in taken)


def _scalar(text: str) -> str:
    """A text as YAML: plain where it can be."""
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)
