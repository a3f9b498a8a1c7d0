"""Catalogs and categories of all three APIs, with what stands on their shelves."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tmfkit.catalog import Catalog
from tmfkit.compile.bundle import Draft, Settings
from tmfkit.compile.opaque import as_json
from tmfkit.compile.wording import identity, own_words, reference, references, referring, targets, translations
from tmfkit.model.groupings import Grouping, ResourceCategory, ServiceCategory, Shelf
from tmfkit.model.products import ProductOffering
from tmfkit.model.services import RESOURCES, SERVICES
from tmfkit.tmf import product_catalog, resource_catalog, service_catalog
from tmfkit.tmf.common import Item

_CATALOGS: dict[str, type[Item]] = {
    "Catalog": product_catalog.Catalog,
    "ServiceCatalog": service_catalog.ServiceCatalog,
    "ResourceCatalog": resource_catalog.ResourceCatalog,
}


@dataclass(frozen=True, slots=True)
class Shelving:
    """How one kind of category is published: as which item, and what stands on it (`field` of the item, items of the sort `noun`)."""

    item: type[Item]
    kinds: tuple[str, ...]
    field: str
    noun: str


_SHELVES = {
    "Category": Shelving(product_catalog.Category, (ProductOffering.KIND,), "product_offerings", "ProductOffering"),
    ServiceCategory.KIND: Shelving(service_catalog.ServiceCategory, SERVICES, "service_candidates", "ServiceCandidate"),
    ResourceCategory.KIND: Shelving(resource_catalog.ResourceCategory, RESOURCES, "resource_candidates", "ResourceCandidate"),
}


def grouping(entity: Grouping, catalog: Catalog, settings: Settings) -> Iterator[Draft]:
    """A catalog with the categories that it opens with."""
    categories = references(catalog, (entity.CATEGORY,), entity.categories)
    fields: dict[str, Any] = {**identity(entity, settings), "categories": categories, "further": tuple(translations(own_words(entity)))}
    yield Draft(_CATALOGS[entity.KIND](**fields), needs=targets(entity.CATEGORY, categories), extra=as_json(dict(entity.extra)))


def shelf(entity: Shelf, catalog: Catalog, settings: Settings) -> Iterator[Draft]:
    """A category with its place in the tree and what stands on it."""
    kind, row = entity.KIND, _SHELVES[entity.KIND]
    parent = reference(catalog, (kind,), entity.parent) if entity.parent is not None else None
    below = referring(catalog, entity.key, (kind,))
    held = tuple(type(ref)(id=ref.id, name=ref.name, version=ref.version) for ref in referring(catalog, entity.key, row.kinds))
    fields: dict[str, Any] = {
        **identity(entity, settings),
        "parent": parent,
        "sub_categories": below,
        row.field: held,
        "further": tuple(translations(own_words(entity))),
    }
    needs = (*targets(kind, [parent]), *targets(kind, below), *targets(row.noun, held))
    yield Draft(row.item(**fields), needs=needs, extra=as_json(dict(entity.extra)))
