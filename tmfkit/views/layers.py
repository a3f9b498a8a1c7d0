"""The layers of a catalog from what is sold down to what controls the network, and what people call the kinds in them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from tmfkit.catalog import Catalog
from tmfkit.model.base import Key


class Layer(NamedTuple):
    """A layer: its title, and the kinds that lie in it."""

    title: str
    kinds: tuple[str, ...]


LAYERS = (
    Layer("Grouping", ("Catalog", "Category", "ServiceCatalog", "ServiceCategory", "ResourceCatalog", "ResourceCategory")),
    Layer("Offerings", ("ProductOffering", "ProductOfferingPrice")),
    Layer("Products", ("ProductSpecification",)),
    Layer("Customer-facing services", ("CustomerFacingServiceSpecification",)),
    Layer("Resource-facing services", ("ResourceFacingServiceSpecification",)),
    Layer("Resources", ("PhysicalResourceSpecification", "LogicalResourceSpecification")),
    Layer("Systems", ("System",)),
    Layer("Other", ("Vocabulary", "Scenario", "Acceptance")),
)
"""Every kind in its layer, from the top down."""

WORDS: Mapping[str, str] = MappingProxyType(
    {
        "Vocabulary": "vocabulary",
        "Catalog": "catalog",
        "Category": "category",
        "ProductOffering": "offering",
        "ProductSpecification": "product",
        "ProductOfferingPrice": "shared price",
        "ServiceCatalog": "service catalog",
        "ServiceCategory": "service category",
        "CustomerFacingServiceSpecification": "customer-facing service",
        "ResourceFacingServiceSpecification": "resource-facing service",
        "ResourceCatalog": "resource catalog",
        "ResourceCategory": "resource category",
        "PhysicalResourceSpecification": "physical resource",
        "LogicalResourceSpecification": "logical resource",
        "System": "system",
        "Scenario": "scenario",
        "Acceptance": "acceptance",
    }
)
"""What people call an entity of each kind."""


def label(key: Key, catalog: Catalog) -> tuple[str, str]:
    """What stands in a box of a graph: the name of an entity, and its id where that says more."""
    title = catalog.summaries[key].title
    return title, key.id if key.id != title else ""
