"""What the commands of a service may speak of: its characteristics, those of its resources, and what inventory owns."""

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from tmfkit.api import (
    Catalog,
    Characteristic,
    LogicalResourceSpecification,
    PhysicalResourceSpecification,
    ResourceFacingServiceSpecification,
    specimens,
)

from .options import Options

Resource = PhysicalResourceSpecification | LogicalResourceSpecification
Origin = Literal["characteristic", "resource", "inventory"]


class Known(NamedTuple):
    """A name that a command may use: whose it is, its values with their codes, and examples of what stands in a command for it."""

    name: str
    origin: Origin
    characteristic: Characteristic | None
    codes: Mapping[str, str]
    examples: tuple[str, ...]
    pattern: str | None = None

    @property
    def is_optional(self) -> bool:
        """Whether an order may come without it."""
        return self.characteristic is not None and self.characteristic.optional

    @property
    def is_many(self) -> bool:
        """Whether there may be several values."""
        return self.characteristic is not None and self.characteristic.many is not None

    @property
    def values(self) -> tuple[str, ...]:
        """The values that the catalog lists."""
        return tuple((self.characteristic.values if self.characteristic is not None else None) or ())

    def code(self, value: str) -> str:
        """What a command says for a value."""
        return self.codes.get(value, value)


def known(service: ResourceFacingServiceSpecification, options: Options, catalog: Catalog) -> dict[str, Known]:
    """All names that the commands of a service may use. A name that stands for two things stands for the first of them here."""
    codes = options.codes.get(service.id, {})
    found = {name: Known(name, "inventory", None, {}, (one.example,), one.pattern) for name, one in options.inventory.items()}
    for role, resource in resources(service, catalog):
        for name, characteristic in resource.characteristics.items():
            whole = f"{role}/{name}"
            found[whole] = _of(whole, "resource", characteristic, codes)
    for name, characteristic in service.characteristics.items():
        found[name] = _of(name, "characteristic", characteristic, codes)
    return found


def resources(service: ResourceFacingServiceSpecification, catalog: Catalog) -> Iterator[tuple[str, Resource]]:
    """The resources of a service that the catalog describes, by role."""
    for role, use in service.resources.items():
        target = use.target(role)
        found = catalog.get(PhysicalResourceSpecification, target) or catalog.get(LogicalResourceSpecification, target)
        if found is not None:
            yield role, found


def _of(name: str, origin: Origin, characteristic: Characteristic, codes: Mapping[str, Mapping[str, str]]) -> Known:
    values = specimens(characteristic) or [name.rpartition("/")[2].upper()]
    return Known(name, origin, characteristic, codes.get(name, {}), tuple(values), characteristic.pattern)
