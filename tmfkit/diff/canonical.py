"""Brings an entity into its one form: without what goes without saying, every value in its one spelling."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar, cast
from zoneinfo import ZoneInfo

from tmfkit.catalog import Catalog
from tmfkit.diff import spelling
from tmfkit.model.base import Entity, Part, Step
from tmfkit.model.characteristics import Cardinality, Characteristic
from tmfkit.model.conditions import Condition
from tmfkit.model.prices import Price, Tier
from tmfkit.model.problems import NotUnderstood
from tmfkit.model.products import Member, ProductOffering, ProductSpecification
from tmfkit.model.services import Feed, ResourceUse
from tmfkit.model.tables import Cell, Table
from tmfkit.model.values import Duration, LocalizedText, Money, Quantity
from tmfkit.semantics.configuration import spelled
from tmfkit.semantics.feeds import FEEDING, Feeding, field_of, uses_of
from tmfkit.semantics.reach import sibling_of, used_entity

P = TypeVar("P", bound=Part)

UNSAID = frozenset(("kind", "id", "extends", "abstract", "remove", "renamed_from"))
"""How an entity came to say what it says: no difference to those who read the catalog."""

KEPT: Mapping[type[Part], frozenset[str]] = {
    Step: frozenset(("from_", "until")),
    Tier: frozenset(("up_to",)),
    Cardinality: frozenset(("min",)),
}
"""Fields that stay as written: the ids of published prices are made of their spelling, or it counts whether they are written."""


def canonical(entity: Entity, catalog: Catalog) -> Entity:
    """The entity in its one form. The keys of price tables stay as written: they are part of the ids under which prices are published."""
    plain = part(entity, catalog.zone)
    if isinstance(plain, ProductOffering):
        return _offering(plain, catalog)
    return _specification(plain, catalog) if isinstance(plain, FEEDING) else plain


def part(found: P, zone: ZoneInfo) -> P:
    """A part without the defaults that somebody wrote out, its values in their one spelling."""
    kept = next((names for kind, names in KEPT.items() if isinstance(found, kind)), frozenset[str]())
    fields: dict[str, Any] = {}
    for name in found.model_fields_set:
        value = getattr(found, name)
        value = value if name in kept else one_form(value, zone)
        if _says_something(found, name, value, kept):
            fields[name] = value
    return _settled(_made(found, set(fields), fields))


def _says_something(found: Part, name: str, value: Any, kept: frozenset[str]) -> bool:
    """A price that uses another overrides what it writes, be it the default."""
    if name in UNSAID and isinstance(found, Entity):
        return name in ("kind", "id")
    if name in kept or (isinstance(found, Price) and found.use is not None):
        return value is not None
    is_required, default = _default(type(found), name)
    return is_required or bool(value != default)


@cache
def _default(model: type[Part], name: str) -> tuple[bool, Any]:
    """Whether a field has to be written, and what it is where it is not."""
    field = model.model_fields[name]
    return field.is_required(), field.get_default(call_default_factory=True)


def one_form(value: Any, zone: ZoneInfo) -> Any:
    """Any value of the language in its one spelling."""
    match value:
        case Part():
            return part(value, zone)
        case Money():
            return spelling.money(value)
        case Quantity():
            return spelling.quantity(value)
        case Duration():
            return spelling.duration(value)
        case Decimal():
            return spelling.number(value)
        case datetime() | date():
            return spelling.moment(value, zone)
        case Condition():
            return Condition(tuple((name, one_form(wanted, zone)) for name, wanted in value.clauses))
        case Table():
            return Table(tuple(Cell(cell.keys, one_form(cell.value, zone)) for cell in value.cells))
        case LocalizedText() | str():
            return value
        case Mapping():
            return {name: one_form(inner, zone) for name, inner in value.items()}
        case tuple():
            return tuple(one_form(inner, zone) for inner in value)
        case _:
            return value


def _settled(found: P) -> P:
    """Values of a characteristic in its unit; roles without the numbers that they have anyway."""
    match found:
        case Characteristic():
            return _with(found, _spelled_values(found))
        case Member():
            return _without(
                found, [name for name, usual in (("min", found.fewest == 1), ("max", found.most == max(1, found.fewest))) if usual]
            )
        case _:
            return found


def _spelled_values(found: Characteristic) -> dict[str, Any]:
    changes: dict[str, Any] = {
        name: _spelled(found, text) for name in ("default", "min", "max") if (text := getattr(found, name)) is not None
    }
    if found.values is not None:
        changes["values"] = dict(_value(found, text, label) for text, label in found.values.items())
    return changes


def _value(found: Characteristic, text: str, label: LocalizedText) -> tuple[str, LocalizedText]:
    """A value that is its own label keeps that under its one spelling."""
    said = _spelled(found, text)
    return said, LocalizedText((("", said),)) if label.texts == (("", text),) else label


def _offering(entity: ProductOffering, catalog: Catalog) -> ProductOffering:
    product = catalog.get(ProductSpecification, entity.product)
    known = product.characteristics if product else {}
    choices = {name: _all_spelled(known.get(name), texts) for name, texts in entity.choices.items()}
    prices = {name: _with(price, _conditions(price, known)) for name, price in entity.prices.items()}
    bundle = {role: _without(member, ["offering"]) if member.offering == role else member for role, member in entity.bundle.items()}
    return _with(entity, {"choices": choices, "prices": prices, "bundle": bundle}, only_written=True)


def _specification(entity: Feeding, catalog: Catalog) -> Entity:
    known = entity.characteristics
    constraints = {name: _with(one, _conditions(one, known)) for name, one in entity.constraints.items()}
    roles = {role: _use(role, use, entity, catalog) for role, use in uses_of(entity).items()}
    return _with(entity, {"constraints": constraints, field_of(entity): roles}, only_written=True)


def _use(role: str, use: Any, entity: Feeding, catalog: Catalog) -> Any:
    target = used_entity(role, use, catalog)
    fed = target.characteristics if target is not None else {}
    feeds = {name: _feed(feed, entity, fed.get(name), catalog) for name, feed in use.with_.items()}
    said = _with(use, {**_conditions(use, entity.characteristics), **({"with_": feeds} if feeds else {})})
    own_name = "resource" if isinstance(use, ResourceUse) else "service"
    return _without(said, [own_name]) if getattr(use, own_name) == role else said


def _feed(feed: Feed, entity: Feeding, target: Characteristic | None, catalog: Catalog) -> Feed:
    changes: dict[str, Any] = {}
    if feed.constant:
        changes["constant"] = _all_spelled(target, feed.constant)
    if feed.else_ is not None:
        changes["else_"] = _spelled(target, feed.else_)
    if feed.map is not None and feed.from_ is not None:
        origin = _source(feed.from_, entity, catalog)
        changes["map"] = {_spelled(origin, key): _spelled(target, value) for key, value in feed.map.items()}
    if feed.table is not None:
        origins = [_source(name, entity, catalog) for name in feed.by]
        changes["table"] = Table(tuple(_row(cell, origins, target) for cell in feed.table.cells))
    return _with(feed, changes)


def _row(cell: Cell[str], origins: list[Characteristic | None], target: Characteristic | None) -> Cell[str]:
    keys = tuple(_spelled(origin, key) for origin, key in zip(origins, cell.keys, strict=False))
    return Cell(keys if len(keys) == len(cell.keys) else cell.keys, _spelled(target, cell.value))


def _source(name: str, entity: Feeding, catalog: Catalog) -> Characteristic | None:
    own = entity.characteristics.get(name)
    if own is not None or "/" not in name:
        return own
    sibling = sibling_of(name, entity, catalog)
    return sibling[0] if sibling else None


def _conditions(found: Any, known: Mapping[str, Characteristic]) -> dict[str, Any]:
    said = {name: getattr(found, name) for name in ("when", "unless", "then") if name in found.model_fields_set}
    return {name: _condition(value, known) for name, value in said.items() if isinstance(value, Condition)}


def _condition(condition: Condition, known: Mapping[str, Characteristic]) -> Condition:
    return Condition(
        tuple((name, _all_spelled(known.get(name), wanted) if isinstance(wanted, tuple) else wanted) for name, wanted in condition.clauses)
    )


def _all_spelled(found: Characteristic | None, texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(_spelled(found, text) for text in texts)


def _spelled(found: Characteristic | None, text: str) -> str:
    try:
        return text if found is None else spelled(found, text)
    except NotUnderstood:
        return text


def _with(found: P, changes: Mapping[str, Any], *, only_written: bool = False) -> P:
    """A part with other values for some fields; with `only_written` not for those that it does not write."""
    wanted = {name: value for name, value in changes.items() if not only_written or name in found.model_fields_set}
    return _made(found, found.model_fields_set | set(wanted), wanted)


def _without(found: P, names: Iterable[str]) -> P:
    """A part that does not write some fields."""
    unsaid = {name: _default(type(found), name)[1] for name in names if name in found.model_fields_set}
    return _made(found, found.model_fields_set - set(unsaid), unsaid)


def _made(found: P, written: set[str], changes: Mapping[str, Any]) -> P:
    """A part like another with some values changed, that writes these fields and no others."""
    return cast(P, type(found).model_construct(_fields_set=written, **{**dict(found), **changes}))
