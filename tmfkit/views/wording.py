"""How values of a catalog are said in a line: conditions, feeds, prices, numbers of members."""

from collections.abc import Iterator

from tmfkit.model.base import Validity
from tmfkit.model.conditions import Condition
from tmfkit.model.prices import Price, PriceType, Tier
from tmfkit.model.products import Member
from tmfkit.model.services import Feed, ResourceUse, ServiceUse
from tmfkit.model.values import plain
from tmfkit.semantics.quotes import Quote
from tmfkit.source.document import Data


def flow(value: Data) -> str:
    """A value of a document as YAML writes it in one line."""
    match value:
        case dict():
            return "{" + ", ".join(f"{name}: {flow(inner)}" for name, inner in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(flow, value)) + "]"
        case None:
            return ""
        case str():
            return value


def condition(when: Condition) -> str:
    """`term is 24-months and channel is webshop or retail`."""
    return " and ".join(f"{subject} is {_wanted(wanted)}" for subject, wanted in when.clauses)


def _wanted(wanted: tuple[str, ...] | Validity) -> str:
    return period(wanted) if isinstance(wanted, Validity) else " or ".join(wanted)


def period(validity: Validity) -> str:
    """`from 2026-01-15 until 2027-01-01`; empty for what always holds."""
    ends = (("from", validity.from_), ("until", validity.until))
    return " ".join(f"{word} {moment.isoformat()}" for word, moment in ends if moment is not None)


def use(role: ServiceUse | ResourceUse | Member) -> str:
    """The terms of a use in one line: when, how many, and what it is fed with."""
    return "; ".join(_member(role) if isinstance(role, Member) else _terms(role))


def _member(member: Member) -> Iterator[str]:
    most = "any number" if member.most is None else str(member.most)
    if (member.fewest, member.most) != (1, 1):
        yield f"{member.fewest} to {most}" if str(member.fewest) != most else most
    if member.included is not None:
        yield f"{member.included} included"


def _terms(role: ServiceUse | ResourceUse) -> Iterator[str]:
    if role.when:
        yield f"when {condition(role.when)}"
    if role.unless:
        yield f"unless {condition(role.unless)}"
    if role.count is not None:
        yield f"as many as {role.count}"
    if role.with_:
        yield "with " + ", ".join(f"{name} {feed(found)}" for name, found in role.with_.items())


def feed(found: Feed) -> str:
    """Where a characteristic gets its value from."""
    if found.constant:
        return f"= {', '.join(found.constant)}"
    if found.by:
        return f"by {', '.join(found.by)}"
    how = " (mapped)" if found.map is not None else f" (one for each {plain(found.per)})" if found.per is not None else ""
    return f"from {found.from_}{how}"


def quote(found: Quote) -> str:
    """What a price comes to, apart from its table: `12.50 EUR every 1 month`."""
    return " ".join(_amounts(found))


def _amounts(found: Quote) -> Iterator[str]:
    price = found.price
    if found.amount is not None:
        yield str(found.amount)
    elif found.percent is not None:
        yield f"{plain(found.percent)} %"
    elif price.quantity is not None:
        yield str(price.quantity)
    elif found.tiers:
        yield ", ".join(map(_tier, found.tiers))
    elif not found.rows:
        yield "nothing on this day"
    if price.per is not None:
        yield f"per {price.per}" if not price.count else f"per {price.per} of {price.count}"
    elif price.count is not None:
        yield f"for each of {price.count}"


def _tier(tier: Tier) -> str:
    amounts = [str(tier.amount)] if tier.amount is not None else []
    amounts += [f"{tier.flat} flat"] if tier.flat is not None else []
    return f"{' and '.join(amounts)} {f'up to {tier.up_to}' if tier.up_to is not None else 'above'}"


def nature(price: Price) -> str:
    """What kind of price it is: `recurring, every 1 month, in advance`."""
    return ", ".join(_nature(price))


def _nature(price: Price) -> Iterator[str]:
    yield {PriceType.ONE_TIME: "one time"}.get(price.type, str(price.type)) if price.type is not None else "price"
    if price.every is not None:
        yield f"every {price.every}"
    if price.type is PriceType.RECURRING:
        yield "in advance" if price.charged == "inAdvance" else "in arrears"
    if price.usage is not None:
        yield f"of {price.usage}"
    if price.reduces:
        yield f"off {' and '.join(price.reduces)}"
    if price.for_ is not None:
        yield f"for {price.for_}"
    if price.after is not None:
        yield f"after {price.after}"


def depends(found: Quote) -> str:
    """What a price still depends on; empty where that is nothing."""
    parts = [f"when {condition(found.when)}"] if found.when else []
    return "; ".join([*parts, *(f"unless {condition(one)}" for one in found.unless)])
