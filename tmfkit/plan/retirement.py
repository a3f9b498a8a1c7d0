"""What stands in the way when an offering is to be sold no more: bundles, needs, discounts and replacements that outlive it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from tmfkit.catalog import Catalog
from tmfkit.model.base import Key, Validity
from tmfkit.model.prices import ProductOfferingPrice
from tmfkit.model.products import Member, ProductOffering, Relation
from tmfkit.semantics.reach import OFF_SALE
from tmfkit.source.document import Path


@dataclass(frozen=True, slots=True)
class Remark:
    """A fact about one part of the catalog; it is a blocker when `blocks`, and says then what to do about it."""

    key: Key
    path: Path
    message: str
    help: str = ""
    blocks: bool = True


@dataclass(frozen=True, slots=True)
class Retirement:
    """The last sale of an offering: it is sold until `moment`, from which day on `successor`, if there is one, takes its place."""

    offering: ProductOffering
    moment: datetime
    day: str
    successor: ProductOffering | None = None


def remarks(retirement: Retirement, catalog: Catalog) -> tuple[Remark, ...]:
    """Everything that the end of the offering touches, in the order of the entities."""
    found = [*_successor(retirement, catalog), *_own(retirement, catalog), *_prices(retirement, catalog)]
    for key in catalog.referrers(retirement.offering.key):
        other = catalog.get(ProductOffering, key.id) if key.kind == ProductOffering.KIND else None
        if other is not None and _is_sold_then(other, retirement, catalog):
            found += _of_other(other, retirement, catalog)
    return tuple(found)


def _is_sold_then(offering: ProductOffering, retirement: Retirement, catalog: Catalog) -> bool:
    """Whether it is, or may come, on sale on that day or later."""
    return offering.lifecycle not in OFF_SALE and _lasts(offering.valid_for, retirement, catalog)


def _lasts(period: Validity | None, retirement: Retirement, catalog: Catalog) -> bool:
    return Validity.model_construct(from_=None, until=period.until if period else None).holds(retirement.moment, catalog.zone)


def _successor(retirement: Retirement, catalog: Catalog) -> Iterator[Remark]:
    successor, day = retirement.successor, retirement.day
    if successor is None:
        old = retirement.offering
        replacing = [key.id for key in catalog.referrers(old.key) if _replaces(catalog.get(ProductOffering, key.id), old.id)]
        if not replacing:
            yield Remark(old.key, ("id",), f"nothing replaces `{old.id}`", "name it with --replaced-by", blocks=False)
    elif successor.lifecycle in OFF_SALE:
        message = f"`{successor.id}` is {successor.lifecycle}: it cannot take the place of another"
        yield Remark(successor.key, ("lifecycle",), message, "name another offering")
    elif not successor.valid_for.holds(retirement.moment, catalog.zone):
        message = f"`{successor.id}` is not sold on {day}, when it is to take the place of `{retirement.offering.id}`"
        yield Remark(successor.key, ("validFor",), message, "let its period hold that day, or name another offering")


def _replaces(offering: ProductOffering | None, id: str) -> bool:
    return offering is not None and any(one.offering == id for one in offering.replaces)


def _own(retirement: Retirement, catalog: Catalog) -> Iterator[Remark]:
    """Customers of older offerings are sent to this one: they need another way when it ends."""
    old = retirement.offering
    for relation in old.replaces:
        target = catalog.get(ProductOffering, relation.offering)
        if target is not None and _relation_lasts(relation, retirement, catalog):
            message = f"`{old.id}` takes the place of `{relation.offering}`, and nothing says that this ends by {retirement.day}"
            help = f"let another offering replace `{relation.offering}`, or end it: `{relation.offering}: {{until: {retirement.day}}}`"
            yield Remark(old.key, ("replaces", str(relation.offering)), message, help)


def _relation_lasts(relation: Relation, retirement: Retirement, catalog: Catalog) -> bool:
    return _lasts(Validity.model_construct(from_=None, until=relation.until), retirement, catalog)


def _prices(retirement: Retirement, catalog: Catalog) -> Iterator[Remark]:
    """Shared prices that nobody else uses: they end with the offering, and nothing has to be done."""
    for _, target in catalog.targets(retirement.offering.key):
        if target.kind == ProductOfferingPrice.KIND and catalog.referrers(target) == (retirement.offering.key,):
            yield Remark(target, ("id",), f"no other offering uses the price `{target.id}`", "delete it with the offering", blocks=False)


def _of_other(other: ProductOffering, retirement: Retirement, catalog: Catalog) -> Iterator[Remark]:
    old, day = retirement.offering.id, retirement.day
    for role, member in other.bundle.items():
        yield from _of_role(other, role, member, retirement, catalog)
    for relation in other.requires:
        if relation.offering == old and _relation_lasts(relation, retirement, catalog):
            message = f"`{other.id}` requires `{old}`, and is sold beyond {day}"
            yield Remark(other.key, ("requires", old), message, f"take the requirement out, or end `{other.id}` by {day} too")
    for name, price in other.prices.items():
        for index, reduced in enumerate(price.reduces):
            if _owner(reduced, other) == old and _lasts(price.valid_for, retirement, catalog):
                message = f"the discount `{name}` of `{other.id}` reduces a price of `{old}`, and lasts beyond {day}"
                yield Remark(other.key, ("prices", name, "reduces", index), message, f"end it: `validFor: {{until: {day}}}`")


def _owner(reduced: str, bundle: ProductOffering) -> str:
    """The offering whose price is meant by `role/price`; a role of several offerings has no single one."""
    role, slash, _ = reduced.partition("/")
    member = bundle.bundle.get(role)
    fillers = member.offerings(role) if member else (role,)
    return str(fillers[0]) if slash and len(fillers) == 1 else ""


def _of_role(other: ProductOffering, role: str, member: Member, retirement: Retirement, catalog: Catalog) -> Iterator[Remark]:
    old, day = retirement.offering.id, retirement.day
    fillers = member.offerings(role)
    if old not in fillers:
        return
    path = ("bundle", role, "of", fillers.index(old)) if member.of else ("bundle", role)
    left = [one for one in map(str, fillers) if one != old and _is_left(one, retirement, catalog)]
    if len(left) >= member.fewest:
        message = f"`{other.id}` offers it in the role `{role}`, which goes on {f'with {_named(left)}' if left else 'without it'}"
        yield Remark(other.key, path, message, "new bundles cannot take it from that day on", blocks=False)
        return
    message = f"`{other.id}` needs `{old}` in the role `{role}`, and is sold beyond {day}"
    yield Remark(other.key, path, message, f"let another offering fill the role, or retire `{other.id}` by {day} too")


def _named(ids: list[str]) -> str:
    return ", ".join(f"`{one}`" for one in ids)


def _is_left(id: str, retirement: Retirement, catalog: Catalog) -> bool:
    """Whether another offering of a role is sold on; what lives outside the repository counts as such."""
    offering = catalog.get(ProductOffering, id)
    return offering is None or _is_sold_then(offering, retirement, catalog)
