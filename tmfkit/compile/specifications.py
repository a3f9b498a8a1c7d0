"""Product, service and resource specifications as TMF620, TMF633 and TMF634 keep them, with the candidates of the latter two."""

from collections.abc import Iterator, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from tmfkit.catalog import Catalog
from tmfkit.compile.bundle import Draft, Settings, Target
from tmfkit.compile.characteristics import beyond, characteristics
from tmfkit.compile.neutral import neutral, written
from tmfkit.compile.offerings import related
from tmfkit.compile.opaque import as_json
from tmfkit.compile.wording import identity, own_words, part_words, reference, references, targets, translations
from tmfkit.model.base import Part
from tmfkit.model.products import ProductSpecification
from tmfkit.model.resources import PhysicalResourceSpecification, ResourceSpecification
from tmfkit.model.services import (
    RESOURCES,
    SERVICES,
    CustomerFacingServiceSpecification,
    ResourceFacingServiceSpecification,
    ServiceSpecification,
)
from tmfkit.tmf import product_catalog, resource_catalog, service_catalog
from tmfkit.tmf.common import Further, Relationship
from tmfkit.tmf.resource_catalog import ResourceCandidate, ResourceType
from tmfkit.tmf.service_catalog import ServiceCandidate, ServiceType

_CFS = (CustomerFacingServiceSpecification.KIND,)
_RFS = (ResourceFacingServiceSpecification.KIND,)


def product(entity: ProductSpecification, catalog: Catalog, settings: Settings) -> Iterator[Draft]:
    """A product specification; what its services need to know of its characteristics has no field."""
    zone = settings.zone
    noun = product_catalog.ProductSpecification(
        **identity(entity, settings),
        brand=entity.brand or "",
        product_number=entity.product_number or "",
        is_bundle=False,
        characteristics=characteristics(entity.characteristics),
        service_specifications=references(catalog, _CFS, (use.target(role) for role, use in entity.services.items())),
        further=(
            *_said(entity, entity.characteristics, entity.constraints, entity.services, zone=zone),
            *_roles("services", entity.services, zone),
            *_constraints(entity.constraints, zone),
        ),
    )
    yield Draft(noun, extra=_extra(entity.extra))


def service(entity: ServiceSpecification, catalog: Catalog, settings: Settings) -> Iterator[Draft]:
    """A CFS or RFS, and its candidate."""
    relationships = tuple(_service_relations(entity, catalog))
    resources = entity.resources if isinstance(entity, ResourceFacingServiceSpecification) else {}
    noun = service_catalog.ServiceSpecification(
        **identity(entity, settings),
        type=ServiceType(entity.KIND),
        is_bundle=False,
        characteristics=characteristics(entity.characteristics),
        relationships=relationships,
        resource_specifications=references(catalog, RESOURCES, (use.target(role) for role, use in resources.items())),
        further=tuple(_beyond_service(entity, settings.zone)),
    )
    yield Draft(noun, needs=targets("ServiceSpecification", relationships), extra=_extra(entity.extra))
    categories = references(catalog, ("ServiceCategory",), entity.categories)
    candidate = ServiceCandidate(
        **_candidate(entity, settings), service_specification=reference(catalog, SERVICES, entity.id), categories=categories
    )
    yield Draft(candidate, needs=(Target("ServiceSpecification", entity.id), *targets("ServiceCategory", categories)))


def resource(entity: ResourceSpecification, catalog: Catalog, settings: Settings) -> Iterator[Draft]:
    """A physical or logical resource specification, and its candidate."""
    relationships = tuple(related(ref, "contains") for ref in references(catalog, RESOURCES, entity.contains))
    physical = entity if isinstance(entity, PhysicalResourceSpecification) else None
    noun = resource_catalog.ResourceSpecification(
        **identity(entity, settings),
        type=ResourceType(entity.KIND),
        is_bundle=False,
        vendor=entity.vendor or "",
        model=entity.model or "",
        sku=(physical.sku if physical else None) or "",
        part=(physical.part_number if physical else None) or "",
        characteristics=characteristics(entity.characteristics),
        relationships=relationships,
        further=(*_said(entity, entity.characteristics, zone=settings.zone), *_single(entity, "descriptor")),
    )
    yield Draft(noun, needs=targets("ResourceSpecification", relationships), extra=_extra(entity.extra))
    categories = references(catalog, ("ResourceCategory",), entity.categories)
    candidate = ResourceCandidate(
        **_candidate(entity, settings), resource_specification=reference(catalog, RESOURCES, entity.id), categories=categories
    )
    yield Draft(candidate, needs=(Target("ResourceSpecification", entity.id), *targets("ResourceCategory", categories)))


def _candidate(entity: ServiceSpecification | ResourceSpecification, settings: Settings) -> dict[str, Any]:
    """A candidate is its specification put on the shelf: it has the same identity; outside ids belong to the specification alone."""
    return {**identity(entity, settings), "external_identifiers": ()}


def _service_relations(entity: ServiceSpecification, catalog: Catalog) -> Iterator[Relationship]:
    match entity:
        case CustomerFacingServiceSpecification():
            for role, use in entity.services.items():
                yield related(reference(catalog, SERVICES, use.target(role)), "dependency", role)
        case ResourceFacingServiceSpecification():
            for ref in references(catalog, _RFS, entity.requires):
                yield related(ref, "requires")


def _beyond_service(entity: ServiceSpecification, zone: ZoneInfo) -> Iterator[Further]:
    match entity:
        case CustomerFacingServiceSpecification():
            yield from _said(entity, entity.characteristics, entity.constraints, entity.services, zone=zone)
            yield from _roles("services", entity.services, zone)
        case ResourceFacingServiceSpecification():
            yield from _said(entity, entity.characteristics, entity.constraints, entity.resources, field="resources", zone=zone)
            yield from _roles("resources", entity.resources, zone)
            if entity.controller is not None:
                yield Further("controller", neutral(entity.controller, zone))
            yield from _single(entity, "descriptor")
    yield from _constraints(entity.constraints, zone)


def _said(
    entity: Any,
    parts: Mapping[str, Any],
    constraints: Mapping[str, Any] = {},
    roles: Mapping[str, Any] = {},
    *,
    zone: ZoneInfo,
    field: str = "services",
) -> Iterator[Further]:
    """Texts in other languages, and what no field says of characteristics."""
    labels = (
        (f"characteristics/{name}/values/{value}", label)
        for name, part in parts.items()
        for value, label in (part.values or {}).items()
        if label.languages
    )
    named = (part_words("characteristics", parts), part_words("constraints", constraints), part_words(field, roles))
    yield from translations([*own_words(entity), *(pair for words in named for pair in words), *labels])
    yield from beyond(parts, zone)


def _roles(field: str, roles: Mapping[str, Part], zone: ZoneInfo) -> Iterator[Further]:
    """What a role says besides which specification fills it: when it is needed, how many, and what feeds it."""
    said = {role: written(use, zone) for role, use in roles.items()}
    if any(said.values()):
        yield Further(field, said)


def _constraints(constraints: Mapping[str, Part], zone: ZoneInfo) -> Iterator[Further]:
    if constraints:
        yield Further("constraints", {name: written(constraint, zone) for name, constraint in constraints.items()})


def _single(entity: Any, name: str) -> Iterator[Further]:
    value = getattr(entity, name, None)
    if value is not None:
        yield Further(name, value)


def _extra(extra: Mapping[str, Any]) -> Mapping[str, Any]:
    return as_json(dict(extra)) if extra else {}
