"""What TMF633 manages: service catalogs, categories, candidates and the specifications of CFS and RFS, free of any version."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tmfkit.tmf.common import Characteristic, Item, Ref, Relationship


class ServiceType(StrEnum):
    """Whether customers see the service or the network sees it."""

    CUSTOMER_FACING = "CustomerFacingServiceSpecification"
    RESOURCE_FACING = "ResourceFacingServiceSpecification"


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceCatalog(Item):
    """A catalog of services: the categories that it opens with."""

    categories: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceCategory(Item):
    """A shelf of service candidates, perhaps inside another."""

    parent: Ref | None = None
    sub_categories: tuple[Ref, ...] = ()
    service_candidates: tuple[Ref, ...] = ()

    @property
    def is_root(self) -> bool:
        """Whether the category stands inside no other."""
        return self.parent is None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceCandidate(Item):
    """A service specification put on the shelves of a catalog."""

    service_specification: Ref
    categories: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceSpecification(Item):
    """What a service is, on which other services it stands and, for an RFS, which resources it takes."""

    type: ServiceType
    is_bundle: bool = False
    characteristics: tuple[Characteristic, ...] = ()
    relationships: tuple[Relationship, ...] = ()
    resource_specifications: tuple[Ref, ...] = ()

    @property
    def base_type(self) -> str:
        """The general type of which `type` is a special case."""
        return "ServiceSpecification"
