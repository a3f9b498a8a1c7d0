"""The order in which the keys of an entity are read best, and which mappings have names instead of keys.

The order is that of the models, except where people want to read the whole first: what something is, what it is made of, what
it costs. Names that the catalog gives (of prices, characteristics, rows) keep the order in which they are written, because there
it can mean something: discounts apply in that order.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, TypeAlias, get_args, get_origin

from pydantic import BaseModel

from tmfkit.model.base import Entity, Step
from tmfkit.model.characteristics import Characteristic
from tmfkit.model.kinds import KINDS
from tmfkit.model.prices import PriceTerms
from tmfkit.model.problems import keys_of
from tmfkit.model.products import Relation
from tmfkit.source.document import Data

ENTITY = tuple(
    """kind id name description extends abstract remove renamedFrom code role masters generator options parent product brand productNumber
    categories controller lifecycle version validFor vendor model partNumber sku descriptor reason owner scope until languages
    channels segments places taxes payment sellable terms choices characteristics constraints services resources contains bundle""".split()
)
"""How a document begins; then follow its prices, if it is one or has some."""

PRICE = tuple(
    """use name description code type reduces usage quantity every charged count per first increment minimum by table tierMode tiers
    amount percent shared rollover for after when unless validFor chargeCode tax glAccount""".split()
)
"""How a price reads: what it is, of what, how much, for how long, for whom, and how it is booked."""

CHARACTERISTIC = tuple("name description code type unit values min max pattern many default setBy optional".split())
"""How a characteristic reads: what it may be, what it is unless somebody says otherwise, and who says it."""

LAST = ("prices", "requires", "excludes", "replaces", "extra")


@dataclass(frozen=True, slots=True)
class Keys:
    """A mapping whose keys are those of the language: their order, and what stands behind each."""

    ranks: Mapping[str, int]
    inner: Mapping[str, "Shape"]


@dataclass(frozen=True, slots=True)
class Names:
    """A mapping whose keys are names that the catalog gives, or a list: every entry is alike."""

    inner: "Shape"


@dataclass(frozen=True, slots=True)
class Dated:
    """A value that is written plainly, or as a list of periods."""

    steps: "Shape"
    plain: "Shape"


Shape: TypeAlias = Keys | Names | Dated | None
"""What is known of a part of a document; None for what keeps its written order."""


@cache
def shape_of_kind(kind: str) -> Shape:
    """The shape of a document of this kind; None for a kind that the language does not know."""
    return _keys(KINDS[kind].model) if kind in KINDS else None


def arrangement(keys: Sequence[str], shape: Shape) -> Sequence[int]:
    """The positions of a mapping's keys in the order in which they belong; a mapping with a key that is not understood stays as it is."""
    if not isinstance(shape, Keys) or not all(key in shape.ranks for key in keys):
        return range(len(keys))
    return sorted(range(len(keys)), key=lambda position: shape.ranks[keys[position]])


def below(shape: Shape, key: str | None) -> Shape:
    """The shape of an entry: of the one called `key`, or of an item of a list."""
    match shape:
        case Keys(inner=inner):
            return inner.get(key) if key is not None else shape
        case Names(inner=inner):
            return inner
        case Dated() | None:
            return None


def as_written(shape: Shape, items: Sequence[Sequence[str] | None] | None) -> Shape:
    """The shape for one of two ways to write a value; `items` are the keys of each item of a list (None for a text), None for no list."""
    if not isinstance(shape, Dated):
        return shape
    is_dated = bool(items) and all(keys is not None and "is" in keys for keys in items or ())
    return Names(shape.steps) if is_dated else shape.plain


def arranged(data: Data, shape: Shape) -> Data:
    """Plain data with its keys in the order in which they belong: what formatting has to come to."""
    if isinstance(data, list):
        found = as_written(shape, [tuple(item) if isinstance(item, dict) else None for item in data])
        return [arranged(item, below(found, None)) for item in data]
    if not isinstance(data, dict):
        return data
    found = as_written(shape, None)
    keys = list(data)
    return {keys[position]: arranged(data[keys[position]], below(found, keys[position])) for position in arrangement(keys, found)}


@cache
def _keys(model: type[BaseModel]) -> Keys:
    ranks = {key: rank for rank, key in enumerate(_reading_order(model))}
    inner = {field.alias or name: _shape(field.annotation) for name, field in model.model_fields.items()}
    return Keys(ranks, inner)


def _reading_order(model: type[BaseModel]) -> list[str]:
    known = keys_of(model)
    if issubclass(model, Entity):
        wanted = (*ENTITY, *PRICE, *LAST)
    elif issubclass(model, PriceTerms):
        wanted = (*PRICE, *LAST)
    else:
        wanted = CHARACTERISTIC if model is Characteristic else ()
    return list(dict.fromkeys((*(key for key in wanted if key in known), *known)))


def _shape(annotation: Any) -> Shape:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return Names(_keys(annotation)) if annotation is Relation else _keys(annotation)
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _shape(arguments[0])
    if origin is dict:
        return Names(_shape(arguments[1]))
    if origin is tuple:
        return _shape_of_list(arguments[0])
    if origin is None or origin is type:
        return None
    return next((shape for argument in arguments if (shape := _shape(argument)) is not None), None) if _is_union(origin) else None


def _shape_of_list(item: Any) -> Shape:
    if isinstance(item, type) and issubclass(item, Step):
        step = _keys(item)
        return Dated(step, step.inner["is"])
    return _shape(item)


def _is_union(origin: Any) -> bool:
    return getattr(origin, "__name__", "") in ("Union", "UnionType")
