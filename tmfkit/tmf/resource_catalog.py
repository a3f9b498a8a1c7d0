"""What TMF634 manages: resource catalogs, categories, candidates and the specifications of devices and logical resources."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tmfkit.tmf.common import Characteristic, Item, Ref, Relationship


class ResourceType(StrEnum):
    """Whether the resource can be touched."""

    PHYSICAL = "PhysicalResourceSpecification"
    LOGICAL = "LogicalResourceSpecification"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceCatalog(Item):
    """A catalog of resources: the categories that it opens with."""

    categories: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceCategory(Item):
    """A shelf of resource candidates, perhaps inside another."""

    parent: Ref | None = None
    sub_categories: tuple[Ref, ...] = ()
    resource_candidates: tuple[Ref, ...] = ()

    @property
    def is_root(self) -> bool:
        """Whether the category stands inside no other."""
        return self.parent is None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceCandidate(Item):
    """A resource specification put on the shelves of a catalog."""

    resource_specification: Ref
    categories: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceSpecification(Item):
    """What a resource is; vendor, model, sku and part describe a physical one."""

    type: ResourceType
    category: str = ""
    is_bundle: bool = False
    vendor: str = ""
    model: str = ""
    sku: str = ""
    part: str = ""
    characteristics: tuple[Characteristic, ...] = ()
    relationships: tuple[Relationship, ...] = ()

    @property
    def base_type(self) -> str:
        """The general type of which `type` is a special case."""
        return "ResourceSpecification"
