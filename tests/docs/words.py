"""Says in words what may stand under a key of the language, read off the types of the models."""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, BeforeValidator, WithJsonSchema
from pydantic.fields import FieldInfo

from tmfkit.model.base import DATED, Described, External, Part, Step
from tmfkit.model.conditions import Condition
from tmfkit.model.products import Member, Relation
from tmfkit.model.services import ResourceUse, ServiceUse
from tmfkit.model.tables import Table

TITLES = {
    Described: "Named part",
    Step: "Dated step",
    Member: "Bundle role",
    Relation: "Relation",
    ServiceUse: "Service role",
    ResourceUse: "Resource role",
    External: "External reference",
}
"""What a part is called in the documents, where its class has another name."""


def title_of(part: type[BaseModel]) -> str:
    return TITLES.get(part, "Dated step" if issubclass(part, Step) else part.__name__)


def link_to(part: type[BaseModel]) -> str:
    title = title_of(part)
    return f"[{title.lower()}](#{title.lower().replace(' ', '-')})"


def value_of(field: FieldInfo) -> str:
    """What may stand under a key."""
    annotation = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
    return f"{words(annotation)}{default_of(field)}"


def default_of(field: FieldInfo) -> str:
    match field.default:
        case bool() as flag:
            return f"; `{str(flag).lower()}` unless written"
        case str() | int() | Decimal() as value:
            return f"; `{value}` unless written"
        case _:
            return ""


def words(annotation: Any) -> str:
    """A type in words."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return annotated(arguments[0], arguments[1:])
    if origin in (Union, UnionType):
        return " or ".join(words(one) for one in arguments if one is not NoneType)
    if origin is Literal:
        return listed(arguments)
    if origin is tuple:
        return f"a list of {words(arguments[0])} entries"
    if origin in (dict, Mapping):
        return f"by name: {words(arguments[1])}"
    return plain(annotation)


def plain(annotation: Any) -> str:
    if annotation is str:
        return "a text"
    if annotation is bool:
        return "`true` or `false`"
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return listed(annotation)
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return link_to(annotation)
    raise AssertionError(f"there are no words yet for {annotation}")


def annotated(base: Any, marks: tuple[Any, ...]) -> str:
    origin, arguments = get_origin(base), get_args(base)
    if DATED in marks:
        return f"{value_of(arguments[0].model_fields['is_'])}, or a list of {link_to(Step)}s"
    if base is Condition:
        return "a [condition](language-guide.md#conditions)"
    if origin is Table:
        return "a [table](language-guide.md#tables), or the name of a CSV file"
    schema = next((mark.json_schema for mark in marks if isinstance(mark, WithJsonSchema)), None)
    return spoken(base, schema) if schema is not None else shortened(base, marks)


def spoken(base: Any, schema: Mapping[str, Any] | None) -> str:
    """The words that the model itself has for a value."""
    said = (schema or {}).get("description", "")
    if said:
        return said[0].lower() + said[1:].rstrip(".")
    return "a mapping" if get_origin(base) is Mapping else words(base)


def shortened(base: Any, marks: tuple[Any, ...]) -> str:
    """A type with a short form beside the full one."""
    names = {mark.func.__name__ for mark in marks if isinstance(mark, BeforeValidator)}
    if "_relations" in names:
        return f"a list of ids, or by id: {link_to(Relation)}"
    if "_one_or_many" in names:
        return f"{words(get_args(base)[0])}; or a list"
    if "_labels" in names:
        return "a list of values, or each value with its label"
    if "_feed" in names:
        return f"a value, or a {words(base)}"
    return words(base)


def listed(values: Any) -> str:
    return " · ".join(f"`{value}`" for value in values)


def parts_in(annotation: Any) -> list[type[Part]]:
    """The parts that may stand under a key, in order."""
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return [annotation]
    return [found for argument in get_args(annotation) for found in parts_in(argument)]


def owner_of(model: type[BaseModel], name: str) -> str:
    """The class that declares a field: its words are written once, under that name."""
    base = next(base for base in model.__mro__ if name in vars(base).get("__annotations__", {}))
    return base.__name__.partition("[")[0]
