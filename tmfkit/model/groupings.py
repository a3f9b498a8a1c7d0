"""Catalogs and categories: how offerings, services and resources are grouped for those who look for them."""

from collections.abc import Iterator
from typing import ClassVar

from tmfkit.model.base import Entity, Many, Ref, Reference, refer


class Grouping(Entity):
    """A catalog: the categories that it opens with."""

    CATEGORY: ClassVar[str]

    categories: Many[Ref] = ()

    def references(self) -> Iterator[Reference]:
        """The categories that it opens with."""
        for index, category in enumerate(self.categories):
            yield from refer(("categories", index), (self.CATEGORY,), category)


class Catalog(Grouping):
    """A product catalog (TMF620)."""

    KIND: ClassVar[str] = "Catalog"
    CATEGORY: ClassVar[str] = "Category"


class ServiceCatalog(Grouping):
    """A service catalog (TMF633)."""

    KIND: ClassVar[str] = "ServiceCatalog"
    CATEGORY: ClassVar[str] = "ServiceCategory"


class ResourceCatalog(Grouping):
    """A resource catalog (TMF634)."""

    KIND: ClassVar[str] = "ResourceCatalog"
    CATEGORY: ClassVar[str] = "ResourceCategory"


class Shelf(Entity):
    """A category; without a `parent` it is at the root."""

    parent: Ref | None = None

    def references(self) -> Iterator[Reference]:
        """The category that it belongs to."""
        yield from refer(("parent",), (self.KIND,), self.parent)


class Category(Shelf):
    """A category of offerings (TMF620)."""

    KIND: ClassVar[str] = "Category"


class ServiceCategory(Shelf):
    """A category of services (TMF633)."""

    KIND: ClassVar[str] = "ServiceCategory"


class ResourceCategory(Shelf):
    """A category of resources (TMF634)."""

    KIND: ClassVar[str] = "ResourceCategory"
