"""Which parameter of a shape each characteristic of a service fills, and with which values."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NoReturn

from pydantic import Field

from tmfkit.api import Characteristic, Part, Quantity, ValueType, text_of

from .shapes import Parameter, Shape, Unfit, spelled

OWNERS = {"customer": "order", "qualification": "qualification", "network": "inventory"}
"""Who knows the value of a characteristic, by who sets it. What the network sets is given to the controller by the inventory."""

Refuse = Callable[..., NoReturn]


class Filling(Part):
    """The parameter that a characteristic fills, and where the values differ, what each is there."""

    parameter: str
    values: Mapping[str, str] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Filled:
    """A parameter that a characteristic fills."""

    characteristic: str
    parameter: Parameter
    values: Mapping[str, Any]
    default: Any
    example: Any
    factor: Decimal | None
    limits: tuple[Any, Any]
    said: Characteristic


def kebab(name: str) -> str:
    """`ipAllocation` as YANG writes it: `ip-allocation`."""
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower()).strip("-")


def filling_of(name: str, said: Mapping[str, str | Filling]) -> Filling:
    """What the options say about a characteristic; without a word it fills the parameter of its name."""
    found = said.get(name, kebab(name))
    return found if isinstance(found, Filling) else Filling(parameter=found)


def filled_by(name: str, characteristic: Characteristic, filling: Filling, shape: Shape, refuse: Refuse) -> Filled | None:
    """A characteristic in its parameter; None where the shape has none, or has room for one value only. `refuse` takes a message."""
    parameter = shape.parameters.get(filling.parameter)
    if parameter is None or characteristic.many is not None:
        return None
    factor = _factor(name, characteristic, parameter, refuse)

    def told(value: Any) -> Any:
        text = text_of(value)
        text = filling.values.get(text, text)
        try:
            return spelled(parameter, shape.module, text if factor is None else text_of(Decimal(text) * factor))
        except (Unfit, ArithmeticError) as error:
            refuse(f"`{name}` cannot fill `{parameter.name}`: {error}")

    values = {text_of(value): told(value) for value in characteristic.allowed}
    limits = tuple(None if value is None else told(value) for value in (characteristic.lowest, characteristic.highest))
    default = None if characteristic.standard is None else told(characteristic.standard)
    known = [one for one in (default, *values.values(), *limits) if one is not None]
    return Filled(
        name, parameter, values, default, known[0] if known else parameter.example, factor, (limits[0], limits[1]), characteristic
    )


def _factor(name: str, characteristic: Characteristic, parameter: Parameter, refuse: Refuse) -> Decimal | None:
    """By what a number of the characteristic's unit is multiplied; None where it is taken as it is."""
    if characteristic.type is not ValueType.QUANTITY or not parameter.unit:
        return None
    one, there = Quantity(Decimal(1), characteristic.unit or ""), Quantity(Decimal(1), parameter.unit)
    if one.dimension != there.dimension:
        refuse(f"`{name}` is a {one.dimension} in {one.unit}, and `{parameter.name}` is a {there.dimension} in {there.unit}")
    return one.to(parameter.unit).amount


def open_parameters(shape: Shape, filled: Mapping[str, Filled]) -> Iterator[dict[str, Any]]:
    """The parameters that are left open, in the order of the shape; what has a default and is filled by nothing is a constant."""
    for name, parameter in shape.parameters.items():
        if name in filled:
            yield _of_characteristic(filled[name], shape)
        elif parameter.default is None:
            yield _told(parameter, parameter.owner, _example(parameter, shape), shape)


def constants(shape: Shape, filled: Mapping[str, Filled]) -> dict[str, Any]:
    """The values of the parameters that nothing fills and that have a default."""
    return {name: _default(one, shape) for name, one in shape.parameters.items() if name not in filled and one.default is not None}


def _default(parameter: Parameter, shape: Shape) -> Any:
    return spelled(parameter, shape.module, parameter.default) if isinstance(parameter.default, str) else parameter.default


def _example(parameter: Parameter, shape: Shape) -> Any:
    return spelled(parameter, shape.module, parameter.example) if isinstance(parameter.example, str) else parameter.example


def _told(parameter: Parameter, owner: str, example: Any, shape: Shape) -> dict[str, Any]:
    unit = {"unit": parameter.unit} if parameter.unit else {}
    return {
        "name": parameter.name,
        "type": parameter.type,
        **unit,
        "owner": owner,
        "description": parameter.description,
        "example": example,
        "paths": list(shape.places[parameter.name]),
    }


def _of_characteristic(filled: Filled, shape: Shape) -> dict[str, Any]:
    example = filled.example if filled.example is not None else _example(filled.parameter, shape)
    found = _told(filled.parameter, OWNERS[filled.said.set_by], example, shape)
    found["characteristic"] = filled.characteristic
    standard = _default(filled.parameter, shape) if filled.default is None and filled.said.optional else filled.default
    if standard is not None:
        found["default"] = standard
    elif filled.said.optional:
        found["optional"] = True
    if filled.values:
        found["values"] = dict(filled.values)
    elif filled.factor is not None and filled.factor != 1:
        found["factor"] = text_of(filled.factor)
    for word, limit in zip(("minimum", "maximum"), filled.limits, strict=True):
        if limit is not None:
            found[word] = limit
    if filled.said.pattern is not None and not filled.values:
        found["pattern"] = filled.said.pattern
    return found
