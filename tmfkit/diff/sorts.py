"""What sort of difference something is: whether customers pay more, can choose less, have to say more."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from tmfkit.diff.change import Kind
from tmfkit.diff.walk import Difference
from tmfkit.model.base import Entity, Lifecycle
from tmfkit.model.characteristics import Characteristic
from tmfkit.model.prices import PriceTerms, PriceType, ProductOfferingPrice
from tmfkit.model.problems import NotUnderstood
from tmfkit.model.products import ProductOffering
from tmfkit.model.tables import NOT_SOLD
from tmfkit.model.values import Duration, Money, Quantity, parse_duration, parse_measure, parse_money, parse_percent


class Sort(StrEnum):
    """What a difference means for those whom it concerns."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    RENAMED = "renamed"
    DEARER = "dearer"
    CHEAPER = "cheaper"
    CURRENCY = "other currency"
    CLOSED = "no longer sold"
    OPENED = "sold from now on"
    NARROWED = "narrowed"
    WIDENED = "widened"
    MANDATORY = "mandatory"
    DEFAULTED = "with a default"
    LAUNCHED = "goes on sale"
    WITHDRAWN = "leaves sale"
    ENDED = "ends"
    UNSOLD = "never sold"


@dataclass(frozen=True, slots=True)
class Both:
    """The two states of an entity in their one form; None where it does not exist."""

    before: Entity | None
    after: Entity | None


ON_SALE = (Lifecycle.LAUNCHED,)
OVER = (Lifecycle.OBSOLETE, Lifecycle.REJECTED)
DRAFTS = (Lifecycle.IN_STUDY, Lifecycle.IN_DESIGN, Lifecycle.IN_TEST, Lifecycle.REJECTED)
"""States in which nobody could buy an offering yet."""


def sort_of(kind: str, found: Difference, both: Both) -> Sort:
    """What sort a difference is of; the plain word for what happened where there is nothing more to say."""
    special = _SORTERS.get(_field(found.path, kind))
    sort = special(found, both) if special else _by_price(found, both, kind)
    return sort or Sort(found.kind.value)


def price_path(path: str, kind: str) -> str:
    """Paths of a shared price as those of a price in an offering, so that one row speaks of both."""
    fields = {field.alias for field in PriceTerms.model_fields.values()}
    return f"prices/*/{path}" if kind == ProductOfferingPrice.KIND and path.split("/")[0] in fields else path


def _field(path: tuple[str, ...], kind: str) -> str:
    match path:
        case ():
            return "entity"
        case ("lifecycle",):
            return "lifecycle"
        case ("characteristics", _):
            return "characteristic"
        case ("characteristics", _, "optional"):
            return "optional"
        case ("characteristics", _, "values"):
            return "values"
        case (*_, "min") | ("characteristics", _, "many", "min"):
            return "least"
        case (*_, "max"):
            return "most"
        case ("validFor",) | ("prices", _, "validFor") | ("terms", _, "validFor"):
            return "values"
        case (*_, "validFor", "from"):
            return "begin"
        case (*_, "validFor", "until") | ("excludes" | "requires" | "replaces", _, "until"):
            return "end"
        case ("channels" | "segments" | "places",):
            return "values"
        case ("choices", _):
            return "values"
        case ("bundle", _):
            return "member"
        case ("prices", _):
            return "price"
        case ("terms", _, "commitment"):
            return "binding"
        case _:
            return ""


def _entity(found: Difference, both: Both) -> Sort | None:
    entity = both.before if both.before is not None else both.after
    return Sort.UNSOLD if found.kind is Kind.REMOVED and is_draft(entity) and isinstance(entity, ProductOffering) else None


def is_draft(entity: Entity | None) -> bool:
    """Whether nobody could have bought or used it yet."""
    return entity is not None and entity.lifecycle in DRAFTS


def _lifecycle(found: Difference, both: Both) -> Sort:
    old, new = Lifecycle(found.before), Lifecycle(found.after)
    if new in OVER:
        return Sort.ENDED if old not in DRAFTS else Sort.CHANGED
    if new in ON_SALE:
        return Sort.LAUNCHED
    left = (*ON_SALE, Lifecycle.ACTIVE)
    return Sort.WITHDRAWN if old in left and (new not in left or old in ON_SALE) else Sort.CHANGED


def _characteristic(found: Difference, both: Both) -> Sort | None:
    entity = both.after if found.kind is Kind.ADDED else both.before
    part = getattr(entity, "characteristics", {}).get(found.path[1])
    return None if found.kind is not Kind.ADDED or not isinstance(part, Characteristic) else _needed(part)


def _needed(part: Characteristic) -> Sort:
    if part.optional or part.set_by != "customer":
        return Sort.ADDED
    return Sort.MANDATORY if part.default is None else Sort.DEFAULTED


def _optional(found: Difference, both: Both) -> Sort | None:
    part = getattr(both.after, "characteristics", {}).get(found.path[1])
    return Sort.WIDENED if found.after is True or part is None else Sort.MANDATORY if part.default is None else Sort.DEFAULTED


def _restricted(found: Difference, both: Both) -> Sort:
    """A restriction that is written narrows, one that goes widens."""
    return Sort.NARROWED if found.kind is Kind.ADDED else Sort.WIDENED if found.kind is Kind.REMOVED else Sort.CHANGED


def _least(found: Difference, both: Both) -> Sort:
    return _bound(found, 1)


def _most(found: Difference, both: Both) -> Sort:
    return _bound(found, -1)


def _bound(found: Difference, direction: int) -> Sort:
    if found.before is None or found.after is None:
        return _restricted(found, Both(None, None))
    before, after = _amount(found.before), _amount(found.after)
    if before is None or after is None or before == after:
        return Sort.CHANGED
    return Sort.NARROWED if (after - before) * direction > 0 else Sort.WIDENED


def _begin(found: Difference, both: Both) -> Sort:
    """ISO dates compare as texts as far as their days go."""
    return _restricted(found, both) if not (found.before and found.after) else Sort.NARROWED if found.after > found.before else Sort.WIDENED


def _end(found: Difference, both: Both) -> Sort:
    return _restricted(found, both) if not (found.before and found.after) else Sort.NARROWED if found.after < found.before else Sort.WIDENED


def _binding(found: Difference, both: Both) -> Sort:
    return _bound(found, 1)


def _member(found: Difference, both: Both) -> Sort | None:
    entity = both.after
    if found.kind is not Kind.ADDED or not isinstance(entity, ProductOffering):
        return None
    return Sort.MANDATORY if entity.bundle[found.path[1]].fewest else Sort.ADDED


def _price(found: Difference, both: Both) -> Sort | None:
    """A price in a currency that the offering did not have."""
    if found.kind is not Kind.ADDED or not isinstance(both.before, ProductOffering):
        return None
    before = {currency for price in both.before.prices.values() for currency in currencies(price)}
    after = set(currencies(both.after.prices[found.path[1]])) if isinstance(both.after, ProductOffering) else set()
    return Sort.CURRENCY if before and after - before else None


def currencies(price: PriceTerms) -> Iterator[str]:
    """The currencies of the amounts that a price itself says."""
    yield from (step.is_.currency for step in price.amount)
    yield from (cell.value.currency for step in price.table for cell in step.is_.cells if cell.value is not None)
    yield from (money.currency for step in price.tiers for tier in step.is_ for money in (tier.amount, tier.flat) if money is not None)


_SORTERS: dict[str, Callable[[Difference, Both], Sort | None]] = {
    "entity": _entity,
    "lifecycle": _lifecycle,
    "characteristic": _characteristic,
    "optional": _optional,
    "values": _restricted,
    "least": _least,
    "most": _most,
    "begin": _begin,
    "end": _end,
    "binding": _binding,
    "member": _member,
    "price": _price,
}


def _by_price(found: Difference, both: Both, kind: str) -> Sort | None:
    """Values of prices: customers pay more or less, in the same or another currency, or the combination opens or closes."""
    path = price_path("/".join(found.path), kind).split("/")
    if path[0] == "taxes" or (path[0] == "prices" and len(path) > 2 and path[2] in _VALUES):
        return _worth(found, _gains(found, both, kind))
    return None


_VALUES = frozenset("amount percent table tiers quantity minimum first increment".split())
_BOUNTIES = (PriceType.DISCOUNT, PriceType.ALLOWANCE)


def _gains(found: Difference, both: Both, kind: str) -> bool:
    """Whether more of it is better for customers."""
    price: Any = None
    for entity in (both.after, both.before):
        price = price or (entity if isinstance(entity, ProductOfferingPrice) else getattr(entity, "prices", {}).get(found.path[1]))
    return price is not None and price.type in _BOUNTIES


def _worth(found: Difference, gains: bool) -> Sort | None:
    before, after = found.before, found.after
    if NOT_SOLD in (before, after):
        return Sort.UNSOLD if None in (before, after) else Sort.CLOSED if after == NOT_SOLD else Sort.OPENED
    old, new = _value(before), _value(after)
    if old is None or new is None or type(old) is not type(new):
        return None
    if isinstance(old, Money) and isinstance(new, Money) and old.currency != new.currency:
        return Sort.CURRENCY
    first, second = _size(old), _size(new)
    return None if first == second else Sort.DEARER if (second > first) is not gains else Sort.CHEAPER


def _size(value: Money | Decimal | Quantity) -> Decimal:
    match value:
        case Money():
            return value.amount
        case Quantity():
            return value.base
        case Decimal():
            return value


def _value(said: Any) -> Money | Decimal | Quantity | None:
    """A value of a price as a number with its unit; None for what is none, such as a tier with a flat amount."""
    if not isinstance(said, str):
        return None
    for parse in (parse_money, parse_percent, parse_measure):
        try:
            found: Money | Decimal | Quantity = parse(said)
        except NotUnderstood:
            continue
        return found
    return None


def _amount(said: Any) -> Decimal | None:
    """A bound as a number: a duration in hours, a plain number as it is."""
    try:
        duration: Duration | None = parse_duration(str(said))
    except NotUnderstood:
        duration = None
    try:
        return Decimal(duration.hours) if duration else Decimal(str(said))
    except InvalidOperation:
        return None
