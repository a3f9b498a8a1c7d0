"""What something is made of: offerings of products, products of services, services of resources, down to what controls them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from tmfkit.catalog import Catalog
from tmfkit.model.base import Entity, External, Key, Ref
from tmfkit.model.kinds import KINDS
from tmfkit.model.products import Member, ProductOffering, ProductSpecification
from tmfkit.model.resources import ResourceSpecification
from tmfkit.model.services import (
    RESOURCES,
    SERVICES,
    CustomerFacingServiceSpecification,
    ResourceFacingServiceSpecification,
    ResourceUse,
    ServiceUse,
)

Role: TypeAlias = ServiceUse | ResourceUse | Member


@dataclass(frozen=True, slots=True)
class Made:
    """A part: the field that names it, its role there, what fills it, and its own parts.

    `key` is None for what is outside the repository or missing. `again` says that its parts were told further up already.
    """

    field: str
    role: str
    target: Ref
    key: Key | None
    use: Role | None = None
    parts: tuple["Made", ...] = ()
    again: bool = False


def made_of(key: Key, catalog: Catalog) -> tuple[Made, ...]:
    """The parts of an entity, each with its own parts; those of one that comes again are told once."""
    return _parts(key, catalog, {key})


def _parts(key: Key, catalog: Catalog, told: set[Key]) -> tuple[Made, ...]:
    entity = catalog.entity(key)
    return tuple(_part(*named, catalog, told) for named in _named(entity)) if entity is not None else ()


def _part(field: str, role: str, target: Ref, kinds: tuple[str, ...], use: Role | None, catalog: Catalog, told: set[Key]) -> Made:
    key = None if isinstance(target, External) else catalog.find(kinds, target)
    if key is None:
        return Made(field, role, target, None, use)
    if key in told:
        return Made(field, role, target, key, use, again=next(_named(catalog.entity(key)), None) is not None)
    told.add(key)
    return Made(field, role, target, key, use, _parts(key, catalog, told))


def _named(entity: Entity | None) -> Iterator[tuple[str, str, Ref, tuple[str, ...], Role | None]]:
    """What an entity is made of by its own words: field, role, target, the kinds that it may be of, and the terms of its use."""
    match entity:
        case ProductOffering():
            if entity.product is not None:
                yield "product", "", entity.product, (ProductSpecification.KIND,), None
            for role, member in entity.bundle.items():
                yield from (("bundle", role, target, (entity.KIND,), member) for target in member.offerings(role))
        case ProductSpecification():
            yield from _uses("services", entity.services, (CustomerFacingServiceSpecification.KIND,))
        case CustomerFacingServiceSpecification():
            yield from _uses("services", entity.services, SERVICES)
        case ResourceFacingServiceSpecification():
            if entity.controller is not None:
                yield "controller", "", entity.controller, ("System",), None
            yield from _uses("resources", entity.resources, RESOURCES)
            yield from (("requires", "", target, (entity.KIND,), None) for target in entity.requires)
        case ResourceSpecification():
            yield from (("contains", "", target, RESOURCES, None) for target in entity.contains)
        case _:
            assert entity is None or entity.KIND in KINDS


def _uses(
    field: str, uses: Mapping[str, ServiceUse] | Mapping[str, ResourceUse], kinds: tuple[str, ...]
) -> Iterator[tuple[str, str, Ref, tuple[str, ...], Role | None]]:
    return ((field, role, use.target(role), kinds, use) for role, use in uses.items())
