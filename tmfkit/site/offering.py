"""The page of an offering: what it is, what it costs, what it is made of, who carries it."""

from collections.abc import Iterator

from tmfkit.model.products import ProductOffering
from tmfkit.site.edition import Edition
from tmfkit.site.markdown import joined
from tmfkit.site.page import Page


def pages(edition: Edition) -> Iterator[Page]:
    """One page for each offering of the edition."""
    for summary in edition.of(ProductOffering.KIND):
        offering = edition.catalog.get(ProductOffering, summary.key.id)
        if offering is not None:
            yield page(offering, edition)


def page(offering: ProductOffering, edition: Edition) -> Page:
    """The page of one offering."""
    where = edition.path(offering.key)
    parts = [
        edition.text(offering.description),
        edition.to_line(offering.key, ("id",), where),
    ]
    return Page(where, edition.title(offering.key), joined(parts))
