"""The three states of an item that a plan compares: what the catalog wants, what was applied last, what the server has.

Bodies may be packed: a large catalog has tens of thousands of them in each state.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tmfkit.model.base import Key
from tmfkit.tmf.addresses import Address


@dataclass(frozen=True, slots=True)
class Wanted:
    """An item as the catalog compiles it, with the ids of the catalog; `former` is its address before its entity was renamed."""

    address: Address
    key: Key
    body: Mapping[str, Any]
    former: Address | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """An item that tmfkit has published to this target.

    `sent` is its canonical form as it was sent last, `seen` as the server gave it back; both speak of items by the ids of the catalog.
    `launched` says that it was once more than a draft, `doubtful` that an answer was lost and nobody looked since.
    """

    address: Address
    server_id: str
    sent: Mapping[str, Any]
    seen: Mapping[str, Any]
    name: str = ""
    version: str = ""
    launched: bool = False
    retired: bool = False
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Live:
    """An item as the server has it, under the server's id."""

    address: Address
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class States:
    """Everything that a plan is made from; `live` has every item of every resource that is published."""

    wanted: Mapping[Address, Wanted]
    known: Mapping[Address, Known] = field(default_factory=dict)
    live: Mapping[Address, Live] = field(default_factory=dict)
