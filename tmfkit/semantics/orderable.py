"""Whether customers can order an offering in a situation: everything that stands in the way, and what is open to them otherwise."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from tmfkit.catalog import Catalog
from tmfkit.model.base import ALWAYS, External, Key, Lifecycle, Validity
from tmfkit.model.conditions import FACTS
from tmfkit.model.products import Member, ProductOffering, ProductSpecification, Relation
from tmfkit.semantics.configuration import Variable, characteristics_of, configurations, variables
from tmfkit.semantics.domains import Domain, listed
from tmfkit.semantics.pricing import at, resolved
from tmfkit.semantics.quotes import Quote, quotes
from tmfkit.semantics.sellable import sellable
from tmfkit.semantics.situation import Situation, left, spelling_of
from tmfkit.semantics.standing import Obstacle, foundation, standing

AUDIENCE = (("channel", "channels"), ("segment", "segments"), ("place", "places"))
"""What is known of a customer, and where an offering says for whom it is."""

OF_THE_PLACE = frozenset(("place",))
"""What counts for the members of a bundle too; channel and segment are those of what is ordered, the bundle."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What stands in the way always, and what only in some configurations; what can be chosen, what is closed, and the prices.

    `apart` and `together` are the offerings that may not, or must be there besides.
    """

    obstacles: tuple[Obstacle, ...]
    limits: tuple[Obstacle, ...] = ()
    open: tuple[tuple[str, Domain], ...] = ()
    closed: tuple[Mapping[str, str], ...] = ()
    prices: tuple[Quote, ...] = ()
    together: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()

    @property
    def can_be_ordered(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.obstacles


def orderable(key: Key, catalog: Catalog, situation: Situation) -> Answer:
    """Whether an offering can be ordered, with all reasons at once."""
    found = tuple(_obstacles(key, catalog, situation, (Lifecycle.LAUNCHED,), ()))
    obstacles, limits = tuple(one for one in found if one.always), tuple(one for one in found if not one.always)
    offering = catalog.entity(key)
    if obstacles or not isinstance(offering, ProductOffering):
        return Answer(obstacles, limits)
    sold, complete = _combinations(offering, catalog, situation)
    return Answer(
        (),
        limits,
        tuple(_choices(offering, catalog, situation, sold if complete else [])),
        tuple(_closed(offering, catalog, situation)),
        tuple(quotes(offering, catalog, situation)),
        tuple(_related(offering.requires, catalog, situation)),
        tuple(_related(offering.excludes, catalog, situation)),
    )


def _obstacles(key: Key, catalog: Catalog, situation: Situation, sold: tuple[Lifecycle, ...], above: tuple[Key, ...]) -> Iterator[Obstacle]:
    """What stands in the way of an offering; `above` are the bundles that it is looked at for."""
    summary = catalog.summaries[key]
    yield from standing(summary, catalog, situation, sold)
    offering = catalog.entity(key)
    if not isinstance(offering, ProductOffering):
        return
    if not (offering.sellable or above):
        yield Obstacle("it is not sold alone, only as a part of a bundle", key, ("sellable",))
    yield from _audience(offering, situation)
    yield from _terms(offering, catalog, situation)
    yield from _values(offering, catalog, situation)
    for role, member in offering.bundle.items():
        yield from _role(offering, role, member, catalog, situation, (*above, key))
    if offering.product is not None:
        yield from foundation(offering, catalog, situation)
    yield from _nothing_sold(offering, catalog, situation)


def _audience(offering: ProductOffering, situation: Situation) -> Iterator[Obstacle]:
    for fact, field in AUDIENCE:
        wanted, own = situation.known.get(fact), getattr(offering, field)
        if wanted is not None and own and wanted not in own:
            message = f"it is not offered in the {fact} `{wanted}`, only in {_listing(own)}"
            yield Obstacle(message, offering.key, (field,))


def _terms(offering: ProductOffering, catalog: Catalog, situation: Situation) -> Iterator[Obstacle]:
    wanted = situation.known.get("term")
    if wanted is not None and wanted not in offering.terms:
        has = f"its terms are {_listing(offering.terms)}" if offering.terms else "it has none"
        yield Obstacle(f"it has no term `{wanted}`; {has}", offering.key, ("terms",))
        return
    looked_at = [wanted] if wanted is not None else list(offering.terms)
    ended = [name for name in looked_at if not _holds(offering.terms[name].valid_for, catalog, situation)]
    if ended and len(ended) == len(looked_at):
        yield Obstacle(f"on this day it is not sold with the term {_listing(ended)}", offering.key, ("terms", ended[0], "validFor"))


def _values(offering: ProductOffering, catalog: Catalog, situation: Situation) -> Iterator[Obstacle]:
    """What is chosen of characteristics has to be on offer."""
    own = characteristics_of(offering, catalog)
    for name, text in situation.known.items():
        if name in FACTS or name in offering.bundle:
            continue
        known = variables((name,), offering, catalog).get(name)
        if name not in own or known is None:
            yield Obstacle(f"its product has no characteristic `{name}`", offering.key, ("product",))
        elif not known.domain.contains(spelling_of(name, {name: known}, situation) or text):
            path = ("choices", name) if name in offering.choices else ("product",)
            yield Obstacle(f"`{name}` cannot be `{text}`; it can be {known.domain.words()}", offering.key, path)


def _role(
    offering: ProductOffering, role: str, member: Member, catalog: Catalog, situation: Situation, above: tuple[Key, ...]
) -> Iterator[Obstacle]:
    """A role that none of its offerings can fill stands in the way where it has to be filled."""
    where = replace(situation, known={name: value for name, value in situation.known.items() if name in OF_THE_PLACE})
    causes: list[Obstacle] = []
    targets = member.offerings(role)
    for target in targets:
        found = [one for one in _member(offering.key, ("bundle", role), target, catalog, where, above) if one.always]
        if not found:
            return
        causes += found
    which = f"the offering `{targets[0]}`" if len(targets) == 1 else f"none of {_listing(map(str, targets))}"
    if member.fewest > 0:
        message = (
            f"the bundle needs `{role}`, and {which} cannot be ordered"
            if len(targets) == 1
            else f"the bundle needs `{role}`, and {which} can be ordered"
        )
        yield Obstacle(message, offering.key, ("bundle", role), True, tuple(causes))
    else:
        yield Obstacle(f"`{role}` cannot be taken", offering.key, ("bundle", role), False, tuple(causes))


def _member(
    user: Key, path: tuple[str, ...], target: str | External, catalog: Catalog, situation: Situation, above: tuple[Key, ...]
) -> Iterator[Obstacle]:
    if isinstance(target, External):
        return
    key = Key(ProductOffering.KIND, target)
    if key not in catalog.summaries:
        yield Obstacle(f"there is no offering `{target}`", user, path)
    elif key in above:
        yield Obstacle(f"`{target}` is a bundle that is made of itself", user, path)
    else:
        yield from _obstacles(key, catalog, situation, (Lifecycle.ACTIVE, Lifecycle.LAUNCHED), above)


def _nothing_sold(offering: ProductOffering, catalog: Catalog, situation: Situation) -> Iterator[Obstacle]:
    sold, complete = _combinations(offering, catalog, situation)
    if sold or not complete:
        return
    names = (name for group in _closers(offering, catalog, situation) for name in group)
    asked = left(names, offering, catalog, situation)
    if not all(one.domain for one in asked.values()):
        return  # what is not offered at all is said elsewhere
    chosen = [f"{name} {situation.known[name]}" for name in asked if name in situation.known]
    with_ = f" with {', '.join(chosen)}" if chosen else ""
    message = f"nothing is sold{with_}: the constraints of its product and its price tables close every combination"
    yield Obstacle(message, offering.key, ("prices",))


def _combinations(offering: ProductOffering, catalog: Catalog, situation: Situation) -> tuple[list[dict[str, str]], bool]:
    """The combinations that are sold of what can close any, and whether these are all."""
    names = [name for group in _closers(offering, catalog, situation) for name in group]
    sold, _, complete = _split(names, offering, catalog, situation)
    return sold, complete


def _closed(offering: ProductOffering, catalog: Catalog, situation: Situation) -> Iterator[dict[str, str]]:
    """The combinations that a constraint or a price table closes, each in the few words that it takes; what is known is not repeated."""
    told: list[dict[str, str]] = []
    for group in _closers(offering, catalog, situation):
        _, shut, complete = _split(group, offering, catalog, situation)
        for one in shut if complete else ():
            said = {name: value for name, value in one.items() if name not in situation.known}
            if said and said not in told:
                told.append(said)
    return iter(told)


def _split(
    names: list[str], offering: ProductOffering, catalog: Catalog, situation: Situation
) -> tuple[list[dict[str, str]], list[dict[str, str]], bool]:
    """The combinations of these names that are sold, those that are closed, and whether none was left out."""
    asked = {name: one for name, one in left(names, offering, catalog, situation).items() if one.domain.is_listed}
    every, complete = configurations(asked)
    found, whole = sellable(offering, catalog, list(asked), situation.moment, situation.cohort)
    free = {tuple(one.items()) for one in found}
    sold = [one for one in every if tuple(one.items()) in free]
    return sold, [one for one in every if tuple(one.items()) not in free], complete and whole


def _closers(offering: ProductOffering, catalog: Catalog, situation: Situation) -> list[list[str]]:
    """What each constraint and each price table asks about that closes a combination."""
    product = catalog.get(ProductSpecification, offering.product)
    found = [[*one.when.subjects, *one.then.subjects] for one in (product.constraints.values() if product else ())]
    for written in offering.prices.values():
        price = resolved(written, catalog)
        table = at(price.table, situation.moment, situation.cohort, catalog) if price else None
        if price is not None and table is not None and any(cell.value is None for cell in table.cells):
            found.append([*price.by, *price.when.subjects, *price.unless.subjects])
    return found


def _choices(offering: ProductOffering, catalog: Catalog, situation: Situation, sold: list[dict[str, str]]) -> Iterator[tuple[str, Domain]]:
    """What a customer can still choose: terms, numbers of optional members, and characteristics, without values that nobody sells."""
    own = {name: one for name, one in characteristics_of(offering, catalog).items() if one.set_by == "customer"}
    asked = left((*own, *offering.bundle, "term"), offering, catalog, situation)
    for name, one in asked.items():
        domain = _still(one, sold)
        if name == "term":
            kept = (text for text in domain.values if _holds(offering.terms[text].valid_for, catalog, situation))
            domain = listed(kept)
        if name not in offering.bundle or len(domain.values) != 1:
            yield name, domain


def _still(one: Variable, sold: list[dict[str, str]]) -> Domain:
    seen = {row[one.name] for row in sold if one.name in row}
    return replace(one.domain, values=tuple(text for text in one.domain.values if text in seen)) if seen else one.domain


def _related(relations: Iterable[Relation], catalog: Catalog, situation: Situation) -> Iterator[str]:
    for relation in relations:
        if Validity.model_construct(from_=relation.from_, until=relation.until).holds(situation.moment, catalog.zone):
            yield relation.offering.external if isinstance(relation.offering, External) else relation.offering


def _holds(validity: Validity | None, catalog: Catalog, situation: Situation) -> bool:
    return (validity or ALWAYS).holds(situation.moment, catalog.zone)


def _listing(texts: Iterable[str]) -> str:
    return ", ".join(f"`{text}`" for text in texts)
