"""What compiling makes: payloads that are ready to be sent, all of one API and version in a bundle, and what was found on the way."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from tmfkit.diagnostics.model import Severity
from tmfkit.model.base import Key, instant
from tmfkit.rules.base import Finding
from tmfkit.source.document import Path
from tmfkit.tmf.common import Item
from tmfkit.tmf.dialects import Dialect


@dataclass(frozen=True)
class Settings:
    """What payloads say that no entity writes: the release they belong to, and the zone in which a date begins at midnight."""

    release_name: str
    release_date: date | datetime
    zone: ZoneInfo

    @cached_property
    def last_update(self) -> datetime:
        """The moment of the release; nothing is ever stamped with the time of the day on which somebody compiles."""
        return instant(self.release_date, self.zone)


class Found(NamedTuple):
    """A finding with its code and severity; `finding.key` names the entity."""

    code: str
    severity: Severity
    finding: Finding


class Target(NamedTuple):
    """Something in a catalog API that a payload refers to: the sort of item, and its id."""

    noun: str
    id: str


@dataclass(frozen=True, slots=True)
class Untold:
    """A word of the language that no price of TM Forum has a field for; it travels in the release's `pricing.json`."""

    word: str
    path: Path
    reason: str = "no TM Forum version has a field for it"


@dataclass(frozen=True, slots=True)
class Draft:
    """One item before a dialect writes it, and the part of its entity (`path`) that it comes from.

    `without_groups` stands for it where a dialect cannot say choices among the members of a bundle.
    """

    noun: Item
    path: Path = ()
    needs: tuple[Target, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)
    untold: tuple[Untold, ...] = ()
    without_groups: Item | None = None


@dataclass(frozen=True, slots=True)
class Payload:
    """One body and where it belongs: `<api>/<resource>/<id>`. `requires` are the `<resource>/<id>` of the same bundle that it refers to."""

    key: Key
    api: str
    resource: str
    id: str
    body: dict[str, Any]
    requires: tuple[str, ...]
    path: Path = ()

    @property
    def claim(self) -> "Claim":
        """The identity that it claims in the catalog API."""
        return Claim(self.resource, self.id, str(self.body["name"]), str(self.body.get("version", "")), self.key, self.path)


class Claim(NamedTuple):
    """An identity that a payload has in a catalog API, and who claims it; small enough to pass between processes."""

    resource: str
    id: str
    name: str
    version: str
    key: Key
    path: Path


@dataclass(frozen=True, slots=True)
class Bundle:
    """All payloads of one dialect, in the order of resource and id."""

    dialect: Dialect
    payloads: tuple[Payload, ...]
