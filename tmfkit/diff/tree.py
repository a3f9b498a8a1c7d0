"""An entity as a tree of named values: what two states of it are compared by, and what is shown of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, TypeAlias

from tmfkit.catalog import Catalog
from tmfkit.diff import spelling
from tmfkit.diff.canonical import UNSAID
from tmfkit.diff.timeline import Timeline, moment_text, spoken, timeline
from tmfkit.model.base import Entity, External, Part, Step, Validity
from tmfkit.model.conditions import Condition
from tmfkit.model.prices import PriceTerms, PriceType, Tier
from tmfkit.model.problems import NotUnderstood
from tmfkit.model.products import Member, ProductOffering, Relation
from tmfkit.model.tables import NOT_SOLD, Table
from tmfkit.model.values import LocalizedText, Money, Quantity, plain
from tmfkit.semantics.configuration import Variable, variables
from tmfkit.semantics.pricing import resolved

ORDERED = frozenset(("by", "discounts"))
"""Lists whose order says something."""


OPAQUE = frozenset(("extra", "options"))
"""Fields that hold what others understand; the options of a generator may have an order, what is merged into payloads has none."""


RELATIONS = frozenset(("requires", "excludes", "replaces"))
"""Fields of offerings that are mappings whatever they are written as."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A single value; `implied` where the language fills it in."""

    value: Any
    implied: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list whose order says nothing."""

    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """A text, by language; the empty language stands for all. Payloads without languages carry the first one."""

    texts: Mapping[str, str]
    first: str


@dataclass(frozen=True, slots=True)
class Branch:
    """Named parts."""

    parts: Mapping[str, "Node"]
    implied: bool = False


Node: TypeAlias = Leaf | Items | Words | Branch | Timeline


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What values are read with: the catalog, and the offering whose prices ask about its variables."""

    catalog: Catalog
    offering: ProductOffering | None = None


def tree(entity: Entity, catalog: Catalog) -> Branch:
    """All that an entity in its one form says."""
    around = Surroundings(catalog, entity if isinstance(entity, ProductOffering) else None)
    parts = dict(_fields(entity, around))
    if isinstance(entity, ProductOffering):
        prices = ((name, resolved(price, catalog)) for name, price in entity.prices.items())
        discounts = [name for name, price in prices if price is not None and price.type is PriceType.DISCOUNT]
        parts |= {"discounts": Leaf(discounts, implied=True)}
    return Branch(parts)


def _fields(part: Part, around: Surroundings) -> Iterator[tuple[str, Node]]:
    if isinstance(part, PriceTerms):
        yield from _values_of(part, around)
    for name, field in type(part).model_fields.items():
        key = field.alias or name
        if (isinstance(part, Entity) and name in UNSAID) or (isinstance(part, PriceTerms) and name in _VALUES):
            continue
        value = getattr(part, name)
        if key in OPAQUE:
            yield key, _opaque(value, ordered=key == "options")
        elif name in part.model_fields_set:
            yield key, _node(value, around, key)
        elif value == {} or isinstance(value, Condition | Validity) or (isinstance(part, ProductOffering) and name in RELATIONS):
            yield key, Branch({}, implied=True)
        elif isinstance(value, bool | Enum | str):
            yield key, Leaf(_json(value, around), implied=True)
    if isinstance(part, Member):
        yield from (
            (key, Leaf(value, implied=True))
            for key, value in (("min", part.fewest), ("max", part.most))
            if key not in part.model_fields_set
        )


def _node(value: Any, around: Surroundings, key: str = "") -> Node:
    match value:
        case External():
            return Leaf(_json(value, around))
        case Part():
            return Branch(dict(_fields(value, around)))
        case LocalizedText():
            return Words(dict(value.texts), value.texts[0][0])
        case Condition():
            return Branch({subject: _node(wanted, around) for subject, wanted in value.clauses})
        case Table():
            return _table({cell.keys: Leaf(_json(cell.value, around)) for cell in value.cells})
        case Mapping():
            return Branch({str(name): _node(inner, around, str(name)) for name, inner in value.items()})
        case tuple() if value and isinstance(value[0], Step):
            return timeline(value, around.catalog, _percent)
        case tuple() if value and isinstance(value[0], Relation):
            return Branch({_id(relation.offering): Branch(dict(_period(relation, around))) for relation in value})
        case tuple() | list() if key not in ORDERED and all(isinstance(one, str | External) for one in value):
            return Items(tuple(sorted(_id(one) for one in value)))
        case _:
            return Leaf(_json(value, around))


def _opaque(value: Any, *, ordered: bool) -> Node:
    match value:
        case Mapping():
            return Branch({str(name): _opaque(inner, ordered=ordered) for name, inner in value.items()}, implied=not value)
        case tuple() | list() if not ordered:
            return Leaf(sorted((said(_opaque(inner, ordered=False)) for inner in value), key=repr))
        case _:
            return Leaf(list(value) if isinstance(value, tuple) else value)


def _period(relation: Relation, around: Surroundings) -> Iterator[tuple[str, Node]]:
    return ((key, Leaf(moment_text(one, around.catalog.zone))) for key, one in (("from", relation.from_), ("until", relation.until)) if one)


def _id(target: str | External) -> str:
    return f"{target.external} (external)" if isinstance(target, External) else target


_VALUES = frozenset(("amount", "percent", "table", "tiers"))


def _values_of(price: PriceTerms, around: Surroundings) -> Iterator[tuple[str, Node]]:
    """What a price costs, over time; tables cell by cell and tiers bound by bound."""
    catalog = around.catalog
    if price.amount:
        yield "amount", timeline(price.amount, catalog, str)
    if price.percent:
        yield "percent", timeline(price.percent, catalog, _percent)
    if price.table:
        asked = variables(price.by, around.offering, catalog, price.usage) if around.offering else {}
        steps = [step.model_copy(update={"is_": _cells(step.is_, price.by, asked)}) for step in price.table]
        yield "table", _table(_over_time(steps, catalog))
    if price.tiers:
        bounds = [step.model_copy(update={"is_": dict(_tiers(step.is_))}) for step in price.tiers]
        yield "tiers", _table({(name,): line for name, line in _over_time(bounds, catalog).items()})


def _percent(value: Decimal) -> str:
    return f"{plain(value)} %"


def _over_time(steps: Sequence[Step[Any]], catalog: Catalog) -> dict[Any, Timeline]:
    """Each entry of a dated mapping over time."""
    keys = dict.fromkeys(key for step in steps for key in step.is_)
    return {key: timeline(tuple(_only(step, step.is_.get(key)) for step in steps), catalog, str) for key in keys}


def _only(step: Step[Any], value: Any) -> Step[Any]:
    return Step.model_construct(from_=step.from_, until=step.until, applies_to=step.applies_to, is_=value)


def _cells(table: Table[Money | None], by: tuple[str, ...], asked: Mapping[str, Variable]) -> dict[tuple[str, ...], str]:
    return {
        tuple(_spelled(asked.get(name), key) for name, key in zip(by, cell.keys, strict=False)): NOT_SOLD
        if cell.value is None
        else str(cell.value)
        for cell in table.cells
    }


def _spelled(asked: Variable | None, key: str) -> str:
    try:
        return key if asked is None else asked.read(key)
    except NotUnderstood:
        return key


def _tiers(tiers: tuple[Tier, ...]) -> Iterator[tuple[str, str]]:
    for tier in tiers:
        bound = spelling.quantity(tier.up_to) if isinstance(tier.up_to, Quantity) else tier.up_to
        words = "above" if bound is None else f"up-to-{plain(bound) if isinstance(bound, Decimal) else str(bound).replace(' ', '-')}"
        parts = [str(tier.amount)] if tier.amount is not None else []
        yield words, " + ".join([*parts, *([f"{tier.flat} flat"] if tier.flat is not None else [])])


def _table(cells: Mapping[tuple[str, ...], Any]) -> Branch:
    rows: dict[str, Any] = {}
    for keys, node in cells.items():
        at = rows
        for key in keys[:-1]:
            at = at.setdefault(key, {})
        at[keys[-1]] = node
    return _branched(rows)


def _branched(rows: Mapping[str, Any]) -> Branch:
    return Branch({key: _branched(inner) if isinstance(inner, dict) else inner for key, inner in rows.items()})


def _json(value: Any, around: Surroundings) -> Any:
    """A value as plain JSON in the notation of the catalog."""
    match value:
        case Enum():
            return value.value
        case None | bool() | int() | str():
            return value
        case Decimal():
            return plain(value)
        case datetime() | date():
            return moment_text(value, around.catalog.zone)
        case LocalizedText():
            return dict(value.texts) if value.languages else value.default
        case Part():
            return {spelled: _json(getattr(value, name), around) for name, spelled in _written(value)}
        case Mapping():
            return {str(name): _json(inner, around) for name, inner in value.items()}
        case tuple() | list():
            return [_json(inner, around) for inner in value]
        case _:
            return str(value)


def _written(part: Part) -> Iterator[tuple[str, str]]:
    return ((name, field.alias or name) for name, field in type(part).model_fields.items() if name in part.model_fields_set)


def said(node: Node) -> Any:
    """A part of the tree in the notation of the catalog, without what the language fills in."""
    match node:
        case Leaf():
            return node.value
        case Items():
            return list(node.values)
        case Words():
            return dict(node.texts) if node.first else node.texts[""]
        case Timeline():
            return spoken(node)
        case Branch():
            return {name: said(inner) for name, inner in node.parts.items() if not (isinstance(inner, Leaf | Branch) and inner.implied)}
