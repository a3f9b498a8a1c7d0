"""Which configurations of an offering can be sold: all combinations less those that the product or a price closes."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from tmfkit.catalog import Catalog
from tmfkit.model.characteristics import Constraint
from tmfkit.model.prices import Price
from tmfkit.model.products import ProductOffering, ProductSpecification
from tmfkit.model.tables import Table
from tmfkit.model.values import Money
from tmfkit.semantics.conditions import verdict
from tmfkit.semantics.configuration import MOST_CONFIGURATIONS, Variable, configurations, variables
from tmfkit.semantics.domains import listed
from tmfkit.semantics.pricing import Cohort, at, resolved
from tmfkit.semantics.tables import lookup


def sellable(
    offering: ProductOffering,
    catalog: Catalog,
    names: Iterable[str],
    moment: datetime,
    cohort: Cohort = "new",
    most: int = MOST_CONFIGURATIONS,
) -> tuple[list[dict[str, str]], bool]:
    """The sellable combinations of these variables, and whether those are all: too many are cut off, open variables left out.

    A combination is closed by a constraint that it surely breaks, or by a table that says `not-sold`, as far as they ask about
    nothing but these variables.
    """
    asked = variables(names, offering, catalog)
    found, complete = configurations(asked, most)
    constraints = _constraints(offering, catalog)
    tables = [(price, table) for price, table in _tables(offering, catalog, moment, cohort) if set(price.by) <= set(asked)]
    every = {**variables((*(subject for one in constraints for subject in _subjects(one)),), offering, catalog), **asked}
    left = [one for one in found if not _is_closed(_settled(every, one), one, constraints, tables)]
    return left, complete


def _is_closed(
    asked: Mapping[str, Variable],
    chosen: Mapping[str, str],
    constraints: tuple[Constraint, ...],
    tables: list[tuple[Price, Table[Money | None]]],
) -> bool:
    if any(verdict(one.when, asked) is True and verdict(one.then, asked) is False for one in constraints):
        return True
    for price, table in tables:
        if verdict(price.when, asked) is not True or (price.unless and verdict(price.unless, asked) is not False):
            continue
        cells = lookup(table, price.by, chosen, asked)
        if len(cells) == 1 and cells[0].value is None:
            return True
    return False


def _settled(every: Mapping[str, Variable], chosen: Mapping[str, str]) -> dict[str, Variable]:
    """The variables with only the value that is chosen for each; the others stay open."""
    return {
        name: Variable(name, one.subject, listed((chosen[name],)), one.characteristic) if name in chosen else one
        for name, one in every.items()
    }


def _tables(offering: ProductOffering, catalog: Catalog, moment: datetime, cohort: Cohort) -> list[tuple[Price, Table[Money | None]]]:
    prices = (price for written in offering.prices.values() if (price := resolved(written, catalog)) is not None)
    found = ((price, at(price.table, moment, cohort, catalog)) for price in prices)
    return [(price, table) for price, table in found if table is not None]


def _constraints(offering: ProductOffering, catalog: Catalog) -> tuple[Constraint, ...]:
    product = catalog.get(ProductSpecification, offering.product)
    return () if product is None else tuple(product.constraints.values())


def _subjects(constraint: Constraint) -> tuple[str, ...]:
    return (*constraint.when.subjects, *constraint.then.subjects)
