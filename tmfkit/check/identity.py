"""What a finding is, apart from where it stands: the same after lines, entities or files have moved."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from typing import NamedTuple

from tmfkit.diagnostics.model import Diagnostic
from tmfkit.source.places import Place, places
from tmfkit.source.text import Position
from tmfkit.source.tree import FileTree, text_in


class Identity(NamedTuple):
    """The code, the entity (a file, where no entity is known), the way to the part concerned, and the fact."""

    code: str
    entity: str
    path: str
    message: str


def identities(found: Sequence[Diagnostic], tree: FileTree) -> list[Identity]:
    """The identity of each finding; reads each file that they are about once."""
    wanted: dict[str, set[Position]] = defaultdict(set)
    for finding in found:
        wanted[finding.primary.file].add(finding.primary.start)
    known = {file: places(text_in(tree, file), positions) for file, positions in wanted.items()}
    return [_identity(finding, known[finding.primary.file].get(finding.primary.start)) for finding in found]


def fingerprints(identities: Sequence[Identity]) -> Iterator[str]:
    """A short text for each finding, different for each; equal ones are told apart by their order."""
    seen: Counter[Identity] = Counter()
    for identity in identities:
        seen[identity] += 1
        yield blake2b("\0".join((*identity, str(seen[identity]))).encode("utf-8", "replace"), digest_size=16).hexdigest()


def _identity(finding: Diagnostic, place: Place | None) -> Identity:
    message = " ".join(finding.message.split())
    if place is None or not place.kind:
        return Identity(finding.code, finding.primary.file, "", message)
    return Identity(finding.code, f"{place.kind} {place.id}".rstrip(), "/".join(place.path), message)
