"""Where the catalog is published to: the APIs of a target, their addresses, and the folder that remembers what is there."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tmfkit.remote.api import CatalogApi
from tmfkit.remote.connection import host_of
from tmfkit.tmf.addresses import Address
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.profile import Profile
from tmfkit.tmf.references import location


@dataclass(frozen=True)
class Destination:
    """A target, reached; `addresses` are the base addresses of its APIs, and `folder` is the state of this target alone."""

    name: str
    apis: Mapping[Dialect, CatalogApi]
    addresses: Mapping[Dialect, str]
    folder: Path
    concurrency: int = 8

    @property
    def dialects(self) -> tuple[Dialect, ...]:
        """The versions of the APIs that it has."""
        return tuple(sorted(self.apis))

    @property
    def profiles(self) -> dict[Dialect, Profile]:
        """How each of its APIs behaves."""
        return {dialect: api.profile for dialect, api in self.apis.items()}

    @property
    def hosts(self) -> tuple[str, ...]:
        """The servers of its APIs, each once."""
        return tuple(dict.fromkeys(host_of(self.addresses[dialect]) for dialect in self.dialects))

    def href(self, address: Address, id: str) -> str:
        """Where its server has an item that the server calls `id`."""
        return location(self.addresses[address.dialect], address.resource, id)
