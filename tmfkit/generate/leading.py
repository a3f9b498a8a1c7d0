"""What leads to a service: the services, products and offerings through which somebody orders it."""

from tmfkit.catalog import Catalog
from tmfkit.generate.context import IN_USE
from tmfkit.model.base import Key
from tmfkit.model.products import ProductOffering, ProductSpecification
from tmfkit.model.services import SERVICES

_ABOVE = {
    **dict.fromkeys(SERVICES, (*SERVICES, ProductSpecification.KIND)),
    ProductSpecification.KIND: (ProductOffering.KIND,),
    ProductOffering.KIND: (ProductOffering.KIND,),
}
"""Of which kinds the users of an entity are; an offering is used by bundles."""

_NOT_UP = ("requires", "excludes", "replaces")
"""Fields in which an entity names another that is no part of it."""


def leading_to(key: Key, catalog: Catalog) -> tuple[Key, ...]:
    """All services, products and offerings through which a service is ordered, in the order of their kinds and ids, itself left out.

    Offerings that nobody may buy or have are not among them.
    """
    found: set[Key] = set()
    waiting = [key]
    while waiting:
        below = waiting.pop()
        new = [user for user in catalog.referrers(below) if user not in found and _is_made_of(user, below, catalog)]
        found.update(new)
        waiting += new
    return tuple(sorted(found - {key}))


def _is_made_of(user: Key, below: Key, catalog: Catalog) -> bool:
    summary = catalog.summaries[user]
    if user.kind not in _ABOVE.get(below.kind, ()) or not summary.usable:
        return False
    if user.kind == ProductOffering.KIND and summary.lifecycle not in IN_USE:
        return False
    return any(target == below and link.field not in _NOT_UP for link, target in catalog.targets(user))
