"""Everything that an edition of the site consists of, in one table."""

from collections.abc import Callable, Iterator
from types import MappingProxyType

from tmfkit.site import (
    audit_page,
    category,
    glossary,
    home,
    indexes,
    landscape,
    offering,
    overview_map,
    overview_prices,
    price,
    redirects,
    sources,
    specification,
    system,
)
from tmfkit.site.edition import Edition
from tmfkit.site.page import Asset, Page

MAKERS: MappingProxyType[str, Callable[[Edition], Iterator[Page | Asset]]] = MappingProxyType(
    {
        "offerings": offering.pages,
        "specifications": specification.pages,
        "shared prices": price.pages,
        "categories": category.pages,
        "systems": system.pages,
        "home": home.pages,
        "indexes": indexes.pages,
        "prices": overview_prices.pages,
        "map": overview_map.pages,
        "landscape": landscape.pages,
        "audit": audit_page.pages,
        "glossary": glossary.pages,
        "sources": sources.pages,
        "redirects": redirects.pages,
    }
)
"""Who makes which pages; each takes an edition and yields pages and files."""


def contents(edition: Edition) -> Iterator[Page | Asset]:
    """All pages and files of an edition."""
    for make in MAKERS.values():
        yield from make(edition)
