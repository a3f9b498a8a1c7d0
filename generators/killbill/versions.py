"""The versions of the catalog: what is in force at the release, and one more for each later date at which anything changes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tmfkit.api import Note, ProductOffering, Validity

from .carried import carried
from .model import ADD_ON, BASE, STANDALONE, UNLIMITED, Charge, Name, Plan, Product, Version
from .plans import plans_of
from .stock import CHARGED, Stock

EXISTING, KEPT = "existing", "existing-customers"
"""The cohort of those who bought before a change, and the last word of the name of a plan that is for them alone."""


def versions_of(stock: Stock, released: datetime) -> Iterator[Version | Note]:
    """The versions in the order of their dates, each different from the one before it."""
    dates = [released, *sorted(date for date in stock.dates() if date > released)]
    before: Version | None = None
    shapes: dict[Name, tuple[object, ...]] = {}
    paid = {id: _Paid({}, frozenset()) for id in stock.offerings}
    made: dict[str, tuple[Plan | Note, ...]] = {}
    for date in dates:
        for id, offering in stock.offerings.items():
            if id not in made or date in stock.dates_of(id):
                had = [one for one in made.get(id, ()) if isinstance(one, Plan) and one.name[-1] != KEPT]
                made[id] = tuple(_plans(offering, stock, date, paid[id], had))
                paid[id] = _afterwards(made[id], paid[id])
                yield from (one for one in made[id] if isinstance(one, Note))
        plans = [one for many in made.values() for one in many if isinstance(one, Plan)]
        version = _version(date, _shaped(plans, shapes), stock)
        if before is None or version.content != before.content:
            yield _announced(version, before)
            before = version


def _announced(version: Version, before: Version | None) -> Version:
    """With a date for existing subscriptions where something changes for them: each date is one more event in their bills."""
    known = {plan.name: plan for plan in before.plans} if before is not None else {}
    same = {name for name, old in known.items() if old.for_all}
    plans = (
        replace(plan, announced=plan.for_all and not (plan.name in same and known[plan.name].amounts == plan.amounts))
        for plan in version.plans
    )
    return replace(version, plans=tuple(plans))


@dataclass(frozen=True, slots=True)
class _Paid:
    """What existing customers pay by each plan so far; those of `parted` plans have one of their own, for good."""

    amounts: Mapping[Name, tuple[object, ...]]
    parted: frozenset[Name]


def _plans(offering: ProductOffering, stock: Stock, date: datetime, paid: _Paid, had: Sequence[Plan]) -> Iterator[Plan | Note]:
    """The plans of an offering, those of customers who keep another price among them."""
    made = list(_all_plans(offering, stock, date, "new", had))
    yield from (one for one in made if isinstance(one, Note))
    plans = {one.name: one for one in made if isinstance(one, Plan)}
    kept = plans
    if stock.tells_apart(offering.id):
        kept = {one.name: one for one in _all_plans(offering, stock, date, EXISTING, had) if isinstance(one, Plan)}
    for plan in plans.values():
        old = kept.get(plan.name, plan)
        same = old.amounts == plan.amounts
        yield replace(plan, for_all=same, before=_other_charges(plan, old) if same else ())
        if plan.name in paid.parted or not (same or paid.amounts.get(plan.name) == old.amounts):
            yield replace(old, name=(*old.name, KEPT), closed=True, for_all=True)


def _all_plans(offering: ProductOffering, stock: Stock, date: datetime, cohort: str, had: Sequence[Plan]) -> Iterator[Plan | Note]:
    """What is sold at a date, and what was sold in the version before and is still paid."""
    made = list(plans_of(offering, stock, date, cohort))
    yield from made
    yield from carried(had, [one for one in made if isinstance(one, Plan)], stock, date, cohort)


def _afterwards(made: Iterable[Plan | Note], paid: _Paid) -> _Paid:
    """What existing customers pay once these plans are in force."""
    plans = {one.name: one for one in made if isinstance(one, Plan)}
    parted = paid.parted | {name[:-1] for name in plans if name[-1] == KEPT and name[:-1] in plans}
    amounts = dict(paid.amounts)
    for name, plan in plans.items():
        if plan.for_all:
            amounts[name[:-1] if name[:-1] in parted else name] = plan.amounts
    return _Paid(amounts, parted)


def _other_charges(plan: Plan, old: Plan) -> tuple[Charge, ...]:
    """The single prices of existing customers that are as much as those of new ones, under ids of their own."""
    pairs = (pair for new, kept in zip(plan.phases, old.phases, strict=True) for pair in _pairs(new.charges, kept.charges))
    usages = (
        pair
        for new, kept in zip(plan.phases, old.phases, strict=True)
        for one, other in zip(new.usages, kept.usages, strict=True)
        for pair in _pairs(one.charges, other.charges)
    )
    found = {(other.single.id, other.part, other.listed): other for one, other in (*pairs, *usages) if one.single.id != other.single.id}
    return tuple(found.values())


def _pairs(new: Sequence[Charge], kept: Sequence[Charge]) -> Iterable[tuple[Charge, Charge]]:
    return zip(new, kept, strict=True) if len(new) == len(kept) else ()


def _shaped(plans: Iterable[Plan], shapes: dict[Name, tuple[object, ...]]) -> tuple[Plan, ...]:
    """Plans under other names where an earlier version has one of the name with other phases: Kill Bill wants these to stay."""
    found: list[Plan] = []
    for plan in plans:
        shape = tuple(phase.shape for phase in plan.phases)
        name, number = plan.name, 2
        while shapes.setdefault(name, shape) != shape:
            name, number = (*plan.name, str(number)), number + 1
        found.append(replace(plan, name=name))
    return tuple(sorted(found, key=lambda one: one.name))


def _version(begins: datetime, plans: tuple[Plan, ...], stock: Stock) -> Version:
    bases = {plan.offering.id for plan in plans if len(plan.product) == 1 and plan.allowed is None}
    roots = {id: _roots(id, bases, stock, begins, ()) for id in sorted({plan.offering.id for plan in plans})}
    products = {plan.product: _product(plan, roots, bases) for plan in plans}
    products |= {(id,): Product((id,), ADD_ON, stock.offerings[id].title, is_free=True) for id in _free_members(stock, bases)}
    addons: dict[str, list[Name]] = defaultdict(list)
    for name, one in sorted(products.items()):
        for root in roots.get(name[0], ()) if one.category == ADD_ON else ():
            addons[root].append(name)
    linked = tuple(_linked(one, products, addons.get(one.name[0], ()), stock) for _, one in sorted(products.items()))
    categories = {one.name: one.category for one in linked}
    allowed = tuple(replace(plan, allowed=_allowed(plan, categories[plan.product], stock)) for plan in plans)
    prepaid = tuple(sorted({plan.product for plan in plans if plan.offering.payment == "prepaid"}))
    closed = {plan.product for plan in plans} - {plan.product for plan in plans if not plan.closed}
    return Version(begins, linked, allowed, prepaid, tuple(sorted(closed)))


def _roots(id: str, bases: set[str], stock: Stock, moment: datetime, met: tuple[str, ...]) -> tuple[str, ...]:
    """The bases to which an offering is sold: what it requires, or the bundle without which it is not sold; itself where it is one."""
    offering = stock.offerings[id]
    needed = [target for target in _required(offering, stock, moment) if target in bases]
    if not needed and not offering.sellable:
        bundles = [link.bundle for link in stock.parents.get(id, ())]
        needed = bundles if bundles and all(bundle in bases for bundle in bundles) else []
    needed = [target for target in needed if target not in (*met, id)]
    if not needed:
        return (id,)
    return tuple(dict.fromkeys(root for target in needed for root in _roots(target, bases, stock, moment, (*met, id))))


def _required(offering: ProductOffering, stock: Stock, moment: datetime) -> Iterator[str]:
    for one in offering.requires:
        holds = Validity.model_construct(from_=one.from_, until=one.until).holds(moment, stock.catalog.zone)
        if isinstance(one.offering, str) and holds:
            yield one.offering


def _product(plan: Plan, roots: Mapping[str, tuple[str, ...]], bases: set[str]) -> Product:
    id, title = plan.offering.id, plan.offering.title
    if len(plan.product) == 1:
        category = BASE if plan.allowed is None else STANDALONE
        return Product(plan.product, category if roots[id] == (id,) else ADD_ON, title)
    label = plan.anchor.terms.name.default if plan.anchor.terms.name else plan.anchor.name
    alone = plan.product[-1] == "standalone" or (roots[id] == (id,) and id not in bases)
    return Product(plan.product, STANDALONE if alone else ADD_ON, f"{title}: {label}")


def _linked(product: Product, products: Mapping[Name, Product], addons: Sequence[Name], stock: Stock) -> Product:
    """A base with the add-ons that can be bought to it, and with those that come with it."""
    if product.category != BASE:
        return product
    members = stock.offerings[product.name[0]].bundle
    always = ((role, member) for role, member in members.items() if member.fewest > 0 and not member.of)
    names = {(target,) for role, member in always for target in member.offerings(role) if isinstance(target, str)}
    included = tuple(sorted(name for name in names if name in products and products[name].is_free))
    return replace(product, available=tuple(addons), included=included)


def _free_members(stock: Stock, bases: set[str]) -> Iterator[str]:
    """Offerings without any price that always come in a bundle which is billed."""
    for id, offering in stock.offerings.items():
        priced = any(singles[0].type in CHARGED for singles in stock.singles[id].values())
        links = [link for link in stock.parents.get(id, ()) if link.bundle in bases]
        fixed = [stock.offerings[link.bundle].bundle[link.role] for link in links]
        if not (priced or offering.bundle) and any(member.fewest > 0 and not member.of for member in fixed):
            yield id


def _allowed(plan: Plan, category: str, stock: Stock) -> int | None:
    """How many a customer may have of a plan beside one base: one of a base, else as many as the roles of bundles allow."""
    if category == BASE and plan.allowed is None:
        return None
    if category == STANDALONE or plan.allowed is not None or len(plan.product) > 1:
        return UNLIMITED
    links = stock.parents.get(plan.offering.id, ())
    most = [stock.offerings[link.bundle].bundle[link.role].most for link in links]
    numbers = [number for number in most if number is not None]
    return max(numbers) if numbers and len(numbers) == len(most) else UNLIMITED
