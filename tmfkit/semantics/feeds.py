"""What a feed sends on: the values of its sources as values of the characteristic that it fills."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import TypeAlias, TypeGuard

from tmfkit.model.base import Entity, Ref
from tmfkit.model.characteristics import Characteristic, ValueType
from tmfkit.model.problems import NotUnderstood
from tmfkit.model.products import ProductSpecification
from tmfkit.model.resources import LogicalResourceSpecification, PhysicalResourceSpecification, ResourceSpecification
from tmfkit.model.services import (
    CustomerFacingServiceSpecification,
    Feed,
    ResourceFacingServiceSpecification,
    ResourceUse,
    ServiceSpecification,
    ServiceUse,
)
from tmfkit.model.values import Quantity, parse_number, plain
from tmfkit.semantics.configuration import Subject, Variable, spelled
from tmfkit.semantics.domains import ANYTHING, NUMERIC, Domain, Range, domain_of, listed, number_of
from tmfkit.semantics.tables import Keys, tree_of

Use: TypeAlias = ServiceUse | ResourceUse
Characterised: TypeAlias = ProductSpecification | ServiceSpecification | ResourceSpecification
Feeding: TypeAlias = ProductSpecification | CustomerFacingServiceSpecification | ResourceFacingServiceSpecification

CHARACTERISED = (
    ProductSpecification,
    CustomerFacingServiceSpecification,
    ResourceFacingServiceSpecification,
    PhysicalResourceSpecification,
    LogicalResourceSpecification,
)
"""The kinds of entities that have characteristics."""

FEEDING = (ProductSpecification, CustomerFacingServiceSpecification, ResourceFacingServiceSpecification)
"""The kinds of entities that feed others."""

_ROUNDING = {"up": ROUND_CEILING, "down": ROUND_FLOOR, "nearest": ROUND_HALF_UP}


_ROLES: Mapping[type[Entity], str] = {
    ProductSpecification: "services",
    CustomerFacingServiceSpecification: "services",
    ResourceFacingServiceSpecification: "resources",
}


def is_characterised(entity: Entity) -> TypeGuard[Characterised]:
    """Whether an entity has characteristics. Asks for the exact class: `isinstance` of a model that it is not is slow."""
    return type(entity) in CHARACTERISED


def is_feeding(entity: Entity) -> TypeGuard[Feeding]:
    """Whether an entity feeds others."""
    return type(entity) in FEEDING


def uses_of(entity: Entity) -> Mapping[str, Use]:
    """The roles of a specification, and what fills them."""
    field = _ROLES.get(type(entity))
    found: Mapping[str, Use] = getattr(entity, field) if field is not None else {}
    return found


def field_of(entity: Entity) -> str:
    """The field in which the roles of a specification stand."""
    return _ROLES[type(entity)]


def target_of(role: str, use: Use) -> Ref:
    """What fills a role: an id, or something outside the repository."""
    found: Ref = use.target(role)
    return found


def sent(feed: Feed, sources: Sequence[Variable], target: Characteristic) -> Domain:
    """What arrives at `target`, in its one spelling there. What does not fit the target is sent all the same, in the source's spelling."""
    if feed.constant:
        return listed(_as_target(text, target) for text in feed.constant)
    if not sources:
        return ANYTHING
    if feed.table is not None:
        return _looked_up(feed, sources, target)
    source = sources[0]
    if feed.map is not None:
        return _mapped(feed, source, target)
    if feed.per is not None:
        return counted(feed, source.domain)
    passed = source.domain.converted(lambda text: converted(text, source.characteristic, target))
    return Domain(passed.values, passed.ranges, passed.anything)


def variable_of(name: str, characteristic: Characteristic, domain: Domain | None = None) -> Variable:
    """A characteristic of a specification as something that feeds and conditions ask about."""
    return Variable(name, Subject.CHARACTERISTIC, domain_of(characteristic) if domain is None else domain, characteristic)


def counted(feed: Feed, domain: Domain) -> Domain:
    """How many of `per` the numbers of a domain need, rounded."""
    per = feed.per or Decimal(1)

    def divide(number: Decimal) -> Decimal:
        return (number / per).to_integral_value(_ROUNDING[feed.round])

    values = [plain(divide(number)) for text in domain.values if (number := number_of(text)) is not None]
    ranges = [Range(low and divide(low), high and divide(high), whole=True) for low, high, _ in domain.ranges]
    return Domain(tuple(dict.fromkeys(values)), tuple(ranges), domain.anything)


def converted(text: str, source: Characteristic | None, target: Characteristic) -> str | None:
    """A value in its spelling at the source as the target spells it."""
    try:
        if source is not None and source.type is ValueType.QUANTITY and target.type is ValueType.QUANTITY:
            return plain(Quantity(parse_number(text), source.unit or "piece").to(target.unit or "piece").amount)
        return spelled(target, text)
    except NotUnderstood:
        return text


def agree(source: Characteristic, target: Characteristic) -> str:
    """Why values of one characteristic cannot go into another as they are; empty where they can."""
    if source.type is ValueType.QUANTITY and target.type is ValueType.QUANTITY:
        first, second = Quantity(Decimal(1), source.unit or "piece"), Quantity(Decimal(1), target.unit or "piece")
        if first.dimension == second.dimension:
            return ""
        return f"{first.unit} ({first.dimension}) does not convert into {second.unit} ({second.dimension})"
    if source.type is target.type or (source.type is ValueType.INTEGER and target.type is ValueType.NUMBER):
        return ""
    return f"a value of type {source.type} does not go into one of type {target.type}"


def is_numeric(characteristic: Characteristic) -> bool:
    """Whether it can be counted."""
    return characteristic.type in NUMERIC


def is_limited(characteristic: Characteristic) -> bool:
    """Whether it takes only some values of its type."""
    return any(limit is not None for limit in (characteristic.values, characteristic.min, characteristic.max, characteristic.pattern))


def _as_target(text: str, target: Characteristic) -> str:
    if target.type is ValueType.STRING:
        return text
    try:
        return spelled(target, text)
    except NotUnderstood:
        return text


def _mapped(feed: Feed, source: Variable, target: Characteristic) -> Domain:
    rows = feed.map or {}
    keys = Keys(rows, source)
    found: list[str] = []
    for piece in keys.pieces(Domain(source.domain.values, source.domain.ranges, source.domain.anything)):
        found += [rows[key] for key in piece.keys] or ([feed.else_] if feed.else_ is not None else [])
    return listed(_as_target(text, target) for text in found)


def _looked_up(feed: Feed, sources: Sequence[Variable], target: Characteristic) -> Domain:
    assert feed.table is not None
    nodes = [tree_of(feed.table)]
    for source in sources:
        nodes = [node.children[key] for node in nodes for key in _reachable(Keys(node.children, source), source)]
    return listed(_as_target(cell.value, target) for node in nodes for cell in node.cells)


def _reachable(keys: Keys, source: Variable) -> Iterator[str]:
    domain = Domain(source.domain.values, source.domain.ranges, source.domain.anything)
    yield from dict.fromkeys(key for piece in keys.pieces(domain) for key in piece.keys)
