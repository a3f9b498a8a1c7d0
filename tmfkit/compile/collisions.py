"""Finds parts of the catalog that would be one and the same thing in a catalog API (TK107)."""

from collections.abc import Iterable, Iterator

from tmfkit.compile.bundle import Claim, Found
from tmfkit.diagnostics.model import Severity
from tmfkit.model.base import Key
from tmfkit.rules.base import Finding, Place

CODE = "TK107"


def collisions(claims: Iterable[Claim]) -> Iterator[Found]:
    """Ids that are the same ignoring case, and items of one resource with the same name and version.

    A publisher whose answer was lost finds its item again by resource, name and version: that triple stands for one thing.
    """
    ids: dict[tuple[str, str], Claim] = {}
    names: dict[tuple[str, str, str], Claim] = {}
    told: set[tuple[Key, Key]] = set()
    for claim in sorted(claims):
        first = ids.setdefault((claim.resource, claim.id.casefold()), claim)
        if first is not claim:
            told.add((first.key, claim.key))
            yield _found(claim, first, f"the id `{claim.id}`", "rename one of the two: ids are compared without regard to case")
            continue
        first = names.setdefault((claim.resource, claim.name, claim.version), claim)
        if first is not claim and (first.key == claim.key or (first.key, claim.key) not in told):
            told.add((first.key, claim.key))
            yield _found(claim, first, f"the name `{claim.name}` in version {claim.version}", "give one of the two another name")


def _found(claim: Claim, first: Claim, what: str, help: str) -> Found:
    message = f"{_who(claim)} and {_who(first)} both get {what} as `{claim.resource}` in the catalog APIs"
    place = Place("the other one", first.key, first.path)
    return Found(CODE, Severity.ERROR, Finding(claim.path, message, help, "one of the two", (place,), key=claim.key))


def _who(claim: Claim) -> str:
    part = "/".join(str(step) for step in claim.path[:2]) if claim.path[:1] == ("prices",) else ""
    return f"`{part}` of {claim.key.kind} `{claim.key.id}`" if part else f"{claim.key.kind} `{claim.key.id}`"
