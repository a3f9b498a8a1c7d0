"""Kill Bill: one catalog file for each date at which prices change, and for tax and ledger a list of what each plan charges."""

from collections.abc import Iterator, Sequence
from typing import Literal

from tmfkit.api import Amount, Artifact, Capabilities, Context, Feature, Key, Note, PriceType, Status
from tmfkit.api import Options as Common

from .capability import CARRIED, DROPPED, MAPPED
from .documents import COLUMNS, catalog_of, charges_of, day_of, table_of
from .model import Plan, Version
from .names import Names
from .readback import amounts_in
from .stock import Stock, stock
from .versions import versions_of

ROLES = ("billing",)

NO_PLAN = "it holds at no time and for nobody for whom there is a plan"
NO_PRODUCT = "Kill Bill has no product of it, for it charges nothing by itself"
OF_MEMBERS = "Kill Bill has no product of it: its members are billed, each under a name of its own"
NOWHERE = {
    PriceType.DISCOUNT: "a discount is computed into what it reduces, and no recurring or one-time price with a plan meets it at the sale",
    PriceType.ALLOWANCE: "no use that the plan charges counts it: the charging system grants it",
}
"""Why a price stands in no plan, by its type."""


class Options(Common):
    """When a cancellation and a change of plan count, and the name of the catalog (that of the system unless written)."""

    catalog_name: str | None = None
    cancel: Literal["immediate", "end-of-term"] = "end-of-term"
    change: Literal["immediate", "end-of-term"] = "immediate"


def capabilities(options: Options) -> Capabilities:
    """What Kill Bill 0.25 can express."""
    return Capabilities(carried=CARRIED, mapped=MAPPED, dropped=DROPPED)


def generate(context: Context[Options]) -> Iterator[Artifact | Note]:
    """A catalog and its list of charges for each version."""
    goods = stock(context)
    made = list(versions_of(goods, context.released.astimezone(context.zone)))
    versions = [one for one in made if isinstance(one, Version)]
    notes = {(one.key, one.path, one.feature): one for one in made if isinstance(one, Note)}
    yield from notes.values()
    yield from _unbilled(goods, versions, {(note.key, str(note.path[-1])) for note in notes.values()})
    yield from _unnamed(goods, versions)
    names = Names(versions)
    dates = [version.begins for version in versions]
    sources = list(goods.offerings.values())
    for version in versions:
        day = day_of(version.begins, dates)
        shown = catalog_of(version, names)
        yield context.artifact(f"catalog-{day}.xml", "catalog.xml.j2", sources=sources, **shown)
        charges = charges_of(version, names, context.catalog)
        yield context.artifact(f"charges-{day}.json", "charges.json.j2", sources=sources, charges=charges)
        yield context.artifact(f"charges-{day}.csv", "charges.csv.j2", sources=sources, columns=COLUMNS, rows=list(table_of(charges)))


def amounts(artifacts: Sequence[Artifact]) -> Iterator[Amount]:
    """The list prices that the catalogs state, read back from them."""
    return amounts_in(artifacts)


def _unnamed(goods: Stock, versions: Sequence[Version]) -> Iterator[Note]:
    """What is said of an offering that is a product in no version: a bundle that only changes what its members cost, as a rule."""
    named = {product.name[0] for version in versions for product in version.products}
    for id, offering in goods.offerings.items():
        words = OF_MEMBERS if offering.bundle else NO_PRODUCT
        says = {Feature.NAME: offering.name, Feature.CODE: offering.code}
        for feature in (feature for feature, said in says.items() if said is not None and id not in named):
            yield Note(Status.DROPPED, offering.key, (feature.value,), feature, words)


def _unbilled(goods: Stock, versions: Sequence[Version], told: set[tuple[Key, str]]) -> Iterator[Note]:
    """Prices that stand in no version although nothing was said of them; those whose time is over are in earlier releases."""
    billed = {price for version in versions for plan in version.plans for price in _billed(plan)}
    for id, prices in goods.singles.items():
        for name, singles in prices.items():
            key, type = goods.offerings[id].key, singles[0].type
            if (id, name) in billed or (key, name) in told:
                continue
            over = all(one.ends is not None and one.ends <= versions[0].begins for one in singles)
            words = "its time is over: the catalogs of earlier releases have it" if over else NOWHERE.get(type, NO_PLAN)
            yield Note(Status.MAPPED if over else Status.DROPPED, key, ("prices", name), type.value, words)


def _billed(plan: Plan) -> Iterator[tuple[str, str]]:
    """The prices that a plan charges or computes with, by their offerings and names."""
    charges = (*plan.before, *(charge for phase in plan.phases for charge in phase.all_charges))
    yield from ((one.single.offering.id, one.single.name) for one in charges)
    yield from ((one.offering.id, one.name) for one in plan.discounts)
