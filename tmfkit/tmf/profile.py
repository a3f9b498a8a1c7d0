"""How a catalog server behaves where the TM Forum text leaves it open, or where servers are known not to follow it."""

from dataclasses import dataclass
from enum import StrEnum


class Sort(StrEnum):
    """The sorts of servers that the table has a row for, by the names that targets use."""

    EMBEDDED = "embedded"
    REFERENCE = "tmf-reference"
    STRICT = "strict-v4"
    LENIENT = "v5"
    MINTING = "minting"


class Ids(StrEnum):
    """Who gives an item its id."""

    KEPT = "kept"
    """The id that a client sends stays."""
    MINTED = "minted"
    """The server gives its own, whatever is sent."""
    REFUSED = "refused"
    """The server gives its own, and refuses a body that has one."""


class PatchType(StrEnum):
    """The media type in which a server takes changes of an item."""

    MERGE = "application/merge-patch+json"
    PLAIN = "application/json"
    """Merged in the same way; the only type that the version 4 files declare."""


class Arrays(StrEnum):
    """What becomes of a list in a merge patch."""

    REPLACED = "replaced"
    APPENDED = "appended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One row of the table of servers: what a publisher has to know of one before it sends the first byte.

    `body_limit` is in bytes, `page` the number of items that the server gives at most at once. `counts` says that `X-Total-Count` is there
    and right, `filters` that `?name=…&version=…` selects, `tags` that it answers with an ETag and honours `If-Match`.
    `nulls` says that a null in a patch takes an attribute away; where it is refused, an empty list or text stands for nothing.
    `unknown` says that attributes are taken that the official files do not declare for the resource (`attributes.declared`), `strict_patch`
    that a patch may not name what the official type for changes leaves out (`fixed` in the table of `rest`).
    `patched` is the status of an answer to a patch, `partial` that of a list which is only a part; `links` says that such a part names
    the next one in a `Link`.
    `makes_candidates` and `removes_candidates` say what happens to a candidate when its specification is made or deleted.
    """

    name: str
    title: str
    ids: Ids
    patch: PatchType
    arrays: Arrays = Arrays.REPLACED
    nulls: bool = True
    unknown: bool = True
    strict_patch: bool = False
    patched: int = 200
    partial: int = 200
    links: bool = False
    body_limit: int | None = None
    page: int = 100
    counts: bool = True
    filters: bool = True
    tags: bool = False
    makes_candidates: bool = False
    removes_candidates: bool = False
    checks_references: bool = False
