"""What customers can choose of an offering: its characteristics with labels and defaults, and which choices go together."""

from collections.abc import Iterator

from tmfkit.model.products import ProductOffering, ProductSpecification
from tmfkit.semantics.configuration import characteristics_of
from tmfkit.site.edition import Edition
from tmfkit.site.markdown import heading, joined
from tmfkit.site.phrases import Naming
from tmfkit.site.specification_parts import characteristics, constraints


def section(offering: ProductOffering, edition: Edition) -> Iterator[str]:
    """The options, and the constraints of the product in words."""
    parts = characteristics_of(offering, edition.catalog)
    if not parts:
        return
    yield heading(2, edition.say("options"), "options", searched=False)
    yield edition.say("default-in-bold")
    yield joined([characteristics(edition, parts)])
    product = edition.catalog.get(ProductSpecification, offering.product)
    if product is not None and product.constraints:
        yield from constraints(edition, product.constraints, Naming.of(offering, edition))
