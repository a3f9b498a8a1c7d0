"""What a generator makes: the text of one file, and the entities that it was made from."""

from dataclasses import dataclass
from enum import StrEnum

from tmfkit.model.base import Key
from tmfkit.source.document import Path


class Status(StrEnum):
    """How a system takes what an entity says: as it is, in another form, or not at all."""

    CARRIED = "carried"
    MAPPED = "mapped"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Artifact:
    """One file for a system: its path below the folder of the system, its text, and the entities that it was made from.

    `mentions` are entities that it only names: their own details are no concern of the file, and no loss of theirs is reported.
    `covers` are the offerings whose order form this file is, for systems that take orders.
    The engine adds the release stamp; with `stamped=False` (a format that allows nothing foreign) it stands in the index alone.
    """

    path: str
    text: str
    sources: tuple[Key, ...] = ()
    stamped: bool = True
    mentions: tuple[Key, ...] = ()
    covers: tuple[Key, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """What a generator knows better than its capabilities: how one part of one entity came out.

    `words` say what it became, or why it is dropped; `feature` is the word of `Feature` that this is about.
    """

    status: Status
    key: Key
    path: Path
    feature: str
    words: str


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount as a file for a system states it, read back from the file itself.

    `charge` is the id of the single price in the catalog APIs (`fibre-home.monthly.500.24-months`); `amount` is an exact decimal as text.
    `begins` is the moment (RFC 3339) from which the file says so, empty for always; `channel` is empty where it is the same in all.
    """

    offering: str
    charge: str
    currency: str
    amount: str
    begins: str = ""
    ends: str = ""
    channel: str = ""
    file: str = ""
    line: int = 0
