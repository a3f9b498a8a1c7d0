"""Follows each changed entity through the catalog: the offerings, order forms and systems that it reaches."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import MappingProxyType

from tmfkit.catalog import Catalog
from tmfkit.diff.change import Change, Impact, Kind
from tmfkit.model.base import Key
from tmfkit.model.landscape import Role, System, Vocabulary
from tmfkit.model.products import ProductOffering, ProductSpecification
from tmfkit.model.services import RESOURCES, SERVICES, CustomerFacingServiceSpecification, ResourceFacingServiceSpecification
from tmfkit.semantics.feeds import target_of, uses_of
from tmfkit.semantics.graph import COMPOSED, GROUPED

_SELLING = (Role.CRM, Role.CHANNEL, Role.COM, Role.PRODUCT_INVENTORY)
_SERVING = (Role.COM, Role.SOM, Role.SERVICE_INVENTORY)
_REALISING = (Role.SOM, Role.ROM, Role.SERVICE_INVENTORY)
_EQUIPPING = (Role.ROM, Role.RESOURCE_INVENTORY)

INTERESTED = MappingProxyType(
    {
        "ProductOffering": (*_SELLING, Role.BILLING),
        "ProductOfferingPrice": (Role.BILLING, Role.CRM, Role.CHANNEL),
        "Category": (Role.CRM, Role.CHANNEL),
        "Catalog": (Role.CRM, Role.CHANNEL),
        "ProductSpecification": _SELLING,
        "CustomerFacingServiceSpecification": _SERVING,
        "ResourceFacingServiceSpecification": _REALISING,
        "PhysicalResourceSpecification": _EQUIPPING,
        "LogicalResourceSpecification": _EQUIPPING,
        "Vocabulary": tuple(Role),
    }
)
"""The roles of systems that have to do with a kind: of those, the ones for which something is generated receive it anew."""

ASKED = frozenset(("characteristics", "constraints", "choices", "terms", "bundle", "product"))
"""Fields that decide what an order asks for."""

ORDERED = (ProductOffering.KIND, CustomerFacingServiceSpecification.KIND, ResourceFacingServiceSpecification.KIND)
"""The kinds that are ordered: products with TMF622, services with TMF641."""

REALISED = frozenset(("services", "controller"))
"""Fields that lead from a specification down to the systems that realise it."""

REALISED_KINDS = ("ProductSpecification", *SERVICES)


@dataclass(frozen=True, slots=True)
class Consequence:
    """What the changes of one entity reach, each sorted: offerings, those whose order forms differ (`forms`), and systems."""

    key: Key
    impact: Impact
    offerings: tuple[Key, ...]
    forms: tuple[Key, ...]
    systems: tuple[Key, ...]


def consequences(changes: Iterable[Change], before: Catalog, after: Catalog) -> tuple[Consequence, ...]:
    """What each changed entity reaches, in the order of the changes; what was removed is followed in the earlier state."""
    rows: dict[Key, list[Change]] = defaultdict(list)
    for change in changes:
        if change.kind is not Kind.SUGGESTED:
            rows[change.key].append(change)
    return tuple(
        _of(key, found, before if key not in after.summaries else after) for key, found in rows.items() if _is_known(key, before, after)
    )


def _is_known(key: Key, before: Catalog, after: Catalog) -> bool:
    return key in before.summaries or key in after.summaries


def _of(key: Key, changes: list[Change], catalog: Catalog) -> Consequence:
    users = reached(key, catalog)
    offerings = tuple(sorted(one for one in users if one.kind == ProductOffering.KIND))
    forms = tuple(sorted(_forms(key, changes, users)))
    systems = tuple(sorted({*_controllers(key, changes, catalog), *_receivers(key, catalog)}))
    return Consequence(key, max(change.impact for change in changes), offerings, forms, systems)


def reached(key: Key, catalog: Catalog) -> frozenset[Key]:
    """An entity and all that is made of it, however far up; a vocabulary reaches every offering."""
    if key.kind == Vocabulary.KIND:
        return frozenset((key, *(summary.key for summary in catalog.of(ProductOffering.KIND))))
    seen = {key}
    waiting = [key]
    while waiting:
        at = waiting.pop()
        for user in catalog.referrers(at):
            fields = COMPOSED if at.kind in ("Category", "ServiceCategory", "ResourceCategory") else GROUPED | COMPOSED
            if user not in seen and any(link.field in fields and used == at for link, used in catalog.targets(user)):
                seen.add(user)
                waiting.append(user)
    return frozenset(one for one in seen if one in catalog.summaries and not catalog.summaries[one].abstract)


def _forms(key: Key, changes: list[Change], users: frozenset[Key]) -> Iterator[Key]:
    """Whose order forms ask for something else: those of the entity itself, and for a product those of the offerings that sell it."""
    if not any(change.path.split("/")[0] in ASKED or not change.path for change in changes):
        return
    if key.kind in ORDERED:
        yield key
    if key.kind in (ProductSpecification.KIND, ProductOffering.KIND):
        yield from (one for one in users if one.kind == ProductOffering.KIND)


def _controllers(key: Key, changes: list[Change], catalog: Catalog) -> set[Key]:
    """The systems that realise what changed: controllers of the services below it, for a resource of those that use it."""
    if all(change.impact is Impact.COSMETIC for change in changes):
        return set()
    if key.kind in RESOURCES:
        users = (user for user in reached(key, catalog) if user.kind == ResourceFacingServiceSpecification.KIND)
        return {used for user in users for link, used in catalog.targets(user) if link.field == "controller"}
    waiting = [key] if key.kind in REALISED_KINDS else []
    if waiting and all(change.path.startswith("services/") for change in changes):
        waiting = list(_in_roles(key, {change.path.split("/")[1] for change in changes}, catalog))
    return {one for one in _below(waiting, catalog) if one.kind == System.KIND}


def _below(start: list[Key], catalog: Catalog) -> set[Key]:
    seen = set(start)
    waiting = list(start)
    while waiting:
        for link, used in catalog.targets(waiting.pop()):
            if link.field in REALISED and used not in seen:
                seen.add(used)
                waiting.append(used)
    return seen


def _in_roles(key: Key, roles: set[str], catalog: Catalog) -> Iterator[Key]:
    """The services that fill some roles of a specification."""
    entity = catalog.entity(key)
    for role, use in uses_of(entity).items() if entity is not None else ():
        target = target_of(role, use)
        found = catalog.find(SERVICES, target) if role in roles and isinstance(target, str) else None
        if found is not None:
            yield found


def _receivers(key: Key, catalog: Catalog) -> Iterator[Key]:
    """The systems for which something is generated from an entity, and the entity itself where it is a system."""
    if key.kind == System.KIND:
        yield key
        return
    roles = set(INTERESTED.get(key.kind, ()))
    for system in catalog.every(System):
        if system.generator and system.role in roles:
            yield system.key
