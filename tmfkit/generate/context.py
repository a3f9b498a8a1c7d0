"""What a generator is given: its system, its options, the catalog to read, the release, and its templates."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, NoReturn, TypeVar
from zoneinfo import ZoneInfo

from tmfkit.catalog import Catalog
from tmfkit.compile.bundle import Settings
from tmfkit.generate.artifact import Artifact
from tmfkit.generate.capabilities import Options
from tmfkit.generate.refused import UNUSABLE, Refused
from tmfkit.generate.templates import Templates
from tmfkit.model.base import Entity, Key, Lifecycle
from tmfkit.model.landscape import System
from tmfkit.model.products import ProductOffering
from tmfkit.model.services import ResourceFacingServiceSpecification
from tmfkit.source.document import Path

O = TypeVar("O", bound=Options, covariant=True)  # noqa: E741 - the letter of options

_RFS = ResourceFacingServiceSpecification.KIND

IN_USE = (Lifecycle.IN_TEST, Lifecycle.ACTIVE, Lifecycle.LAUNCHED, Lifecycle.RETIRED)
"""The states in which somebody may buy an offering or still have it; systems need to know these."""


@dataclass(frozen=True)
class Context(Generic[O]):
    """Everything that a generator may look at; it returns artifacts and writes nothing itself."""

    generator: str
    system: System
    options: O
    catalog: Catalog
    settings: Settings
    templates: Templates

    @property
    def release(self) -> str:
        """The name of the release."""
        return self.settings.release_name

    @property
    def released(self) -> datetime:
        """The moment of the release: the only "now" that output may depend on."""
        return self.settings.last_update

    @property
    def zone(self) -> ZoneInfo:
        """Where a date begins at midnight."""
        return self.settings.zone

    def offerings(self, *states: Lifecycle) -> Iterator[ProductOffering]:
        """The offerings in some states of their life, in the order of their ids; without any, all that somebody may buy or have."""
        wanted = states or IN_USE
        return (offering for offering in self.catalog.every(ProductOffering) if offering.lifecycle in wanted)

    def controlled(self) -> Iterator[ResourceFacingServiceSpecification]:
        """The resource-facing services of which this system is the controller, in the order of their ids."""
        for key in self.catalog.referrers(self.system.key):
            service = self.catalog.get(ResourceFacingServiceSpecification, key.id) if key.kind == _RFS else None
            if service is not None and service.controller == self.system.id and service.lifecycle in IN_USE:
                yield service

    def render(self, template: str, /, **variables: Any) -> str:
        """A template of this generator, filled; `context`, `system`, `options` and `release` are there without being passed."""
        known = {"context": self, "system": self.system, "options": self.options, "release": self.release}
        return self.templates.render(template, {**known, **variables})

    def artifact(
        self,
        path: str,
        template: str,
        /,
        sources: Iterable[Entity | Key] = (),
        stamped: bool = True,
        mentions: Iterable[Entity | Key] = (),
        covers: Iterable[Entity | Key] = (),
        **variables: Any,
    ) -> Artifact:
        """A file that a template makes."""
        return Artifact(path, self.render(template, **variables), _keys(sources), stamped, _keys(mentions), _keys(covers))

    def refuse(self, message: str, *path: str | int, help: str = "") -> NoReturn:
        """Ends the run with one finding at an option that is of the right type and still cannot be used; `path` leads there."""
        raise Refused(UNUSABLE, message, help, self.at(*path))

    def at(self, *path: str | int) -> Path:
        """The path of an option in its system: what a Finding about it needs. Options of several generators stand under their names."""
        inside = (self.generator, *path) if len(set(self.system.generator)) > 1 else path
        return ("options", *inside)


def _keys(entities: Iterable[Entity | Key]) -> tuple[Key, ...]:
    return tuple(dict.fromkeys(entity if isinstance(entity, Key) else entity.key for entity in entities))
