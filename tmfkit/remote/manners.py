"""What a sort of catalog server takes from a client and what it makes of it, apart from keeping it: the strictness and the quirks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tmfkit.remote.api import Body
from tmfkit.tmf.attributes import declared
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.profile import Arrays, Ids, PatchType, Profile, Sort
from tmfkit.tmf.rest import MERGE_PATCH, PLAIN_JSON, REST


@dataclass(frozen=True, slots=True)
class Manners:
    """What a server does that its profile need not say, because a publisher gets along with it unasked.

    `adds` are attributes that it gives every item which has none, `stamps` says that it dates every change itself, `scheme` what its
    addresses begin with whatever it is reached by, `deaf` that a media type it does not know is answered as done and not even read.
    `too_large` is the status of a body over the limit.
    """

    adds: Mapping[str, Any] = field(default_factory=dict)
    stamps: bool = True
    scheme: str = ""
    deaf: bool = False
    too_large: int = 413


MANNERS: Mapping[str, Manners] = {
    Sort.EMBEDDED: Manners(adds={"lifecycleStatus": "In study"}),
    Sort.REFERENCE: Manners(adds={"isBundle": False}, scheme="https", deaf=True, too_large=400),
    Sort.STRICT: Manners(stamps=False),
    Sort.LENIENT: Manners(adds={"@baseType": "Entity", "relatedParty": []}),
    Sort.MINTING: Manners(adds={"attachment": [], "description": "", "createdBy": "catalog", "version": "1.0"}),
}
"""The quirks of each row of the table of servers; a row without any has those of `Manners()`."""


class Refusal(Exception):
    """The server does not do it: a status of HTTP and its reason in the server's words."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


def takes(profile: Profile, media: str) -> bool:
    """Whether a server reads a patch of this media type; who reads merge patches reads them under the plain type too."""
    return media == PLAIN_JSON or (profile.patch is PatchType.MERGE and media == MERGE_PATCH)


def examine_new(profile: Profile, dialect: Dialect, resource: str, body: Body) -> None:
    """Raises a `Refusal` where the server would not make such an item."""
    _examine(profile, dialect, resource, body)
    served = REST[dialect].served(resource)
    missing = [name for name in (served.required if served else ()) if body.get(name) in (None, "")]
    if missing:
        raise Refusal(400, f"{missing[0]} is missing")


def examine_patch(profile: Profile, dialect: Dialect, resource: str, patch: Body) -> None:
    """Raises a `Refusal` where the server would not change an item in this way."""
    _examine(profile, dialect, resource, patch)
    served = REST[dialect].served(resource)
    fixed = sorted(patch.keys() & set(served.fixed)) if served and profile.strict_patch else []
    if fixed:
        raise Refusal(400, f"{fixed[0]} cannot be changed")


def _examine(profile: Profile, dialect: Dialect, resource: str, body: Body) -> None:
    if not profile.nulls and _has_null(body):
        raise Refusal(400, "null is not allowed")
    if profile.ids is Ids.REFUSED and "id" in body:
        raise Refusal(400, "id is given by the server")
    unknown = [] if profile.unknown else sorted(body.keys() - declared(dialect, resource))
    if unknown:
        raise Refusal(400, f"{unknown[0]} is not an attribute of {resource}")


def _has_null(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_has_null, value.values()))
    if isinstance(value, list):
        return any(map(_has_null, value))
    return value is None


def merged(before: Any, patch: Any, arrays: Arrays) -> Any:
    """A merge patch (RFC 7386) laid over a value; a server that appends keeps what its lists had."""
    if isinstance(patch, list) and isinstance(before, list) and arrays is Arrays.APPENDED:
        return [*before, *patch]
    if not isinstance(patch, dict):
        return patch
    after = dict(before) if isinstance(before, dict) else {}
    for name, value in patch.items():
        if value is None:
            after.pop(name, None)
        else:
            after[name] = merged(after.get(name), value, arrays)
    return after
