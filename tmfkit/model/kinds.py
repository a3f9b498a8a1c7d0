"""The table of kinds: every kind of document that the language knows."""

from dataclasses import dataclass
from types import MappingProxyType

from tmfkit.model.base import Entity
from tmfkit.model.groupings import Catalog, Category, ResourceCatalog, ResourceCategory, ServiceCatalog, ServiceCategory
from tmfkit.model.landscape import Acceptance, Scenario, System, Vocabulary
from tmfkit.model.prices import ProductOfferingPrice
from tmfkit.model.products import ProductOffering, ProductSpecification
from tmfkit.model.resources import LogicalResourceSpecification, PhysicalResourceSpecification
from tmfkit.model.services import CustomerFacingServiceSpecification, ResourceFacingServiceSpecification


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind: its model, the space in which its ids are unique (ignoring case), and its folder in a catalog."""

    model: type[Entity]
    space: str
    folder: str

    @property
    def name(self) -> str:
        """What `kind:` says."""
        return self.model.KIND


_ROWS = (
    Kind(Vocabulary, "Vocabulary", ""),
    Kind(Catalog, "Catalog", "categories"),
    Kind(Category, "Category", "categories"),
    Kind(ProductOffering, "ProductOffering", "offerings"),
    Kind(ProductSpecification, "ProductSpecification", "products"),
    Kind(ProductOfferingPrice, "ProductOfferingPrice", "prices"),
    Kind(ServiceCatalog, "ServiceCatalog", "categories"),
    Kind(ServiceCategory, "ServiceCategory", "categories"),
    Kind(CustomerFacingServiceSpecification, "ServiceSpecification", "services"),
    Kind(ResourceFacingServiceSpecification, "ServiceSpecification", "services"),
    Kind(ResourceCatalog, "ResourceCatalog", "categories"),
    Kind(ResourceCategory, "ResourceCategory", "categories"),
    Kind(PhysicalResourceSpecification, "ResourceSpecification", "resources"),
    Kind(LogicalResourceSpecification, "ResourceSpecification", "resources"),
    Kind(System, "System", "systems"),
    Kind(Scenario, "Scenario", "scenarios"),
    Kind(Acceptance, "Acceptance", "changes"),
)

KINDS = MappingProxyType({row.name: row for row in _ROWS})
"""Every kind by its name."""
