"""The moments at which something that depends on dates may change, in two states of an offering."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from tmfkit.catalog import Catalog
from tmfkit.diff.timeline import BEGINNING, moments
from tmfkit.model.base import Step, Validity, instant
from tmfkit.model.products import ProductOffering, ProductSpecification
from tmfkit.semantics.pricing import resolved


def turning_points(states: Iterable[tuple[ProductOffering | None, Catalog]]) -> list[datetime]:
    """From the beginning on: when an offering, its product, its terms or one of its prices begins, ends or becomes another one."""
    found = {BEGINNING}
    for offering, catalog in states:
        if offering is not None:
            found |= {instant(one, catalog.zone) for one in _ends(offering, catalog)}
            found |= set(moments(_steps(offering, catalog), catalog.zone))
    return sorted(found)


def _ends(offering: ProductOffering, catalog: Catalog) -> Iterator[date | datetime]:
    product = catalog.get(ProductSpecification, offering.product)
    rows: list[Validity | None] = [offering.valid_for, product.valid_for if product else None]
    rows += [term.valid_for for term in offering.terms.values()]
    for written in offering.prices.values():
        price = resolved(written, catalog)
        rows += [price.valid_for] if price else []
        rows += [wanted for _, wanted in price.when.clauses if isinstance(wanted, Validity)] if price else []
    yield from (one for row in rows if row is not None for one in (row.from_, row.until) if one is not None)


def _steps(offering: ProductOffering, catalog: Catalog) -> Iterator[Step[object]]:
    for written in offering.prices.values():
        price = resolved(written, catalog)
        if price is not None:
            yield from (*price.amount, *price.percent, *price.table, *price.tiers)  # type: ignore[misc]
