"""Resource specifications: the equipment, software and numbers that services run on."""

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from tmfkit.model.base import Entity, Many, Ref, Reference, refer
from tmfkit.model.characteristics import Characteristics
from tmfkit.model.services import RESOURCES
from tmfkit.model.values import Text


class ResourceSpecification(Entity):
    """What physical and logical resources have in common; `contains` names resources that are parts of it."""

    categories: Many[Ref] = ()
    characteristics: Characteristics = Field(default_factory=dict)
    vendor: Text | None = None
    model: Text | None = None
    contains: Many[Ref] = ()

    def references(self) -> Iterator[Reference]:
        """The resource categories, and the resources that are parts of it."""
        for index, category in enumerate(self.categories):
            yield from refer(("categories", index), ("ResourceCategory",), category)
        for index, part in enumerate(self.contains):
            yield from refer(("contains", index), RESOURCES, part)


class PhysicalResourceSpecification(ResourceSpecification):
    """Equipment that can be touched (SID: PhysicalResourceSpec)."""

    KIND: ClassVar[str] = "PhysicalResourceSpecification"

    part_number: Text | None = None
    sku: Text | None = None


class LogicalResourceSpecification(ResourceSpecification):
    """Software, numbers, ports and profiles (SID: LogicalResourceSpec); `descriptor` names the VNFD of a virtual function."""

    KIND: ClassVar[str] = "LogicalResourceSpecification"

    descriptor: Text | None = None
